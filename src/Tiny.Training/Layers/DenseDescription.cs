using Tiny.Core.Activations;

namespace Tiny.Training.Layers;

/// <summary>A fully connected layer that is to be.</summary>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Activation">Its activation. Softmax is none: a network has it behind its last
/// layer where its loss is that of probabilities.</param>
/// <seealso cref="LayerDescription"/>
public sealed record DenseDescription(int Outputs, Activation Activation) : LayerDescription
{
    /// <summary>Slope of leaky ReLU, alpha of ELU; null for the usual one.</summary>
    public float? ActivationParameter { get; init; }

    /// <summary>Whether it has biases that are trained; without, they stay 0.</summary>
    public bool HasBias { get; init; } = true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new Dense(this, inputs);

    /// <inheritdoc/>
    public override LayerDescription WithActivation(Activation activation, float? parameter) =>
        this with { Activation = activation, ActivationParameter = parameter };
}
