using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// Takes groups of 16 rows through a recurrent layer, sample by sample, and their gradients
/// back through time. What a step is, is the layer's.
/// </summary>
internal abstract class RecurrentPass : LanePass
{
    private readonly Recurrent layer;
    private readonly LaneInput input;
    private readonly int channelLanes;
    private readonly int steps;
    private readonly int firstStep; // that a gradient reaches
    private readonly int stateGroup;
    private readonly int keptGroup;
    private readonly int keptStep;
    private readonly float[] states;     // (groups, steps + 1, units, 16) before each step, and behind the last
    private readonly float[] kept;       // (groups, steps, kept, units, 16) what a step leaves; on the way back, gradients on the sums
    private readonly float[][] memories; // a worker each: (2, units, 16) the gradient on the state behind a step, and before it
    private readonly SharedWork forward;
    private readonly SharedWork backward;
    private readonly SharedWork weightGradient;
    private readonly int gradientRows;

    /// <param name="layer">The layer.</param>
    /// <param name="context">What it shares, and what it reads.</param>
    /// <param name="rows">Calls of <see cref="WeightGradient"/>.</param>
    protected RecurrentPass(Recurrent layer, PassContext context, int rows)
        : base(layer, context)
    {
        this.layer = layer;
        gradientRows = rows;
        UnitLanes = layer.Units * Lanes.Width;
        channelLanes = layer.Channels * Lanes.Width;
        steps = layer.Steps;
        firstStep = layer.GivesEvery ? 0 : steps - layer.Truncation;
        stateGroup = (steps + 1) * UnitLanes;
        keptStep = layer.Kept * UnitLanes;
        keptGroup = steps * keptStep;
        input = new LaneInput(context.Inputs[0], context, null, layer.Inputs);
        Inputs = [input];
        states = CacheLines.Allocate(Lanes.Length(context.Capacity, (layer.Steps + 1) * layer.Units));
        kept = CacheLines.Allocate(Lanes.Length(context.Capacity, layer.Steps * layer.Kept * layer.Units));
        WeightGradients = CacheLines.Allocate((int)layer.ParameterLength);
        memories = [.. Enumerable.Range(0, context.Team.Size).Select(_ => CacheLines.Allocate(2 * UnitLanes))];
        forward = new SharedWork(context.Team, Forward);
        backward = new SharedWork(context.Team, Backward);
        weightGradient = new SharedWork(context.Team, WeightGradient);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<LaneInput> Inputs { get; }

    /// <summary>The layer's.</summary>
    protected ReadOnlySpan<float> Parameters => Context.Parameters.AsSpan(layer.ParametersAt);

    /// <summary>Gradients on the layer's parameters, laid out as they are.</summary>
    protected float[] WeightGradients { get; }

    /// <summary>Floats of a value of each unit.</summary>
    protected int UnitLanes { get; }

    /// <summary>Groups of the batch at hand.</summary>
    protected int GroupsInUse { get; private set; }

    protected override void Run(int rows) => forward.Run(Lanes.Groups(rows), rows * layer.Work);

    protected override void Back(int rows, GradientUse use)
    {
        GroupsInUse = Lanes.Groups(rows);
        backward.Run(GroupsInUse, 2 * rows * layer.Work);
        weightGradient.Run(gradientRows, rows * layer.Work);
        use.Use(layer.ParametersAt, WeightGradients.AsSpan(0, layer.BiasesFrom), isWeight: true);
        use.Use(layer.ParametersAt + layer.BiasesFrom, WeightGradients.AsSpan(layer.BiasesFrom), isWeight: false);
    }

    /// <summary>
    /// A step of a group: from a sample x (channels, 16) and the state h (units, 16) before it to
    /// the next state, with what the way back needs in <paramref name="kept"/>.
    /// </summary>
    protected abstract void Step(ReadOnlySpan<float> x, ReadOnlySpan<float> h, Span<float> kept, Span<float> next);

    /// <summary>
    /// From the gradient on the state behind a step to those on its sums, which take the place of what was kept, to the one on
    /// the state before it, and by adding to the one on the sample, which is empty where none is wanted.
    /// </summary>
    protected abstract void StepBack(
        int group, Span<float> kept, ReadOnlySpan<float> h, ReadOnlySpan<float> behind, Span<float> before, Span<float> dx);

    /// <summary>Begins a group's way back.</summary>
    protected virtual void BeginBack(int group)
    {
    }

    /// <summary>Finds a part of <see cref="WeightGradients"/>, over all samples of all groups.</summary>
    protected abstract void WeightGradient(int row, int worker);

    /// <summary>The sum over all samples of all groups of what was left in a row of <see cref="kept"/>.</summary>
    protected float Bias(int row)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int group = 0; group < GroupsInUse; group++)
        {
            for (int step = firstStep; step < steps; step++)
            {
                sum += Vector512.Create(kept, group * keptGroup + step * keptStep + row * Lanes.Width);
            }
        }

