namespace Tiny.Training.Anomaly;

/// <summary>Everything about an anomaly detector but its data.</summary>
/// <seealso cref="AnomalyTrainer"/>
public sealed record AnomalyOptions
{
    /// <summary>Means of the distance detector: 1 for a Gaussian, the smallest. Where there are layers, it is an autoencoder.</summary>
    public int Means { get; init; } = 1;

    /// <summary>Whether the detector is an autoencoder with the hidden layers of <see cref="Training"/>.</summary>
    public bool IsAutoencoder { get; init; }

    /// <summary>The share of held-back normal rows that the threshold lets pass.</summary>
    public double Quantile { get; init; } = 0.99;

    /// <summary>How an autoencoder is trained; the seed counts for both.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Hidden layers mirrored: 16,4 becomes 16,4,16; what reads the same both ways stays.</summary>
    public static IReadOnlyList<int> Mirrored(IReadOnlyList<int> layers) =>
        layers.SequenceEqual(layers.Reverse()) ? layers : [.. layers, .. layers.Reverse().Skip(1)];
}
