namespace Tiny.Emulator.Peripherals;

/// <summary>Values that were measured, played back: by their times, or where they have none one for each reading.</summary>
/// <param name="times">(rows) milliseconds since the start, in order; null for one row for each reading.</param>
/// <param name="rows">(rows)(columns).</param>
public sealed class Replay(IReadOnlyList<double>? times, IReadOnlyList<float[]> rows)
{
    private int next;

    /// <summary>Readings so far.</summary>
    public int Readings { get; private set; }

    /// <summary>The values of a reading now; null when the recording is over.</summary>
    /// <param name="milliseconds">The board's clock.</param>
    internal float[]? Read(double milliseconds)
    {
        if (times is null)
        {
            Readings++;
            return next < rows.Count ? rows[next++] : null;
        }

        if (rows.Count == 0 || milliseconds > times[^1])
        {
            return null;
        }

        Readings++;
        while (next + 1 < rows.Count && times[next + 1] <= milliseconds)
        {
            next++;
        }

        return rows[next];
    }
}
