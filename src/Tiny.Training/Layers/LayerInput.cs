using System.Numerics.Tensors;
using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// What a layer reads of another, or of the batch, and where it leaves its gradient on that. Where several
/// layers read the same values, their gradients are added: a layer only ever writes its own.
/// </summary>
/// <seealso cref="Tiny.Training.Networks.Backpropagation"/>
public sealed class LayerInput
{
    private readonly BatchValues source;
    private readonly bool isFirst;

    internal LayerInput(BatchValues source, LayerPass? producer, bool isFirst)
    {
        this.source = source;
        this.isFirst = isFirst;
        Producer = producer;
        Gradients = isFirst ? source.Gradients : CacheLines.Allocate(source.Gradients.Length);
    }

    /// <summary>(capacity, columns) what comes in, in <see cref="Blocks"/>.</summary>
    public float[] Values => source.Values;

    /// <summary>
    /// (capacity, columns) where the layer writes its gradient on it; empty where none is wanted, as on the batch itself.
    /// </summary>
    public float[] Gradients { get; }

    /// <summary>Values of a row.</summary>
    public int Columns => source.Columns;

    /// <summary>Floats from one block to the next.</summary>
    public int BlockLength => source.BlockLength;

    /// <summary>Whether a gradient is wanted.</summary>
    public bool WantsGradient => Producer is not null;

    /// <summary>The layer that gave it; null for the batch.</summary>
    internal LayerPass? Producer { get; }

    /// <summary>Whether nobody else reads it; known when all layers are made.</summary>
    internal bool IsAlone => source.Readers == 1;

    /// <summary>The layer below, if this is its only reader and takes its gradient block by block while that is in the cache.</summary>
    internal LayerPass? Fused => source.Readers == 1 && Producer is { TakesGradientInParts: true } ? Producer : null;

    /// <summary>Where a value of a row stands.</summary>
    /// <param name="row">A row of the batch, from 0.</param>
    /// <param name="column">From 0 to columns - 1.</param>
    public int Index(int row, int column) => source.Index(row, column);

    /// <summary>Adds what the layer wrote to what others did.</summary>
    internal void Deliver(int rows)
    {
        for (int block = 0; !isFirst && block < Blocks.Count(Columns); block++)
        {
            Span<float> all = source.Gradients.AsSpan(block * BlockLength, rows * Blocks.Width);
            TensorPrimitives.Add(all, Gradients.AsSpan(block * BlockLength, all.Length), all);
        }
    }
}
