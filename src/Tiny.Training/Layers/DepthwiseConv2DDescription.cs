using Tiny.Core.Activations;

namespace Tiny.Training.Layers;

/// <summary>A depthwise convolution that is to be: one filter a channel.</summary>
/// <param name="Window">The taps of a filter.</param>
/// <param name="Activation">Its activation; not maxout.</param>
/// <seealso cref="LayerDescription"/>
public sealed record DepthwiseConv2DDescription(WindowDescription Window, Activation Activation) : LayerDescription
{
    /// <summary>Slope of leaky ReLU, alpha of ELU; null for the usual one.</summary>
    public float? ActivationParameter { get; init; }

    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new DepthwiseConv2D(this, inputs);

    /// <inheritdoc/>
    public override LayerDescription WithActivation(Activation activation, float? parameter) =>
        this with { Activation = activation, ActivationParameter = parameter };
}
