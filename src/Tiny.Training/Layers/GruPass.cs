using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Tiny.Core.Activations;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;
using Tiny.Training.Networks.Activations;

namespace Tiny.Training.Layers;

/// <summary>Takes groups of 16 rows through gated recurrent units, sample by sample, and their gradients back through time.</summary>
internal sealed class GruPass : LanePass
{
    // What a step leaves for the way back, a unit each; on the way back the gradients on the sums behind them take their places.
    private const int Z = 0;
    private const int R = 1;
    private const int N = 2; // behind tanh
    private const int M = 3; // cn + Un h
    private const int Kept = 4;

    private readonly Gru layer;
    private readonly LaneInput input;
    private readonly int unitLanes;
    private readonly int channelLanes;
    private readonly int stateGroup;
    private readonly int keptGroup;
    private readonly float[] states;     // (groups, steps + 1, units, 16) before each step, and behind the last
    private readonly float[] kept;       // (groups, steps, 4, units, 16)
    private readonly float[] gradients;  // as the layer's parameters
    private readonly float[][] memories; // a worker each: (2, units, 16) the gradient on the state behind a step, and before it
    private readonly SharedWork forward;
    private readonly SharedWork backward;
    private readonly SharedWork weightGradient;
    private int groups;

    internal GruPass(Gru layer, PassContext context)
        : base(layer, context)
    {
        this.layer = layer;
        unitLanes = layer.Units * Lanes.Width;
        channelLanes = layer.Channels * Lanes.Width;
        stateGroup = (layer.Steps + 1) * unitLanes;
        keptGroup = layer.Steps * Kept * unitLanes;
        input = new LaneInput(context.Inputs[0], context, null, layer.Inputs);
        Inputs = [input];
        states = new float[Lanes.Length(context.Capacity, (layer.Steps + 1) * layer.Units)];
        kept = new float[Lanes.Length(context.Capacity, layer.Steps * Kept * layer.Units)];
        gradients = new float[layer.ParameterLength];
        memories = [.. Enumerable.Range(0, context.Team.Size).Select(_ => new float[2 * unitLanes])];
        forward = new SharedWork(context.Team, Forward);
        backward = new SharedWork(context.Team, Backward);
        weightGradient = new SharedWork(context.Team, WeightGradient);
    }

    protected override IReadOnlyList<LaneInput> Inputs { get; }

    private ReadOnlySpan<float> Parameters => Context.Parameters.AsSpan(layer.ParametersAt);

    protected override void Run(int rows) => forward.Run(Lanes.Groups(rows), rows * layer.Work);

    protected override void Back(int rows, GradientUse use)
    {
        groups = Lanes.Groups(rows);
        backward.Run(groups, 2 * rows * layer.Work);
        weightGradient.Run(4 * layer.Units, rows * layer.Work);
        use.Use(layer.ParametersAt, gradients.AsSpan(0, layer.BiasesFrom), isWeight: true);
        use.Use(layer.ParametersAt + layer.BiasesFrom, gradients.AsSpan(layer.BiasesFrom), isWeight: false);
    }

