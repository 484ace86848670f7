using Tiny.Core.Activations;

namespace Tiny.Training.Layers;

/// <summary>The channels of two branches beside each other.</summary>
/// <param name="Activation">Its activation; not maxout.</param>
/// <seealso cref="LayerDescription"/>
public sealed record ConcatDescription(Activation Activation) : LayerDescription
{
    /// <summary>Slope of leaky ReLU, alpha of ELU; null for the usual one.</summary>
    public float? ActivationParameter { get; init; }

    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new Concat(this, inputs);
}
