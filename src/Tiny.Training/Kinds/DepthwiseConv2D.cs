using Tiny.Convolution;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of float32 depthwise convolutions: a filter a channel.</summary>
internal sealed class DepthwiseConv2D() : DeskKind(Convolution.DepthwiseConv2D.DepthwiseConv2DCode, "dwconv")
{
    /// <inheritdoc/>
    public override Activation? ActivationOf(Layer layer) => ((DepthwiseConv2DLayer)layer).Activation;

    /// <inheritdoc/>
    public override float ActivationParameterOf(Layer layer) => ((DepthwiseConv2DLayer)layer).ActivationParameter;

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => (long)layer.Outputs * ((DepthwiseConv2DLayer)layer).Window.Taps;

    /// <inheritdoc/>
    public override Picture? ShapeOf(Layer layer) =>
        Picture.Of(((DepthwiseConv2DLayer)layer).Window, ((DepthwiseConv2DLayer)layer).Window.Channels);

    /// <inheritdoc/>
    public override Picture? UnitShapeOf(Layer layer) =>
        new Picture(((DepthwiseConv2DLayer)layer).Window.Height, ((DepthwiseConv2DLayer)layer).Window.Width, 1);

    /// <inheritdoc/>
    public override float[][] UnitsOf(Layer layer) =>
        [.. layer.Parameters().Chunk(1 + ((DepthwiseConv2DLayer)layer).Window.Taps).Select(filter => filter[1..])];
}
