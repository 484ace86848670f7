using Tiny.Core.Activations;

namespace Tiny.Training.Layers;

/// <summary>A convolution that is to be, over an image or a signal.</summary>
/// <param name="Filters">Its filters, each a channel of what it gives.</param>
/// <param name="Window">The taps of a filter.</param>
/// <param name="Activation">Its activation; not maxout.</param>
/// <seealso cref="LayerDescription"/>
public sealed record Conv2DDescription(int Filters, WindowDescription Window, Activation Activation) : LayerDescription
{
    /// <summary>Slope of leaky ReLU, alpha of ELU; null for the usual one.</summary>
    public float? ActivationParameter { get; init; }

    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new Conv2D(this, inputs);

    /// <inheritdoc/>
    public override LayerDescription WithActivation(Activation activation, float? parameter) =>
        this with { Activation = activation, ActivationParameter = parameter };
}
