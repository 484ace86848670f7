namespace Tiny.Training.Data.Rows;

/// <summary>Some rows in memory, and the order in which they are to be used.</summary>
/// <param name="inputs">(rows, columns) row-major.</param>
/// <param name="answers">(rows) a class's index or a value each.</param>
/// <param name="order">(rows), room for as many row numbers as there are rows.</param>
/// <seealso cref="RowSource"/>
public sealed class RowChunk(float[] inputs, float[] answers, int[] order)
{
    /// <summary>(rows, columns) row-major.</summary>
    public float[] Inputs { get; } = inputs;

    /// <summary>(rows) a class's index or a value each.</summary>
    public float[] Answers { get; } = answers;

    /// <summary>(rows), those to use, the first <see cref="Count"/> of them.</summary>
    public int[] Order { get; } = order;

    /// <summary>How many rows to use; others may stand between them.</summary>
    public int Count { get; set; }
}
