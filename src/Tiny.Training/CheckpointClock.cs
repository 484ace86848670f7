using System.Diagnostics;

namespace Tiny.Training;

/// <summary>Says when a checkpoint is to be written, so that quick epochs do not spend their time on the disk.</summary>
internal sealed class CheckpointClock(Checkpoint? checkpoint, Action save)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long last = Stopwatch.GetTimestamp();

    /// <summary>Writes it, if one was asked for.</summary>
    internal void Save()
    {
        if (checkpoint is not null)
        {
            save();
            last = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Writes it if one was asked for and the last is old.</summary>
    internal void SaveIfDue()
    {
        if (checkpoint is not null && Stopwatch.GetElapsedTime(last) >= Interval)
        {
            Save();
        }
    }
}
