using Tiny.Core.Activations;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>A layer's way forward: z = x w + b, and while z is in the cache a = f(z).</summary>
internal sealed class ForwardWork(LayerBuffers buffers, float[] parameters, MatrixProducts products, int workers) : IWork
{
    private readonly PerceptronLayer layer = buffers.Layer;
    private readonly Partition partition = new(8, Blocks.Count(buffers.Layer.Rows), workers);
    private float[] input = []; // (capacity, inputs)

    /// <inheritdoc/>
    public int Begin(int worker) => partition.Begin(worker);

    /// <summary>Whether parts can apply the activation: softmax takes whole rows, maxout two blocks of sums.</summary>
    private bool ActivatesInParts => layer.Activation is not (Activation.Softmax or Activation.Maxout);

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (int row, int count, int block, int blocks) = partition[part];
        int blockLength = buffers.BlockLength;
        int at = row * Blocks.Width;
        ReadOnlySpan<float> weights = layer.Weights(parameters).Span;
        int weightBlock = layer.Inputs * Blocks.Width;
        products.Multiply(
            buffers.Sums.AsSpan(block * blockLength + at), blockLength, input.AsSpan(at), blockLength, weights[(block * weightBlock)..], weightBlock,
            layer.Biases(parameters).Span[(block * Blocks.Width)..], layer.Inputs, count, blocks);
        if (ActivatesInParts)
        {
            buffers.Activate(row, count, block, blocks);
        }
    }

    /// <summary>Takes a batch through the layer, but for softmax.</summary>
    internal void Run(WorkTeam team, float[] inputs, int rows)
    {
        input = inputs;
        partition.Cut(rows, layer.Inputs);
        team.Run(this);
        if (layer.Activation == Activation.Maxout)
        {
            buffers.Activate(0, rows, 0, Blocks.Count(layer.Outputs));
        }
    }
}
