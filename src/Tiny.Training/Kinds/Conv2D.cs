using Tiny.Convolution;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of float32 convolutions: filters are what a report shows of their weights.</summary>
internal sealed class Conv2D() : DeskKind(Convolution.Conv2D.Conv2DCode, "conv")
{
    /// <inheritdoc/>
    public override Activation? ActivationOf(Layer layer) => ((Conv2DLayer)layer).Filters.Activation;

    /// <inheritdoc/>
    public override float ActivationParameterOf(Layer layer) => ((Conv2DLayer)layer).Filters.ActivationParameter;

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => (long)((Conv2DLayer)layer).Window.Places
        * (layer.ParameterCount - ((Conv2DLayer)layer).Filters.Rows);

    /// <inheritdoc/>
    public override Picture? ShapeOf(Layer layer) => Picture.Of(((Conv2DLayer)layer).Window, ((Conv2DLayer)layer).Filters.Rows);

    /// <inheritdoc/>
    public override Picture? UnitShapeOf(Layer layer)
    {
        Window window = ((Conv2DLayer)layer).Window;
        return new Picture(window.Height, window.Width, window.Channels);
    }

    /// <inheritdoc/>
    public override float[][] UnitsOf(Layer layer) =>
        [.. layer.Parameters().Chunk(layer.ParameterCount / ((Conv2DLayer)layer).Filters.Rows).Select(filter => filter[1..])];
}
