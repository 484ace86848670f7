using Tiny.Core.Activations;

namespace Tiny.Training.Networks;

/// <summary>What a layer is to be.</summary>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Activation">Its activation.</param>
public sealed record LayerDescription(int Outputs, Activation Activation)
{
    /// <summary>Slope of leaky ReLU, alpha of ELU; null for the usual one.</summary>
    public float? ActivationParameter { get; init; }

    /// <summary>Whether it has biases that are trained; without, they stay 0.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Share of its outputs dropped in training, from 0 to below 1.</summary>
    public float Dropout { get; init; }
}
