namespace Tiny.Training.Networks;

/// <summary>How a product is cut into parts for a team. The cuts change no bit: every element is summed in one order wherever it is computed.</summary>
/// <param name="RowParts">Cuts along the rows.</param>
/// <param name="BlockParts">Cuts along the blocks of columns.</param>
/// <param name="RowUnit">Rows are cut at multiples of this.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Blocks">Blocks.</param>
internal readonly record struct Partition(int RowParts, int BlockParts, int RowUnit, int Rows, int Blocks)
{
    /// <summary>Multiply-adds below which a product stays on one thread: about 4 microseconds, in which handing it over would gain nothing.</summary>
    internal const long WorthSharing = 1 << 19;

    private const int Group = 2;            // blocks that a tile takes at once
    private const double MostUneven = 1.05; // the longest share, against all shares equal

    /// <summary>Parts in all.</summary>
    internal int Parts => RowParts * BlockParts;

    /// <summary>
    /// By blocks where they come out even, so that each thread keeps its own weights; else by rows. Small products whole.
    /// </summary>
    internal static Partition For(int rows, int rowUnit, int blocks, int summands, int workers)
    {
        Partition whole = new(1, 1, rowUnit, rows, blocks);
        if (workers == 1 || (long)rows * blocks * Matrices.Blocks.Width * summands < WorthSharing)
        {
            return whole;
        }

        int groups = (blocks + Group - 1) / Group;
        int units = (rows + rowUnit - 1) / rowUnit;
        return Unevenness(groups, workers) <= MostUneven || units < workers
            ? whole with { BlockParts = groups }
            : whole with { RowParts = Math.Min(units, 4 * workers) };
    }

    /// <summary>The rows and blocks of a part.</summary>
    internal void Locate(int part, out int row, out int rows, out int block, out int blocks)
    {
        int along = part % RowParts;
        int across = part / RowParts;
        int units = (Rows + RowUnit - 1) / RowUnit;
        row = (int)((long)units * along / RowParts) * RowUnit;
        rows = Math.Min(Rows, (int)((long)units * (along + 1) / RowParts) * RowUnit) - row;
        block = BlockParts == 1 ? 0 : across * Group;
        blocks = BlockParts == 1 ? Blocks : Math.Min(Group, Blocks - block);
    }

    private static double Unevenness(int parts, int workers) => (double)((parts + workers - 1) / workers) * workers / parts;
}
