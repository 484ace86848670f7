using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// A convolution's gradient on its parameters. A part is some weights of a row of taps, of four filters, over all samples
/// and places: nothing is added up between threads, so the order of a sum does not depend on them.
/// </summary>
internal sealed class Conv2DWeightGradient
{
    private readonly Conv2D.Pass pass;
    private readonly SharedWork work;
    private readonly float[] gradients; // as the layer's parameters
    private readonly float[][] room;    // a worker each
    private readonly int runs;          // of weights side by side in x, in a row of taps
    private readonly int runLength;
    private readonly int tilesOfRun;
    private int groups;

    internal Conv2DWeightGradient(Conv2D.Pass pass)
    {
        this.pass = pass;
        PlacedWindow window = pass.Window;
        bool beside = window.DilationAcross == 1;
        runs = beside ? 1 : window.Width;
        runLength = window.Input.Channels * (beside ? window.Width : 1);
        tilesOfRun = (runLength - 1) / LaneProducts.MostWeights + 1;
        gradients = CacheLines.Allocate((int)pass.Layer.ParameterLength);
        room = [.. Enumerable.Range(0, pass.Context.Team.Size)
            .Select(_ => CacheLines.Allocate(LaneProducts.Filters * LaneProducts.MostWeights * Lanes.Width))];
        work = new SharedWork(pass.Context.Team, Run);
    }

    private int WeightParts => pass.Layer.Tiles * pass.Window.Height * runs * tilesOfRun;

    /// <summary>Finds the gradients of a batch and uses them.</summary>
    internal void Run(int rows, GradientUse use)
    {
        groups = Lanes.Groups(rows);
        work.Run(WeightParts + pass.Layer.Filters, rows * pass.Layer.Work);
        int weights = pass.Layer.WeightLength;
        use.Use(pass.Layer.ParametersAt, gradients.AsSpan(0, weights), isWeight: true);
        use.Use(pass.Layer.BiasesAt, gradients.AsSpan(weights), isWeight: false);
    }

    private void Run(int part, int worker)
    {
        if (part >= WeightParts)
        {
            Bias(part - WeightParts);
            return;
        }

        int run = part / tilesOfRun;
        int first = part % tilesOfRun * runLength / tilesOfRun;
        int count = (part % tilesOfRun + 1) * runLength / tilesOfRun - first;
        int row = run / runs % pass.Window.Height;
        Weights(run / runs / pass.Window.Height * LaneProducts.Filters, row, run % runs, first, count, room[worker]);
    }

    private void Weights(int filter, int tapRow, int run, int first, int count, float[] scratch)
    {
        PlacedWindow window = pass.Window;
        int filters = pass.Layer.Filters;
        int tap = window.Input.Channels * Lanes.Width;
        LaneWalk walk = new(
            groups, pass.Input.GroupLength, pass.GroupLength, window.OutputHeight, window.StrideDown * pass.Pitch,
                window.OutputWidth * filters * Lanes.Width, window.OutputWidth,
            window.StrideAcross * tap, filters * Lanes.Width);
        int from = tapRow * window.DilationDown * pass.Pitch + run * window.DilationAcross * tap + first * Lanes.Width;
        int weight = (tapRow * runs + run) * runLength + first;
        Span<float> to = gradients.AsSpan(
            (filter / LaneProducts.Filters * pass.Layer.Patch + weight) * LaneProducts.Filters, count * LaneProducts.Filters);
        LaneProducts.Widest.Gradients(to, scratch, ref pass.Gradients[filter * Lanes.Width], ref pass.Input.Values[from], walk, count);

        // What stands beside the last filters is another place's, and no filter's gradient.
        for (int spare = filters - filter; spare < LaneProducts.Filters; spare++)
        {
            for (int i = spare; i < to.Length; i += LaneProducts.Filters)
            {
                to[i] = 0f;
            }
        }
    }

    private void Bias(int filter)
    {
        int filters = pass.Layer.Filters;
        gradients[pass.Layer.WeightLength + filter] = LaneSums.Of(pass.Gradients, filter, filters, groups * pass.Window.Places);
    }
}
