using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// The values of a batch at one place of a network, and the gradient of the loss on them.
/// Both in <see cref="Blocks"/> of as many rows as the largest batch.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public sealed class BatchValues
{
    internal BatchValues(int capacity, int columns, float[]? values = null)
    {
        Columns = columns;
        BlockLength = capacity * Blocks.Width;
        Values = values ?? CacheLines.Allocate(Blocks.Length(capacity, columns));
        Gradients = values is null ? CacheLines.Allocate(Values.Length) : [];
    }

    /// <summary>Values of a row.</summary>
    public int Columns { get; }

    /// <summary>Floats from one block to the next.</summary>
    public int BlockLength { get; }

    /// <summary>(capacity, columns).</summary>
    public float[] Values { get; internal set; }

    /// <summary>(capacity, columns) dJ/d value; empty for the network's inputs, on which there is none.</summary>
    public float[] Gradients { get; }

    /// <summary>Layers that read them.</summary>
    internal int Readers { get; set; }

    /// <summary>Where a value of a row stands.</summary>
    /// <param name="row">A row of the batch, from 0.</param>
    /// <param name="column">From 0 to columns - 1.</param>
    public int Index(int row, int column) => column / Blocks.Width * BlockLength + row * Blocks.Width + column % Blocks.Width;
}
