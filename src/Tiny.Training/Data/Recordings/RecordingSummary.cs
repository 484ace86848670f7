namespace Tiny.Training.Data.Recordings;

/// <summary>What a recording came to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">The label of its first sample.</param>
/// <seealso cref="RecordingSource"/>
public sealed record RecordingSummary(string Name, string Label)
{
    private readonly List<(string Label, long Samples)> runs = []; // samples without a break between them

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
    /// <param name="label">The label of the windows that count; null for all.</param>
    public long CountWindows(int window, int hop, string? label = null) =>
        runs.Where(run => label is null || run.Label == label).Sum(run => run.Samples < window ? 0 : 1 + (run.Samples - window) / hop);

    /// <summary>Samples with a label; a recording has several labels where stretches of it were labeled.</summary>
    public IReadOnlyDictionary<string, long> ByLabel =>
        runs.GroupBy(run => run.Label).ToDictionary(group => group.Key, group => group.Sum(run => run.Samples));

    /// <summary>Counts a sample.</summary>
    /// <param name="breaks">Whether no window spans it and the sample before.</param>
    /// <param name="label">Its label.</param>
    internal void Add(bool breaks, string label)
    {
        if (breaks || runs.Count == 0)
        {
            runs.Add((label, 0));
        }

        runs[^1] = (label, runs[^1].Samples + 1);
        Samples++;
    }
}
