using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>Dense float32 layers as source.</summary>
internal sealed class Dense : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => (long)layer.ParameterCount * DensePart.BytesEach;

    /// <inheritdoc/>
    public override bool Joins(Layer layer, Layer next) => next is DenseLayer;

    /// <inheritdoc/>
    public override bool NormalizesSample => true;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new DensePart(context);
}
