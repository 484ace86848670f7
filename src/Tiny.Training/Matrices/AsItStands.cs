namespace Tiny.Training.Matrices;

/// <summary>x w: the product's rows are x's, the summands run along x's columns.</summary>
internal readonly struct AsItStands : IReadingOrder
{
    /// <inheritdoc/>
    public static int RowStep => Blocks.Width;

    /// <inheritdoc/>
    public static int SummandStep => 1;

    /// <inheritdoc/>
    public static int SummandsOfBlock => Blocks.Width;

    /// <inheritdoc/>
    public static int Start(int row, int block) => row * Blocks.Width;
}
