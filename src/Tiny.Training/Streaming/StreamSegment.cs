namespace Tiny.Training.Streaming;

/// <summary>A run of samples with one label.</summary>
/// <param name="Label">The label; -1 before the first.</param>
/// <param name="Begin">Its first sample, counted from 1.</param>
internal sealed record StreamSegment(int Label, long Begin)
{
    /// <summary>Before the first.</summary>
    internal static StreamSegment None { get; } = new(-1, 0);

    /// <summary>The first sample behind it.</summary>
    internal long End { get; init; }

    /// <summary>Whether its event was told.</summary>
    internal bool IsTold { get; init; }
}
