using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// How layers of a kind become C# source. To add a kind, derive from this and from
/// <see cref="SourcePart"/> and name it in the kind's registration.
/// </summary>
/// <seealso cref="CSharpExporter"/>
public abstract class LayerSource
{
    /// <summary>Bytes of IL that a layer's weights take.</summary>
    public abstract long BytesOf(Layer layer);

    /// <summary>
    /// Whether a layer that reads another alone is written together with it, so that values between them can stay in locals.
    /// </summary>
    public virtual bool Joins(Layer layer, Layer next) => false;

    /// <summary>
    /// Whether its source takes the user's sample as it is, and normalizes it itself; else it gets a sample that is normalized.
    /// </summary>
    public virtual bool NormalizesSample => false;

    /// <summary>The source of some layers, one behind the other.</summary>
    public abstract SourcePart Create(SourceContext context);
}
