namespace Tiny.Training.Data.Recordings;

/// <summary>What a recording came to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">The label of its first sample.</param>
public sealed record RecordingSummary(string Name, string Label)
{
    private readonly List<long> runs = []; // samples without a break between them

    /// <summary>Samples.</summary>
    public long Samples { get; private set; }

    /// <summary>Windows made of them.</summary>
    public int Windows { get; internal set; }

    /// <summary>Places where a window could have spanned a missing sample or a change of label, and does not.</summary>
    public int Breaks => Math.Max(0, runs.Count - 1);

    /// <summary>Those of them where a number or clock goes back.</summary>
    public int Restarts { get; internal set; }

    /// <summary>How many windows its samples give.</summary>
    /// <param name="window">Samples of a window.</param>
    /// <param name="hop">Samples from the beginning of a window to that of the next.</param>
    public long CountWindows(int window, int hop) => runs.Sum(samples => samples < window ? 0 : 1 + (samples - window) / hop);

    /// <summary>Counts a sample.</summary>
    /// <param name="breaks">Whether no window spans it and the sample before.</param>
    internal void Add(bool breaks)
    {
        if (breaks || runs.Count == 0)
        {
            runs.Add(0);
        }

        runs[^1]++;
        Samples++;
    }
}
