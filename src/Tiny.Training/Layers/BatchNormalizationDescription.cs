using Tiny.Core.Activations;

namespace Tiny.Training.Layers;

/// <summary>
/// Batch normalization that is to be, behind a layer of weights without an activation, into which it is folded on export.
/// </summary>
/// <param name="Activation">The activation behind it; not maxout.</param>
/// <seealso cref="LayerDescription"/>
public sealed record BatchNormalizationDescription(Activation Activation) : LayerDescription
{
    /// <summary>Slope of leaky ReLU, alpha of ELU; null for the usual one.</summary>
    public float? ActivationParameter { get; init; }

    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new BatchNormalization(this, inputs);
}
