namespace Tiny.Training.Data.Recordings;

/// <summary>What a recording came to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">The label of its first sample.</param>
public sealed record RecordingSummary(string Name, string Label)
{
    /// <summary>Samples.</summary>
    public long Samples { get; internal set; }

    /// <summary>Windows made of them.</summary>
    public int Windows { get; internal set; }

    /// <summary>Places where a window could have spanned a missing sample or a change of label, and does not.</summary>
    public int Breaks { get; internal set; }
}
