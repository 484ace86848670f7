using Tiny.Convolution;
using Tiny.Core.Layers;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of pools, which have no weights.</summary>
/// <param name="code">The kind's code.</param>
/// <param name="name">Its name.</param>
internal sealed class Pooling(int code, string name) : DeskKind(code, name)
{
    /// <inheritdoc/>
    public override Picture? ShapeOf(Layer layer) => layer is WindowLayer pool ? Picture.Of(pool.Window, pool.Window.Channels) : null;

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => 0;
}
