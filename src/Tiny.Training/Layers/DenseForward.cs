using Tiny.Core.Activations;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// A dense layer's way forward: z = x w + b, and while z is in the cache a = f(z). Where every worker has whole blocks, a worker
/// multiplies by the weights that it also steps, so that no weight changes cores: of a block that two share, one goes on with the sums
/// that the other has begun. Where blocks are fewer, workers share the rows of the batch.
/// </summary>
internal sealed class DenseForward : IWork
{
    private readonly Dense.Pass pass;
    private readonly LayerInput input;
    private readonly Partition byRows;
    private readonly int[] summed; // (blocks) inputs that are in the sums of a shared block
    private bool isByWeights;
    private int batchRows;

    internal DenseForward(Dense.Pass pass)
    {
        this.pass = pass;
        input = pass.Context.Inputs[0];
        byRows = new Partition(8, pass.Layer.Rows, pass.Context.Team.Size);
        summed = new int[Blocks.Count(pass.Layer.Rows)];
    }

    private Partition Cuts => isByWeights ? pass.ByWeights : byRows;

    /// <inheritdoc/>
    public int Begin(int worker) => Cuts.Begin(worker);

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (int first, int count, int block, int columns) = Cuts[part];
        if (!isByWeights)
        {
            Sum(first, count, 0, pass.Layer.Inputs, block, columns);
        }
        else if (count == pass.Layer.Inputs)
        {
            Sum(0, batchRows, 0, count, block, columns);
        }
        else
        {
            Await(block, first);
            try
            {
                Sum(0, batchRows, first, count, block, columns);
            }
            finally
            {
                Volatile.Write(ref summed[block], first + count);
            }
        }
    }

    /// <summary>Takes a batch through the layer, but for maxout.</summary>
    internal void Run(int rows)
    {
        batchRows = rows;
        pass.ByWeights.Cut(pass.Layer.Inputs, rows);
        byRows.Cut(rows, pass.Layer.Inputs);
        isByWeights = pass.ByWeights.IsByBlocks;
        Array.Clear(summed);

        pass.Context.Team.Run(this);
    }

    /// <summary>Waits until so many inputs are in a block's sums.</summary>
    private void Await(int block, int inputs)
    {
        SpinWait wait = default;
        while (Volatile.Read(ref summed[block]) != inputs)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Adds some inputs of some rows to some columns; the activation behind the last.</summary>
    private void Sum(int row, int rows, int first, int inputs, int block, int columns)
    {
        Dense layer = pass.Layer;
        float[] parameters = pass.Context.Parameters;
        int blockLength = pass.Output.BlockLength;
        int at = row * Blocks.Width;
        int weightBlock = layer.Inputs * Blocks.Width;
        pass.Context.Products.Multiply(
            pass.Sums.AsSpan(block * blockLength + at), blockLength, input.Values.AsSpan(first / Blocks.Width * blockLength + at),
            blockLength, layer.Weights(parameters).Span[(block * weightBlock + first * Blocks.Width)..], weightBlock,
            first > 0 ? [] : layer.Biases(parameters).Span[(block * Blocks.Width)..], inputs, rows, columns);

        // Maxout takes two blocks of sums to one of outputs.
        if (first + inputs == layer.Inputs && layer.Activation != Activation.Maxout)
        {
            pass.Activate(row, rows, block, Blocks.Count(columns));
        }
    }
}
