using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// A dense layer's gradient on its inputs, dx = dz w^T, and from it at once the one on the sums of the layer below, where no other
/// layer adds to it. The transposed weights are packed for a few blocks at a time and never stored whole.
/// </summary>
internal sealed class DenseInputGradient : IWork
{
    private const int Group = 2; // blocks of weights packed at once

    private static readonly float[] Zeros = new float[Group * Blocks.Width];

    private readonly Dense.Pass pass;
    private readonly LayerInput input;
    private readonly float[][] packed; // a worker each: (Group blocks, rows of the layer, 16)
    private readonly Partition partition;
    private int rows;

    internal DenseInputGradient(Dense.Pass pass)
    {
        this.pass = pass;
        input = pass.Context.Inputs[0];

        // Whole blocks alone: each part packs its own weights.
        int workers = pass.Context.Team.Size;
        partition = new Partition(int.MaxValue, pass.Layer.Inputs, workers);
        packed = [.. Enumerable.Range(0, workers).Select(_ => CacheLines.Allocate(Group * pass.Layer.Rows * Blocks.Width))];
    }

    /// <inheritdoc/>
    public int Begin(int worker) => partition.Begin(worker);

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (_, _, int first, int columns) = partition[part];
        Dense layer = pass.Layer;
        ReadOnlySpan<float> weights = layer.Weights(pass.Context.Parameters).Span;
        int blockLength = pass.Output.BlockLength;
        LayerPass? below = input.Fused;
        for (int block = first; block < first + Blocks.Count(columns); block += Group)
        {
            int left = Math.Min(Group * Blocks.Width, columns - (block - first) * Blocks.Width);
            int blocks = Blocks.Count(left);
            MatrixProducts.Transpose(packed[worker], weights, layer.Inputs, layer.Rows, block, blocks);
            pass.Context.Products.Multiply(
                input.Gradients.AsSpan(block * blockLength), blockLength, pass.SumGradients, blockLength, packed[worker],
                layer.Rows * Blocks.Width, Zeros, layer.Rows, rows, left);
            below?.TakeGradient(rows, block, blocks);
        }
    }

    /// <summary>Takes the gradient of a batch to the layer below.</summary>
    internal void Run(int batchRows)
    {
        rows = batchRows;
        partition.Cut(rows, pass.Layer.Rows);
        pass.Context.Team.Run(this);
    }
}