    /// <summary>A group.</summary>
    private void Forward(int group, int worker)
    {
        ReadOnlySpan<float> p = Parameters;
        ReadOnlySpan<float> biases = p[layer.BiasesFrom..];
        int state = group * stateGroup;
        states.AsSpan(state, unitLanes).Clear();
        for (int step = 0; step < layer.Steps; step++, state += unitLanes)
        {
            ReadOnlySpan<float> x = input.Values.AsSpan(group * input.GroupLength + step * channelLanes, channelLanes);
            ReadOnlySpan<float> h = states.AsSpan(state, unitLanes);
            Span<float> sums = kept.AsSpan(group * keptGroup + step * Kept * unitLanes, Kept * unitLanes);
            Span<float> gates = sums[..(2 * unitLanes)];
            Span<float> n = sums.Slice(N * unitLanes, unitLanes);
            Span<float> m = sums.Slice(M * unitLanes, unitLanes);
            LaneRows.Start(sums, biases);
            LaneRows.Add(gates, p, layer.Channels + layer.Units, x);
            LaneRows.Add(gates, p[layer.Channels..], layer.Channels + layer.Units, h);
            LaneRows.Add(n, p[layer.SampleRowsFrom..], layer.Channels, x);
            LaneRows.Add(m, p[layer.StateRowsFrom..], layer.Units, h);
            BatchActivation.Forward(gates, gates, 0, Activation.Sigmoid, 0f);
            TensorPrimitives.MultiplyAdd(sums.Slice(R * unitLanes, unitLanes), m, n, n);
            BatchActivation.Forward(n, n, 0, Activation.Tanh, 0f);
            Span<float> next = states.AsSpan(state + unitLanes, unitLanes);
            Mix(next, sums[..unitLanes], n, h);
            if (layer.GivesEvery || step == layer.Steps - 1)
            {
                next.CopyTo(SumLanes.AsSpan(group * GroupLength + (layer.GivesEvery ? step * unitLanes : 0)));
            }
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

    /// <summary>A group, from its last sample to its first.</summary>
    private void Backward(int group, int worker)
    {
        ReadOnlySpan<float> p = Parameters;
        int joined = layer.Channels + layer.Units;
        Span<float> behind = memories[worker].AsSpan(0, unitLanes);
        Span<float> before = memories[worker].AsSpan(unitLanes, unitLanes);
        behind.Clear();
        for (int step = layer.Steps - 1; step >= 0; step--)
        {
            if (layer.GivesEvery || step == layer.Steps - 1)
            {
                TensorPrimitives.Add(behind, Gradients.AsSpan(group * GroupLength + (layer.GivesEvery ? step * unitLanes : 0), unitLanes), behind);
            }

            Span<float> sums = kept.AsSpan(group * keptGroup + step * Kept * unitLanes, Kept * unitLanes);
            ThroughStep(sums, states.AsSpan(group * stateGroup + step * unitLanes, unitLanes), behind, before);
            ReadOnlySpan<float> gates = sums[..(2 * unitLanes)];
            LaneRows.AddTransposed(before, p[layer.Channels..], joined, gates);
            LaneRows.AddTransposed(before, p[layer.StateRowsFrom..], layer.Units, sums.Slice(M * unitLanes, unitLanes));
            if (input.WantsGradient)
            {
                Span<float> dx = input.Gradients.AsSpan(group * input.GradientLength + step * channelLanes, channelLanes);
                dx.Clear();
                LaneRows.AddTransposed(dx, p, joined, gates);
                LaneRows.AddTransposed(dx, p[layer.SampleRowsFrom..], layer.Channels, sums.Slice(N * unitLanes, unitLanes));
            }

            before.CopyTo(behind);
        }
    }

    /// <summary>From the gradient on the state behind a step to those on its sums, which take the place of what was kept, and the one on the state before it, but for what the sums add.</summary>
    private void ThroughStep(Span<float> sums, ReadOnlySpan<float> h, ReadOnlySpan<float> behind, Span<float> before)
    {
        Vector512<float> one = Vector512<float>.One;
        for (int i = 0; i < unitLanes; i += Lanes.Width)
        {
            Vector512<float> z = Vector512.Create<float>(sums[i..]);
            Vector512<float> r = Vector512.Create<float>(sums[(R * unitLanes + i)..]);
            Vector512<float> n = Vector512.Create<float>(sums[(N * unitLanes + i)..]);
            Vector512<float> m = Vector512.Create<float>(sums[(M * unitLanes + i)..]);
            Vector512<float> dh = Vector512.Create(behind[i..]);
            Vector512<float> ofN = dh * (one - z) * (one - n * n);
            (dh * (Vector512.Create(h[i..]) - n) * z * (one - z)).CopyTo(sums[i..]);
            (ofN * m * r * (one - r)).CopyTo(sums[(R * unitLanes + i)..]);
            ofN.CopyTo(sums[(N * unitLanes + i)..]);
            (ofN * r).CopyTo(sums[(M * unitLanes + i)..]);
            (dh * z).CopyTo(before[i..]);
        }
    }

    /// <summary>A row of weights and its bias, over all samples of all groups.</summary>
    private void WeightGradient(int row, int worker)
    {
        int units = layer.Units;
        int of = row / units;
        gradients[layer.BiasesFrom + row] = Bias(row);
        if (of <= R)
        {
            int at = row * (layer.Channels + units);
            Row(row, input.Values, input.GroupLength, channelLanes, layer.Channels, at);
            Row(row, states, stateGroup, unitLanes, units, at + layer.Channels);
        }
        else if (of == N)
        {
            Row(row, input.Values, input.GroupLength, channelLanes, layer.Channels, layer.SampleRowsFrom + (row - N * units) * layer.Channels);
        }
        else
        {
            Row(row, states, stateGroup, unitLanes, units, layer.StateRowsFrom + (row - M * units) * units);
        }
    }

    private float Bias(int row)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int group = 0; group < groups; group++)
        {
            for (int step = 0; step < layer.Steps; step++)
            {
                sum += Vector512.Create(kept, group * keptGroup + step * Kept * unitLanes + row * Lanes.Width);
            }
        }

        return LaneSums.Total(sum);
    }

    /// <summary>The gradients on a row's weights for the values of a source, by fours.</summary>
    private void Row(int row, float[] source, int sourceGroup, int sourceStep, int count, int to)
    {
        for (int first = 0; first < count; first += 4)
        {
            int last = Math.Min(4, count - first) - 1;
            Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
            for (int group = 0; group < groups; group++)
            {
                int gradient = group * keptGroup + row * Lanes.Width;
                int value = group * sourceGroup + first * Lanes.Width;
                for (int step = 0; step < layer.Steps; step++, gradient += Kept * unitLanes, value += sourceStep)
                {
                    Vector512<float> dz = Vector512.Create(kept, gradient);
                    a = Vector512.MultiplyAddEstimate(dz, Vector512.Create(source, value), a);
                    b = Vector512.MultiplyAddEstimate(dz, Vector512.Create(source, value + Math.Min(1, last) * Lanes.Width), b);
                    c = Vector512.MultiplyAddEstimate(dz, Vector512.Create(source, value + Math.Min(2, last) * Lanes.Width), c);
                    d = Vector512.MultiplyAddEstimate(dz, Vector512.Create(source, value + last * Lanes.Width), d);
                }
            }

            // Of fewer than four the last stands in for those that are not there.
            ReadOnlySpan<float> totals = [LaneSums.Total(a), LaneSums.Total(b), LaneSums.Total(c), LaneSums.Total(d)];
            totals[..last].CopyTo(gradients.AsSpan(to + first));
            gradients[to + first + last] = totals[3];
        }
    }
}
