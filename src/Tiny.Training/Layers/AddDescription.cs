using Tiny.Core.Activations;

namespace Tiny.Training.Layers;

/// <summary>The sum of two branches of one shape.</summary>
/// <param name="Activation">Its activation; not maxout.</param>
/// <seealso cref="LayerDescription"/>
public sealed record AddDescription(Activation Activation) : LayerDescription
{
    /// <summary>Slope of leaky ReLU, alpha of ELU; null for the usual one.</summary>
    public float? ActivationParameter { get; init; }

    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new Add(this, inputs);
}
