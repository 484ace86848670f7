using System.Runtime.Intrinsics;
using Tiny.Core.Activations;
using Tiny.Training.Matrices;
using Tiny.Training.Networks.Activations;

namespace Tiny.Training.Layers;

/// <summary>The steps of FastGRNN units, and back.</summary>
internal sealed class FastGrnnPass : RecurrentPass
{
    // What a step leaves: z of each unit, then n. On the way back the gradients on a and on a + c.
    private readonly FastGrnn layer;
    private readonly float[] shares; // (groups, 2, 16) the gradients on zeta and nu

    internal FastGrnnPass(FastGrnn layer, PassContext context)
        : base(layer, context, layer.Units + 1)
    {
        this.layer = layer;
        shares = CacheLines.Allocate(Lanes.Length(context.Capacity, 2));
    }

    private float Zeta => FastGrnn.Share(Parameters[layer.LogitsFrom]);

    private float Nu => FastGrnn.Share(Parameters[layer.LogitsFrom + 1]);

    protected override void Step(ReadOnlySpan<float> x, ReadOnlySpan<float> h, Span<float> kept, Span<float> next)
    {
        ReadOnlySpan<float> p = Parameters;
        Span<float> z = kept[..UnitLanes];
        Span<float> n = kept[UnitLanes..];
        LaneRows.Start(z, p[layer.BiasesFrom..]);
        LaneRows.Add(z, p, layer.Row, x);
        LaneRows.Add(z, p[layer.Channels..], layer.Row, h);
        for (int unit = 0, i = 0; i < UnitLanes; unit++, i += Lanes.Width)
        {
            (Vector512.Create<float>(z[i..]) + Vector512.Create(p[layer.BiasesFrom + layer.Units + unit])).CopyTo(n[i..]);
        }

        BatchActivation.Forward(z, z, 0, Activation.Sigmoid, 0f);
        BatchActivation.Forward(n, n, 0, Activation.Tanh, 0f);
        Vector512<float> zeta = Vector512.Create(Zeta);
        Vector512<float> nu = Vector512.Create(Nu);
        for (int i = 0; i < UnitLanes; i += Lanes.Width)
        {
            Vector512<float> gate = Vector512.Create<float>(z[i..]);
            ((zeta * (Vector512<float>.One - gate) + nu) * Vector512.Create<float>(n[i..]) + gate * Vector512.Create(h[i..]))
                .CopyTo(next[i..]);
        }
    }

    protected override void BeginBack(int group) => SharesOf(group).Clear();

    protected override void StepBack(
        int group, Span<float> kept, ReadOnlySpan<float> h, ReadOnlySpan<float> behind, Span<float> before, Span<float> dx)
    {
        ReadOnlySpan<float> p = Parameters;
        ThroughGates(group, kept, h, behind, before);
        LaneRows.AddTransposed(before, p[layer.Channels..], layer.Row, kept[..UnitLanes]);
        if (dx.Length > 0)
        {
            LaneRows.AddTransposed(dx, p, layer.Row, kept[..UnitLanes]);
        }
    }

    /// <summary>A row of weights and its two biases; behind the rows, the two logits.</summary>
    protected override void WeightGradient(int row, int worker)
    {
        if (row == layer.Units)
        {
            WeightGradients[layer.LogitsFrom] = OfLogit(0, Zeta);
            WeightGradients[layer.LogitsFrom + 1] = OfLogit(1, Nu);
            return;
        }

        WeightGradients[layer.BiasesFrom + row] = Bias(row);
        WeightGradients[layer.BiasesFrom + layer.Units + row] = Bias(layer.Units + row);
        OfSample(row, row * layer.Row);
        OfState(row, row * layer.Row + layer.Channels);
    }

    private Span<float> SharesOf(int group) => shares.AsSpan(group * 2 * Lanes.Width, 2 * Lanes.Width);

    private float OfLogit(int which, float share)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int group = 0; group < GroupsInUse; group++)
        {
            sum += Vector512.Create<float>(SharesOf(group)[(which * Lanes.Width)..]);
        }

        return LaneSums.Total(sum) * share * (1f - share);
    }

    private void ThroughGates(int group, Span<float> kept, ReadOnlySpan<float> h, ReadOnlySpan<float> behind, Span<float> before)
    {
        Vector512<float> one = Vector512<float>.One;
        Vector512<float> zeta = Vector512.Create(Zeta);
        Vector512<float> nu = Vector512.Create(Nu);
        Span<float> ofShares = SharesOf(group);
        Vector512<float> ofZeta = Vector512.Create<float>(ofShares);
        Vector512<float> ofNu = Vector512.Create<float>(ofShares[Lanes.Width..]);
        for (int i = 0; i < UnitLanes; i += Lanes.Width)
        {
            Vector512<float> z = Vector512.Create<float>(kept[i..]);
            Vector512<float> n = Vector512.Create<float>(kept[(UnitLanes + i)..]);
            Vector512<float> dh = Vector512.Create(behind[i..]);
            Vector512<float> ofN = Underflow.Flush(dh * (zeta * (one - z) + nu) * (one - n * n));
            Vector512<float> ofZ = Underflow.Flush(dh * (Vector512.Create(h[i..]) - zeta * n) * z * (one - z));
            ofZeta += dh * (one - z) * n;
            ofNu += dh * n;
            (ofZ + ofN).CopyTo(kept[i..]);
            ofN.CopyTo(kept[(UnitLanes + i)..]);
            Underflow.Flush(dh * z).CopyTo(before[i..]);
        }

        ofZeta.CopyTo(ofShares);
        ofNu.CopyTo(ofShares[Lanes.Width..]);
    }
}
