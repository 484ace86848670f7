using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// A convolution's gradient on its parameters. A worker's share is some weights, over all samples and places: nothing is added up between
/// threads, so the order of a sum does not depend on them. A share goes through the batch once, a band of places after the other, and adds
/// a band to all its weights while it is in the cache.
/// </summary>
internal sealed class Conv2DWeightGradient
{
    private const int SumLength = LaneProducts.Filters * LaneProducts.MostWeights * Lanes.Width;
    private const int BandLength = 6144;    // floats of a band, x and dz
    private const int FewestPlaces = 16;    // of a band, or taking sums in and out costs more than the cache wins

    private readonly Conv2D.Pass pass;
    private readonly SharedWork work;
    private readonly Part[] parts;
    private readonly int shares;
    private readonly float[] gradients; // as the layer's parameters
    private readonly float[] sums;      // (parts, 4, 6, 16)
    private readonly int bandRows;
    private readonly int bandsOfRow;    // where a row alone is more than a band
    private int groups;

    internal Conv2DWeightGradient(Conv2D.Pass pass)
    {
        this.pass = pass;
        parts = [.. PartsOf(pass)];
        gradients = CacheLines.Allocate((int)pass.Layer.ParameterLength);
        sums = CacheLines.Allocate(parts.Length * SumLength);
        int workers = pass.Context.Team.Size;
        shares = Math.Min(parts.Length, workers); // each goes through all of the batch, so no more than there are workers
        PlacedWindow window = pass.Window;
        int place = (pass.Layer.Filters + window.StrideDown * window.StrideAcross * window.Input.Channels) * Lanes.Width;
        int places = Math.Max(FewestPlaces, BandLength / place);
        bandRows = Math.Clamp(places / window.OutputWidth, 1, window.OutputHeight);
        bandsOfRow = (window.OutputWidth - 1) / places + 1;
        work = new SharedWork(pass.Context.Team, Run);
    }

    /// <summary>Finds the gradients of a batch and uses them.</summary>
    internal void Run(int rows, GradientUse use)
    {
        groups = Lanes.Groups(rows);
        work.Run(shares, rows * pass.Layer.Work);
        int weights = pass.Layer.WeightLength;
        use.Use(pass.Layer.ParametersAt, gradients.AsSpan(0, weights), isWeight: true);
        use.Use(pass.Layer.BiasesAt, gradients.AsSpan(weights), isWeight: false);
    }

    /// <summary>Of each four filters the weights, row of taps by row of taps, as many at once as a tile takes; then the biases.</summary>
    private static IEnumerable<Part> PartsOf(Conv2D.Pass pass)
    {
        PlacedWindow window = pass.Window;
        int tap = window.Input.Channels * Lanes.Width;
        bool beside = window.DilationAcross == 1; // taps of a row beside each other
        int runs = beside ? 1 : window.Width;
        int runLength = window.Input.Channels * (beside ? window.Width : 1);
        int tiles = (runLength - 1) / LaneProducts.MostWeights + 1;
        for (int filter = 0; filter < pass.Layer.Filters; filter += LaneProducts.Filters)
        {
            for (int run = 0; run < window.Height * runs; run++)
            {
                int from = run / runs * window.DilationDown * pass.Pitch + run % runs * window.DilationAcross * tap;
                for (int tile = 0; tile < tiles; tile++)
                {
                    int first = tile * runLength / tiles;
                    int weight = filter / LaneProducts.Filters * pass.Layer.Patch + run * runLength + first;
                    yield return new Part(
                        filter, from + first * Lanes.Width, weight * LaneProducts.Filters, (tile + 1) * runLength / tiles - first);
                }
            }

            yield return new Part(filter, 0, pass.Layer.WeightLength + filter, 0);
        }
    }

    private void Run(int share, int worker)
    {
        int first = parts.Length * share / shares;
        int behind = parts.Length * (share + 1) / shares;
        Array.Clear(sums, first * SumLength, (behind - first) * SumLength);
        for (int group = 0; group < groups; group++)
        {
            for (int row = 0; row < pass.Window.OutputHeight; row += bandRows)
            {
                for (int band = 0; band < bandsOfRow; band++)
                {
                    AddBand(first, behind, group, row, band);
                }
            }
        }

        for (int part = first; part < behind; part++)
        {
            Finish(part);
        }
    }

    private void AddBand(int first, int behind, int group, int row, int band)
    {
        PlacedWindow window = pass.Window;
        int column = band * window.OutputWidth / bandsOfRow;
        int filters = pass.Layer.Filters;
        int tap = window.Input.Channels * Lanes.Width;
        LaneWalk walk = new(
            Math.Min(bandRows, window.OutputHeight - row), window.StrideDown * pass.Pitch, window.OutputWidth * filters * Lanes.Width,
            (band + 1) * window.OutputWidth / bandsOfRow - column, window.StrideAcross * tap, filters * Lanes.Width);
        int x = group * pass.Input.GroupLength + row * walk.XRow + column * walk.XStep;
        int dz = group * pass.GroupLength + row * walk.DzRow + column * walk.DzStep;
        for (int i = first; i < behind; i++)
        {
            Part part = parts[i];
            Span<float> to = sums.AsSpan(i * SumLength, SumLength);
            if (part.Weights > 0)
            {
                LaneProducts.Widest.AddGradients(
                    to, ref pass.Gradients[dz + part.Filter * Lanes.Width], ref pass.Input.Values[x + part.From], walk, part.Weights);
            }
            else
            {
                AddBiases(to, dz + part.Filter * Lanes.Width, walk);
            }
        }
    }

    /// <summary>
    /// Adds up the gradients on four filters' sums, each where that on its first weight would stand. A band is rows as they stand, or a run
    /// of one.
    /// </summary>
    private void AddBiases(Span<float> to, int dz, in LaneWalk walk)
    {
        for (int filter = 0; filter < LaneProducts.Filters; filter++, dz += Lanes.Width)
        {
            Span<float> lanes = to.Slice(filter * LaneProducts.MostWeights * Lanes.Width, Lanes.Width);
            LaneSums.Add(Vector512.Create<float>(lanes), pass.Gradients, dz, walk.DzStep, walk.Rows * walk.Columns).CopyTo(lanes);
        }
    }

    /// <summary>From lanes to gradients. What stands beside the last filters is another place's, and no filter's gradient.</summary>
    private void Finish(int part)
    {
        (int filter, _, int to, int weights) = parts[part];
        Span<float> some = gradients.AsSpan(to, Math.Max(1, weights) * LaneProducts.Filters);
        LaneProducts.Totals(some, sums.AsSpan(part * SumLength, SumLength));
        for (int i = 0; i < some.Length; i++)
        {
            if (filter + i % LaneProducts.Filters >= pass.Layer.Filters)
            {
                some[i] = 0f;
            }
        }
    }

    /// <summary>Weights of four filters that a tile takes at once; no weights for the biases of four filters.</summary>
    /// <param name="Filter">The first of the filters.</param>
    /// <param name="From">Where in x the first weight's first value stands.</param>
    /// <param name="To">Where among the gradients theirs go.</param>
    /// <param name="Weights">How many of a filter.</param>
    private readonly record struct Part(int Filter, int From, int To, int Weights);
}
