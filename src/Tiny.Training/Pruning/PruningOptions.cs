using System.Globalization;

namespace Tiny.Training.Pruning;

/// <summary>How much of a network's weights training takes away, and in what pieces.</summary>
/// <param name="Shares">The share of each layer with weights, from 0 to below 1; or one for all but small last layers.</param>
/// <param name="Block">Weights that go together: 1, or 3 for int8, whose kernels multiply so many at once:
/// in a first layer those of three rows, behind it those of three inputs.</param>
/// <example>
/// <code>
/// TrainingOptions options = new() { Pruning = new PruningOptions([0.8f]) }; // a fifth of the weights stays
/// </code>
/// </example>
public sealed record PruningOptions(IReadOnlyList<float> Shares, int Block = 1)
{
    /// <summary>The most of a layer that may go: beyond it nothing is left to learn with.</summary>
    public const float MostShare = 0.999f;

    /// <summary>When the first weights go, as a share of the run: before it, magnitudes say little.</summary>
    public double Begin { get; init; } = 0.05;

    /// <summary>When the last ones go. What is left of the run tunes those that stay.</summary>
    public double End { get; init; } = 0.6;

    /// <summary>The options in words, for the run's description.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', Shares)} by {Block} from {Begin} to {End}");
}
