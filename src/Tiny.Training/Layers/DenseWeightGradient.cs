using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// A dense layer's gradient on its parameters, dw = x^T dz and db = the sum of dz over rows, used at once: it is
/// in the nearest cache then and never goes to memory, unless somebody wants to see it.
/// </summary>
internal sealed class DenseWeightGradient : IWork
{
    private const int RowUnit = Dense.Pass.InputUnit; // inputs whose gradients are computed, then used: with three blocks 12 KB
    private const int Group = 3;

    private readonly Dense.Pass pass;
    private readonly LayerInput input;
    private readonly float[][] scratch; // a worker each: (Group blocks, RowUnit, 16)
    private GradientUse? use;
    private int batchRows;

    internal DenseWeightGradient(Dense.Pass pass)
    {
        this.pass = pass;
        input = pass.Context.Inputs[0];
        int workers = pass.Context.Team.Size;
        scratch = [.. Enumerable.Range(0, workers).Select(_ => CacheLines.Allocate(Group * RowUnit * Blocks.Width))];
    }

    /// <inheritdoc/>
    public int Begin(int worker) => pass.ByWeights.Begin(worker);

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (int first, int count, int firstBlock, int columns) = pass.ByWeights[part];
        int end = firstBlock + Blocks.Count(columns);
        for (int row = first; row < first + count; row += RowUnit)
        {
            int rows = Math.Min(RowUnit, first + count - row);
            for (int block = firstBlock; block < end;)
            {
                int left = columns - (block - firstBlock) * Blocks.Width;
                int blocks = Blocks.Group(left);
                Weights(scratch[worker], row, rows, block, Math.Min(left, blocks * Blocks.Width));
                block += blocks;
            }
        }

        if (first == 0 && pass.Layer.HasBias)
        {
            for (int block = firstBlock; block < end; block++)
            {
                Biases(scratch[worker].AsSpan(0, Blocks.Width), block);
            }
        }
    }

    /// <summary>Finds the gradients of a batch and uses them.</summary>
    internal void Run(int rows, GradientUse gradientUse)
    {
        batchRows = rows;
        use = gradientUse;
        pass.ByWeights.Cut(pass.Layer.Inputs, rows);
        pass.Context.Team.Run(this);
    }

    private void Weights(float[] gradient, int row, int rows, int block, int columns)
    {
        Dense layer = pass.Layer;
        int blockLength = pass.Output.BlockLength;
        int gradientBlock = rows * Blocks.Width;
        pass.Context.Products.MultiplyTransposed(
            gradient, gradientBlock, input.Values.AsSpan(row / Blocks.Width * blockLength), blockLength,
            pass.SumGradients.AsSpan(block * blockLength), blockLength, batchRows, rows, columns);
        for (int i = 0; i < Blocks.Count(columns); i++)
        {
            int at = layer.ParametersAt + ((block + i) * layer.Inputs + row) * Blocks.Width;
            use!.Use(at, gradient.AsSpan(i * gradientBlock, gradientBlock), isWeight: true);
        }
    }

    private void Biases(Span<float> gradient, int block)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int row = 0; row < batchRows; row++)
        {
            sum += Vector512.Create(pass.SumGradients, block * pass.Output.BlockLength + row * Blocks.Width);
        }

        sum.CopyTo(gradient);
        use!.Use(pass.Layer.BiasesAt + block * Blocks.Width, gradient, isWeight: false);
    }
}