        return LaneSums.Total(sum);
    }

    /// <summary>The gradients on a row's weights for the sample.</summary>
    protected void OfSample(int row, int to) => Row(row, input.Values, input.GroupLength, channelLanes, layer.Channels, to);

    /// <summary>The gradients on a row's weights for the state.</summary>
    protected void OfState(int row, int to) => Row(row, states, stateGroup, UnitLanes, layer.Units, to);

    private void Forward(int group, int worker)
    {
        int state = group * stateGroup;
        states.AsSpan(state, UnitLanes).Clear();
        for (int step = 0; step < steps; step++, state += UnitLanes)
        {
            ReadOnlySpan<float> x = input.Values.AsSpan(group * input.GroupLength + step * channelLanes, channelLanes);
            Span<float> next = states.AsSpan(state + UnitLanes, UnitLanes);
            Step(x, states.AsSpan(state, UnitLanes), KeptOf(group, step), next);
            if (layer.GivesEvery || step == steps - 1)
            {
                next.CopyTo(SumLanes.AsSpan(group * GroupLength + (layer.GivesEvery ? step * UnitLanes : 0)));
            }
        }
    }

    /// <summary>A group, from its last sample to its first.</summary>
    private void Backward(int group, int worker)
    {
        Span<float> behind = memories[worker].AsSpan(0, UnitLanes);
        Span<float> before = memories[worker].AsSpan(UnitLanes, UnitLanes);
        BeginBack(group);
        if (input.WantsGradient)
        {
            input.Gradients.AsSpan(group * input.GradientLength, steps * channelLanes).Clear();
        }

        for (int step = steps - 1; step >= firstStep; step--)
        {
            if ((steps - 1 - step) % layer.Truncation == 0)
            {
                behind.Clear();
            }

            if (layer.GivesEvery || step == steps - 1)
            {
                TensorPrimitives.Add(behind, Gradients.AsSpan(group * GroupLength + (layer.GivesEvery ? step * UnitLanes : 0), UnitLanes),
                    behind);
            }

            Span<float> dx = input.WantsGradient
                ? input.Gradients.AsSpan(group * input.GradientLength + step * channelLanes, channelLanes) : [];
            StepBack(group, KeptOf(group, step), states.AsSpan(group * stateGroup + step * UnitLanes, UnitLanes), behind, before, dx);
            before.CopyTo(behind);
        }
    }

    private Span<float> KeptOf(int group, int step) => kept.AsSpan(group * keptGroup + step * keptStep, keptStep);

    /// <summary>The gradients on a row's weights for the values of a source, by fours.</summary>
    private void Row(int row, float[] source, int sourceGroup, int sourceStep, int count, int to)
    {
        for (int first = 0; first < count; first += 4)
        {
            int last = Math.Min(4, count - first) - 1;
            Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
            for (int group = 0; group < GroupsInUse; group++)
            {
                int gradient = group * keptGroup + firstStep * keptStep + row * Lanes.Width;
                int value = group * sourceGroup + firstStep * sourceStep + first * Lanes.Width;
                for (int step = firstStep; step < steps; step++, gradient += keptStep, value += sourceStep)
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
            totals[..last].CopyTo(WeightGradients.AsSpan(to + first));
            WeightGradients[to + first + last] = totals[3];
        }
    }
}
