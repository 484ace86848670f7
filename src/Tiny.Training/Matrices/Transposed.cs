namespace Tiny.Training.Matrices;

/// <summary>x^T w: the product's rows are x's columns, the summands run down x's rows. Rows of a tile must lie in one block of x.</summary>
internal readonly struct Transposed : IReadingOrder
{
    /// <inheritdoc/>
    public static int RowStep => 1;

    /// <inheritdoc/>
    public static int SummandStep => Blocks.Width;

    /// <inheritdoc/>
    public static int SummandsOfBlock => int.MaxValue;

    /// <inheritdoc/>
    public static int Start(int row, int block) => Blocks.Start(row, block);
}
