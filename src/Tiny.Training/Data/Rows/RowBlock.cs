namespace Tiny.Training.Data.Rows;

/// <summary>
/// A few consecutive rows on their way from a data file: inputs, and of the label what is known before the whole file is read.
/// </summary>
internal sealed class RowBlock(int capacity, int columns)
{
    /// <summary>The most rows.</summary>
    internal int Capacity { get; } = capacity;

    /// <summary>(capacity, columns) row-major.</summary>
    internal float[] Inputs { get; } = new float[(long)capacity * columns];

    /// <summary>(capacity) the label as a number, where it is one.</summary>
    internal float[] Values { get; } = new float[capacity];

    /// <summary>(capacity) the label's number in the order in which labels were first seen.</summary>
    internal int[] Texts { get; } = new int[capacity];

    /// <summary>Rows in use.</summary>
    internal int Count { get; set; }
}
