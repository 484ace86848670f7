namespace Tiny.Training.Data.Recordings;

/// <summary>What keeps the recordings of a file apart. A file always begins one.</summary>
public enum RecordingGrouping
{
    /// <summary>A column names the recording of each sample.</summary>
    Column,

    /// <summary>A blank line stands between two recordings.</summary>
    BlankLines,

    /// <summary>A recording ends where the label changes.</summary>
    LabelChanges,

    /// <summary>Nothing was said: blank lines, changes of the label, and numbers or clocks that begin anew.</summary>
    Automatic,
}
