using System.Numerics.Tensors;
using Tiny.Core.Arithmetic;

namespace Tiny.Training.Networks;

/// <summary>What a layer computes on a batch, kept for the way back.</summary>
internal sealed class LayerBuffers
{
    private readonly float[] keep; // (batch, outputs): 0 where dropped, else 1 / share kept; empty without dropout
    private bool dropped;

    internal LayerBuffers(PerceptronLayer layer, int batch)
    {
        Layer = layer;
        Sums = new float[batch * layer.Rows];
        Outputs = new float[batch * layer.Outputs];
        SumGradients = new float[batch * layer.Rows];
        OutputGradients = new float[batch * layer.Outputs];
        keep = layer.Dropout > 0f ? new float[batch * layer.Outputs] : [];
    }

    internal PerceptronLayer Layer { get; }

    /// <summary>(batch, rows) z.</summary>
    internal float[] Sums { get; }

    /// <summary>(batch, outputs) a = f(z); after <see cref="Drop"/> a times the mask.</summary>
    internal float[] Outputs { get; }

    /// <summary>(batch, rows) dJ/dz.</summary>
    internal float[] SumGradients { get; }

    /// <summary>(batch, outputs) dJ/da.</summary>
    internal float[] OutputGradients { get; }

    /// <summary>Inverted dropout: each output is kept with probability 1 - share and then scaled by 1 / (1 - share).</summary>
    internal void Drop(int count, float share, SeededRandom? random)
    {
        dropped = random is not null && share > 0f;
        if (!dropped)
        {
            return;
        }

        float scale = 1f / (1f - share);
        for (int i = 0; i < count; i++)
        {
            keep[i] = random!.NextFloat() < share ? 0f : scale;
        }

        TensorPrimitives.Multiply(Outputs.AsSpan(0, count), keep.AsSpan(0, count), Outputs);
    }

    /// <summary>What was dropped gets no gradient, the rest the scale it was kept with.</summary>
    internal void DropBackward(int count)
    {
        if (dropped)
        {
            TensorPrimitives.Multiply(OutputGradients.AsSpan(0, count), keep.AsSpan(0, count), OutputGradients);
        }
    }

    /// <summary>From the gradient on the outputs to the one on the sums.</summary>
    internal void ActivateBackward(int rows)
    {
        if (dropped)
        {
            // The derivatives are told from the outputs, and those are scaled now.
            BatchActivation.Forward(Outputs.AsSpan(0, rows * Layer.Outputs), Sums.AsSpan(0, rows * Layer.Rows), Layer);
        }

        BatchActivation.Backward(SumGradients, Sums, Outputs, OutputGradients.AsSpan(0, rows * Layer.Outputs), Layer);
    }
}
