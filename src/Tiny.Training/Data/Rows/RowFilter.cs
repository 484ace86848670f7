namespace Tiny.Training.Data.Rows;

/// <summary>
/// Which rows of a file belong to a part of it, told from the row's number alone, so that nothing needs to be remembered.
/// </summary>
/// <param name="Contains">Whether a row belongs.</param>
/// <param name="First">No row before this one belongs.</param>
/// <param name="End">No row from this one on belongs.</param>
internal sealed record RowFilter(Func<long, bool> Contains, long First, long End)
{
    /// <summary>All of so many rows.</summary>
    internal static RowFilter All(long rows) => new(_ => true, 0, rows);

    /// <summary>Rows from one up to another.</summary>
    internal static RowFilter Range(long first, long end) => new(_ => true, first, end);

    /// <summary>Rows r with r % n == n - 1, or all others.</summary>
    internal static RowFilter Every(long rows, int n, bool others) => new(row => row % n == n - 1 != others, 0, rows);

    /// <summary>A share of the rows, each drawn by itself from its number and the seed; or all others.</summary>
    internal static RowFilter Share(long rows, double share, int seed, bool others)
    {
        ulong below = (ulong)(share * ulong.MaxValue);
        return new(row => SplitMix.Mix(seed, row) < below != others, 0, rows);
    }

    /// <summary>How many rows belong.</summary>
    internal long Count()
    {
        long count = 0;
        for (long row = First; row < End; row++)
        {
            count += Contains(row) ? 1 : 0;
        }

        return count;
    }
}
