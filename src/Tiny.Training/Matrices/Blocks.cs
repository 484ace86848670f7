namespace Tiny.Training.Matrices;

/// <summary>
/// The layout of every matrix the trainer computes with: blocks of 16 columns, each (rows, 16) row-major, one behind the other; the last
/// block is filled up with zeros. A product then reads and writes nothing but runs of consecutive floats, no width has a tail, and a block
/// of weights belongs to one thread's cache.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public static class Blocks
{
    /// <summary>Columns of a block: one vector of 512 bits, two of 256, four of 128.</summary>
    public const int Width = 16;

    /// <summary>Blocks that this many columns take.</summary>
    /// <param name="columns">Columns, 1 or more.</param>
    public static int Count(int columns) => (columns + Width - 1) / Width;

    /// <summary>Whether so many columns end with a block that is at most half full, for which a product takes less time.</summary>
    internal static bool EndNarrow(int columns) => columns % Width is >= 1 and <= Width / 2;

    /// <summary>Blocks to take at once of so many columns left, as the tiles like them; a narrow one alone.</summary>
    internal static int Group(int columns)
    {
        int whole = Count(columns) - (EndNarrow(columns) ? 1 : 0);
        return SideBySide(Math.Max(1, whole));
    }

    /// <summary>Of so many whole blocks, how many to take at once: three, but of four two and two.</summary>
    internal static int SideBySide(int blocks) => blocks == 4 ? 2 : Math.Min(blocks, 3);

    /// <summary>Where the first element of a column stands, with blocks so far apart.</summary>
    internal static int Start(int column, int block) => column / Width * block + column % Width;

    /// <summary>Floats that a matrix of this size takes.</summary>
    /// <param name="rows">Rows, 1 or more.</param>
    /// <param name="columns">Columns, 1 or more.</param>
    public static int Length(int rows, int columns) => Count(columns) * rows * Width;

    /// <summary>Where an element of a matrix with this many rows stands.</summary>
    /// <param name="rows">Rows, 1 or more.</param>
    /// <param name="row">From 0 to rows - 1.</param>
    /// <param name="column">From 0 to columns - 1.</param>
    public static int Index(int rows, int row, int column) => (column / Width * rows + row) * Width + column % Width;
}
