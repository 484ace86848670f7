namespace Tiny.Training.Matrices;

/// <summary>How a tile walks through the blocks of its left matrix x: as it stands, or transposed. Constants to the compiler.</summary>
internal interface IReadingOrder
{
    /// <summary>Floats from one row of the product to the next.</summary>
    static abstract int RowStep { get; }

    /// <summary>Floats from one summand to the next.</summary>
    static abstract int SummandStep { get; }

    /// <summary>Summands until the next block begins.</summary>
    static abstract int SummandsOfBlock { get; }

    /// <summary>Where a row of the product begins; <paramref name="block"/> is the length of a block of x.</summary>
    static abstract int Start(int row, int block);
}
