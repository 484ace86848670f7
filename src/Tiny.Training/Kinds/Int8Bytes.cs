using Tiny.Core.Layers;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of int8 layers without weights.</summary>
/// <param name="code">The kind's code.</param>
/// <param name="name">Its name.</param>
internal sealed class Int8Bytes(int code, string name) : DeskKind(code, name)
{
    /// <inheritdoc/>
    public override string Weights => "int8";

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => 0;
}
