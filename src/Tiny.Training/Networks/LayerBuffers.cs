using System.Numerics.Tensors;
using Tiny.Core.Arithmetic;
using Tiny.Training.Matrices;
using Tiny.Training.Networks.Activations;

namespace Tiny.Training.Networks;

/// <summary>What a layer computes on a batch, kept for the way back. All in <see cref="Blocks"/> of as many rows as the largest batch.</summary>
internal sealed class LayerBuffers
{
    private readonly float[] keep; // as Outputs: 0 where dropped, else 1 / share kept; empty without dropout
    private bool dropped;

    internal LayerBuffers(PerceptronLayer layer, int capacity)
    {
        Layer = layer;
        BlockLength = capacity * Blocks.Width;
        Sums = new float[Blocks.Length(capacity, layer.Rows)];
        Outputs = new float[Blocks.Length(capacity, layer.Outputs)];
        SumGradients = new float[Blocks.Length(capacity, layer.Rows)];
        OutputGradients = new float[Blocks.Length(capacity, layer.Outputs)];
        keep = layer.Dropout > 0f ? new float[Outputs.Length] : [];
    }

    internal PerceptronLayer Layer { get; }

    /// <summary>Floats from one block to the next.</summary>
    internal int BlockLength { get; }

    /// <summary>(capacity, rows) z.</summary>
    internal float[] Sums { get; }

    /// <summary>(capacity, outputs) a = f(z); after <see cref="Drop"/> a times the mask.</summary>
    internal float[] Outputs { get; }

    /// <summary>(capacity, rows) dJ/dz.</summary>
    internal float[] SumGradients { get; }

    /// <summary>(capacity, outputs) dJ/da.</summary>
    internal float[] OutputGradients { get; }

    /// <summary>Inverted dropout: each output is kept with probability 1 - share and then scaled by 1 / (1 - share).</summary>
    internal void Drop(int rows, SeededRandom? random)
    {
        float share = Layer.Dropout;
        dropped = random is not null && share > 0f;
        if (!dropped)
        {
            return;
        }

        float scale = 1f / (1f - share);
        for (int block = 0; block < Blocks.Count(Layer.Outputs); block++)
        {
            Span<float> mask = keep.AsSpan(block * BlockLength, rows * Blocks.Width);
            for (int i = 0; i < mask.Length; i++)
            {
                mask[i] = random!.NextFloat() < share ? 0f : scale;
            }

            Span<float> outputs = Outputs.AsSpan(block * BlockLength, mask.Length);
            TensorPrimitives.Multiply(outputs, mask, outputs);
        }
    }

    /// <summary>a = f(z) for some rows and blocks of the outputs.</summary>
    internal void Activate(int row, int rows, int block, int blocks)
    {
        for (int i = block; i < block + blocks; i++)
        {
            int at = i * BlockLength + row * Blocks.Width;
            int length = rows * Blocks.Width;
            BatchActivation.Forward(Outputs.AsSpan(at, length), SumsOf(Sums, at, length), BlockLength, Layer);
        }
    }

    /// <summary>From the gradient on the outputs to the one on the sums, for all rows and some blocks of the outputs.</summary>
    internal void ActivateBackward(int rows, int block, int blocks)
    {
        int length = rows * Blocks.Width;
        for (int i = block; i < block + blocks; i++)
        {
            int at = i * BlockLength;
            Span<float> gradients = OutputGradients.AsSpan(at, length);
            Span<float> outputs = Outputs.AsSpan(at, length);
            if (dropped)
            {
                // What was dropped gets no gradient, the rest the scale it was kept with. The derivatives are told from outputs without it.
                TensorPrimitives.Multiply(gradients, keep.AsSpan(at, length), gradients);
                Activate(0, rows, i, 1);
            }

            BatchActivation.Backward(SumsOf(SumGradients, at, length), SumsOf(Sums, at, length), outputs, gradients, BlockLength, Layer);
            if (dropped)
            {
                TensorPrimitives.Multiply(outputs, keep.AsSpan(at, length), outputs);
            }
        }
    }

    /// <summary>Where a value of a row stands.</summary>
    internal int RowIndex(int row, int column) => column / Blocks.Width * BlockLength + row * Blocks.Width + column % Blocks.Width;

    /// <summary>The sums that belong to a range of one block of outputs: the same range, and for maxout the block's twin too.</summary>
    private Span<float> SumsOf(float[] sums, int at, int length)
    {
        if (Layer.Rows == Layer.Outputs)
        {
            return sums.AsSpan(at, length);
        }

        int first = at / BlockLength * BlockLength + at;
        return sums.AsSpan(first, Math.Min(BlockLength + length, sums.Length - first));
    }
}
