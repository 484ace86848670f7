using Tiny.Core.Activations;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>
/// A layer's gradient on its inputs, dx = dz w^T, and from it the one on the sums of the layer below. The transposed weights are packed for a few
/// blocks at a time and never stored whole.
/// </summary>
internal sealed class InputGradientWork : IWork
{
    private const int Group = 2; // blocks of weights packed at once

    private static readonly float[] Zeros = new float[Group * Blocks.Width];

    private readonly LayerBuffers buffers;
    private readonly LayerBuffers below;
    private readonly float[] parameters;
    private readonly MatrixProducts products;
    private readonly float[][] packed; // a worker each: (Group blocks, rows of the layer, 16)
    private readonly Partition partition;
    private int rows;

    internal InputGradientWork(LayerBuffers buffers, LayerBuffers below, float[] parameters, MatrixProducts products, int workers)
    {
        this.buffers = buffers;
        this.below = below;
        this.parameters = parameters;
        this.products = products;

        // Whole blocks alone: each part packs its own weights.
        partition = new Partition(int.MaxValue, Blocks.Count(buffers.Layer.Inputs), workers);
        packed = [.. Enumerable.Range(0, workers).Select(_ => new float[Group * buffers.Layer.Rows * Blocks.Width])];
    }

    /// <inheritdoc/>
    public int Begin(int worker) => partition.Begin(worker);

    private bool ActivatesInParts => below.Layer.Activation != Activation.Maxout;

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (_, _, int first, int count) = partition[part];
        PerceptronLayer layer = buffers.Layer;
        ReadOnlySpan<float> weights = layer.Weights(parameters).Span;
        int blockLength = buffers.BlockLength;
        for (int block = first; block < first + count; block += Group)
        {
            int blocks = Math.Min(Group, first + count - block);
            MatrixProducts.Transpose(packed[worker], weights, layer.Inputs, layer.Rows, block, blocks);
            products.Multiply(
                below.OutputGradients.AsSpan(block * blockLength), blockLength, buffers.SumGradients, blockLength, packed[worker],
                layer.Rows * Blocks.Width, Zeros, layer.Rows, rows, blocks);
            if (ActivatesInParts)
            {
                below.ActivateBackward(rows, block, blocks);
            }
        }
    }

    /// <summary>Takes the gradient of a batch to the layer below.</summary>
    internal void Run(WorkTeam team, int batchRows)
    {
        rows = batchRows;
        partition.Cut(rows, buffers.Layer.Rows);
        team.Run(this);
        if (!ActivatesInParts)
        {
            below.ActivateBackward(rows, 0, Blocks.Count(below.Layer.Outputs));
        }
    }
}
