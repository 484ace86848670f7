using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;
using Tiny.Training.Optimisation;

namespace Tiny.Training.Networks;

/// <summary>
/// A layer's gradient on its parameters, dw = x^T dz and db = the sum of dz over rows, and at once the optimiser's step: a gradient is used
/// while it is in the nearest cache and never goes to memory, unless somebody wants to see it.
/// </summary>
internal sealed class WeightGradientWork : IWork
{
    private const int RowUnit = 64; // inputs whose gradients are computed, then used: with three blocks 12 KB
    private const int Group = 3;

    private readonly LayerBuffers buffers;
    private readonly float[] parameters;
    private readonly MatrixProducts products;
    private readonly float[][] scratch; // a worker each: (Group blocks, RowUnit, 16)
    private readonly Partition partition;
    private float[] input = [];         // (capacity, inputs)
    private float[]? gradients;
    private Optimiser? optimiser;
    private int batchRows;

    internal WeightGradientWork(LayerBuffers buffers, float[] parameters, MatrixProducts products, int workers)
    {
        this.buffers = buffers;
        this.parameters = parameters;
        this.products = products;
        partition = new Partition(RowUnit, Blocks.Count(buffers.Layer.Rows), workers);
        scratch = [.. Enumerable.Range(0, workers).Select(_ => new float[Group * RowUnit * Blocks.Width])];
    }

    /// <inheritdoc/>
    public int Begin(int worker) => partition.Begin(worker);

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (int first, int count, int firstBlock, int blockCount) = partition[part];
        for (int row = first; row < first + count; row += RowUnit)
        {
            int rows = Math.Min(RowUnit, first + count - row);
            for (int block = firstBlock; block < firstBlock + blockCount;)
            {
                int blocks = Blocks.Group(firstBlock + blockCount - block);
                Weights(scratch[worker], row, rows, block, blocks);
                block += blocks;
            }
        }

        if (first == 0 && buffers.Layer.HasBias)
        {
            for (int block = firstBlock; block < firstBlock + blockCount; block++)
            {
                Biases(scratch[worker].AsSpan(0, Blocks.Width), block);
            }
        }
    }

    /// <summary>Finds the gradients of a batch, and steps along them or keeps them.</summary>
    /// <param name="team">Who does it.</param>
    /// <param name="inputs">What the layer took, (capacity, inputs).</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="step">Steps along the gradients; null to keep them.</param>
    /// <param name="kept">Receives them, laid out as the network's parameters; null to step.</param>
    internal void Run(WorkTeam team, float[] inputs, int rows, Optimiser? step, float[]? kept)
    {
        input = inputs;
        batchRows = rows;
        optimiser = step;
        gradients = kept;
        partition.Cut(buffers.Layer.Inputs, rows);
        team.Run(this);
    }

    private void Weights(float[] gradient, int row, int rows, int block, int blocks)
    {
        PerceptronLayer layer = buffers.Layer;
        int blockLength = buffers.BlockLength;
        int gradientBlock = rows * Blocks.Width;
        products.MultiplyTransposed(
            gradient, gradientBlock, input.AsSpan(row / Blocks.Width * blockLength), blockLength,
            buffers.SumGradients.AsSpan(block * blockLength), blockLength, batchRows, rows, blocks);
        for (int i = 0; i < blocks; i++)
        {
            int at = layer.WeightsAt + ((block + i) * layer.Inputs + row) * Blocks.Width;
            Use(at, gradient.AsSpan(i * gradientBlock, gradientBlock), isWeight: true);
        }
    }

    private void Biases(Span<float> gradient, int block)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int row = 0; row < batchRows; row++)
        {
            sum += Vector512.Create(buffers.SumGradients, block * buffers.BlockLength + row * Blocks.Width);
        }

        sum.CopyTo(gradient);
        Use(buffers.Layer.BiasesAt + block * Blocks.Width, gradient, isWeight: false);
    }

    private void Use(int at, Span<float> gradient, bool isWeight)
    {
        if (optimiser is not null)
        {
            optimiser.Apply(at, parameters.AsSpan(at, gradient.Length), gradient, isWeight);
        }
        else
        {
            gradient.CopyTo(gradients.AsSpan(at));
        }
    }
}
