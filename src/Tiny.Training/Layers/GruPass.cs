using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Tiny.Core.Activations;
using Tiny.Training.Matrices;
using Tiny.Training.Networks.Activations;

namespace Tiny.Training.Layers;

/// <summary>The steps of gated recurrent units, and back.</summary>
internal sealed class GruPass : RecurrentPass
{
    // What a step leaves for the way back, a unit each.
    private const int R = 1; // behind z
    private const int N = 2; // behind tanh
    private const int M = 3; // cn + Un h

    private readonly Gru layer;

    internal GruPass(Gru layer, PassContext context)
        : base(layer, context, 4 * layer.Units)
    {
        this.layer = layer;
    }

    private int Joined => layer.Channels + layer.Units;

    protected override void Step(ReadOnlySpan<float> x, ReadOnlySpan<float> h, Span<float> kept, Span<float> next)
    {
        ReadOnlySpan<float> p = Parameters;
        Span<float> gates = kept[..(2 * UnitLanes)];
        Span<float> n = kept.Slice(N * UnitLanes, UnitLanes);
        Span<float> m = kept.Slice(M * UnitLanes, UnitLanes);
        LaneRows.Start(kept, p[layer.BiasesFrom..]);
        LaneRows.Add(gates, p, Joined, x);
        LaneRows.Add(gates, p[layer.Channels..], Joined, h);
        LaneRows.Add(n, p[layer.SampleRowsFrom..], layer.Channels, x);
        LaneRows.Add(m, p[layer.StateRowsFrom..], layer.Units, h);
        BatchActivation.Forward(gates, gates, 0, Activation.Sigmoid, 0f);
        TensorPrimitives.MultiplyAdd(kept.Slice(R * UnitLanes, UnitLanes), m, n, n);
        BatchActivation.Forward(n, n, 0, Activation.Tanh, 0f);
        Mix(next, kept[..UnitLanes], n, h);
    }

    protected override void StepBack(
        int group, Span<float> kept, ReadOnlySpan<float> h, ReadOnlySpan<float> behind, Span<float> before, Span<float> dx)
    {
        ReadOnlySpan<float> p = Parameters;
        ThroughGates(kept, h, behind, before);
        ReadOnlySpan<float> gates = kept[..(2 * UnitLanes)];
        LaneRows.AddTransposed(before, p[layer.Channels..], Joined, gates);
        LaneRows.AddTransposed(before, p[layer.StateRowsFrom..], layer.Units, kept.Slice(M * UnitLanes, UnitLanes));
        if (dx.Length > 0)
        {
            LaneRows.AddTransposed(dx, p, Joined, gates);
            LaneRows.AddTransposed(dx, p[layer.SampleRowsFrom..], layer.Channels, kept.Slice(N * UnitLanes, UnitLanes));
        }
    }

    /// <summary>A row of weights and its bias.</summary>
    protected override void WeightGradient(int row, int worker)
    {
        int units = layer.Units;
        int of = row / units;
        WeightGradients[layer.BiasesFrom + row] = Bias(row);
        if (of <= R)
        {
            OfSample(row, row * Joined);
            OfState(row, row * Joined + layer.Channels);
        }
        else if (of == N)
        {
            OfSample(row, layer.SampleRowsFrom + (row - N * units) * layer.Channels);
        }
        else
        {
            OfState(row, layer.StateRowsFrom + (row - M * units) * units);
        }
    }

    /// <summary>h' = (1 - z) n + z h.</summary>
    private static void Mix(Span<float> next, ReadOnlySpan<float> z, ReadOnlySpan<float> n, ReadOnlySpan<float> h)
    {
        for (int i = 0; i < next.Length; i += Lanes.Width)
        {
            Vector512<float> gate = Vector512.Create(z[i..]);
            ((Vector512<float>.One - gate) * Vector512.Create(n[i..]) + gate * Vector512.Create(h[i..])).CopyTo(next[i..]);
        }
    }

    /// <summary>
    /// The gradients on the sums take the place of what was kept; <paramref name="before"/> gets what does not go through them.
    /// </summary>
    private void ThroughGates(Span<float> kept, ReadOnlySpan<float> h, ReadOnlySpan<float> behind, Span<float> before)
    {
        Vector512<float> one = Vector512<float>.One;
        for (int i = 0; i < UnitLanes; i += Lanes.Width)
        {
            Vector512<float> z = Vector512.Create<float>(kept[i..]);
            Vector512<float> r = Vector512.Create<float>(kept[(R * UnitLanes + i)..]);
            Vector512<float> n = Vector512.Create<float>(kept[(N * UnitLanes + i)..]);
            Vector512<float> m = Vector512.Create<float>(kept[(M * UnitLanes + i)..]);
            Vector512<float> dh = Vector512.Create(behind[i..]);
            Vector512<float> ofN = Underflow.Flush(dh * (one - z) * (one - n * n));
            Underflow.Flush(dh * (Vector512.Create(h[i..]) - n) * z * (one - z)).CopyTo(kept[i..]);
            Underflow.Flush(ofN * m * r * (one - r)).CopyTo(kept[(R * UnitLanes + i)..]);
            ofN.CopyTo(kept[(N * UnitLanes + i)..]);
            Underflow.Flush(ofN * r).CopyTo(kept[(M * UnitLanes + i)..]);
            Underflow.Flush(dh * z).CopyTo(before[i..]);
        }
    }
}
