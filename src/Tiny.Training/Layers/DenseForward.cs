using Tiny.Core.Activations;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>A dense layer's way forward: z = x w + b, and while z is in the cache a = f(z).</summary>
internal sealed class DenseForward(Dense.Pass pass) : IWork
{
    private readonly Partition partition = new(8, pass.Layer.Rows, pass.Context.Team.Size);
    private readonly LayerInput input = pass.Context.Inputs[0];

    /// <inheritdoc/>
    public int Begin(int worker) => partition.Begin(worker);

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        Dense layer = pass.Layer;
        float[] parameters = pass.Context.Parameters;
        (int row, int count, int block, int columns) = partition[part];
        int blockLength = pass.Output.BlockLength;
        int at = row * Blocks.Width;
        ReadOnlySpan<float> weights = layer.Weights(parameters).Span;
        int weightBlock = layer.Inputs * Blocks.Width;
        pass.Context.Products.Multiply(
            pass.Sums.AsSpan(block * blockLength + at), blockLength, input.Values.AsSpan(at), blockLength, weights[(block * weightBlock)..],
                weightBlock,
            layer.Biases(parameters).Span[(block * Blocks.Width)..], layer.Inputs, count, columns);

        // Maxout takes two blocks of sums to one of outputs.
        if (layer.Activation != Activation.Maxout)
        {
            pass.Activate(row, count, block, Blocks.Count(columns));
        }
    }

    /// <summary>Takes a batch through the layer, but for maxout.</summary>
    internal void Run(int rows)
    {
        partition.Cut(rows, pass.Layer.Inputs);
        pass.Context.Team.Run(this);
    }
}
