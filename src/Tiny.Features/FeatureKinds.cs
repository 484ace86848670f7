namespace Tiny.Features
{
    /// <summary>
    /// Features of one channel of a window, in the order in which they stand. The values are those of the blob and
    /// combine as bits; the device has no FlagsAttribute.
    /// </summary>
    public enum FeatureKinds
    {
        /// <summary>No feature.</summary>
        None = 0,

        /// <summary>The mean m.</summary>
        Mean = 1,

        /// <summary>The standard deviation: square root of sum (x - m)^2 / n.</summary>
        Deviation = 2,

        /// <summary>The least sample.</summary>
        Minimum = 4,

        /// <summary>The greatest sample.</summary>
        Maximum = 8,

        /// <summary>How far neighbors are apart: sum |x[i] - x[i-1]| / (n - 1).</summary>
        MeanDifference = 16,

        /// <summary>How often the signal crosses its mean, as a share of the n - 1 steps: 0 to 1.</summary>
        Crossings = 32,

        /// <summary>
        /// The samples themselves, from the oldest to the latest, at each moment one of each channel: for networks
        /// that find their own features. No other feature and no band stands beside them.
        /// </summary>
        Samples = 64,

        /// <summary>
        /// The same, but of the hop alone: a block of samples for a network that keeps what it needs of those
        /// before, as models of tiny train --stream. The window is that of the training.
        /// </summary>
        Stream = 128,

        /// <summary>Mean, deviation, minimum, maximum and mean difference: what two passes over a window give.</summary>
        Default = 31,
    }
}
