using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// A convolution's way forward: some places of a row at a time, of a group of samples, and
/// while their sums are in the cache the activation.
/// </summary>
internal sealed class Conv2DForward
{
    private const int Places = 24; // of a part

    private readonly Conv2D.Pass pass;
    private readonly SharedWork work;
    private readonly LaneTaps taps;
    private readonly int partsOfRow;

    internal Conv2DForward(Conv2D.Pass pass)
    {
        this.pass = pass;
        PlacedWindow window = pass.Window;
        int tap = window.Input.Channels * Lanes.Width;
        bool runs = window.DilationAcross == 1; // taps of a row beside each other
        taps = new LaneTaps(
            window.Height, window.DilationDown * pass.Pitch, runs ? 1 : window.Width, window.DilationAcross * tap,
                window.Input.Channels * (runs ? window.Width : 1),
            LaneProducts.Filters, 0);
        partsOfRow = (window.OutputWidth - 1) / Places + 1;
        work = new SharedWork(pass.Context.Team, Run);
    }

    /// <summary>Takes a batch through the layer.</summary>
    internal void Run(int rows) => work.Run(Lanes.Groups(rows) * pass.Window.OutputHeight * partsOfRow, rows * pass.Layer.Work);

    private void Run(int part, int worker)
    {
        PlacedWindow window = pass.Window;
        int filters = pass.Layer.Filters;
        int group = part / partsOfRow / window.OutputHeight;
        int row = part / partsOfRow % window.OutputHeight;
        int column = part % partsOfRow * window.OutputWidth / partsOfRow;
        int places = (part % partsOfRow + 1) * window.OutputWidth / partsOfRow - column;
        int xStep = window.StrideAcross * window.Input.Channels * Lanes.Width;
        int to = group * pass.GroupLength + (row * window.OutputWidth + column) * filters * Lanes.Width;
        int from = group * pass.Input.GroupLength + row * window.StrideDown * pass.Pitch + column * xStep;
        float[] parameters = pass.Context.Parameters;
        for (int filter = 0; filter < filters; filter += LaneProducts.Filters)
        {
            LaneProducts.Widest.Sums(
                ref pass.SumLanes[to + filter * Lanes.Width], filters * Lanes.Width, Math.Min(LaneProducts.Filters, filters - filter),
                    ref pass.Input.Values[from], xStep, taps,
                ref parameters[pass.Layer.ParametersAt + filter * pass.Layer.Patch], ref parameters[pass.Layer.BiasesAt + filter], places);
        }

        pass.Activate(to, places * filters * Lanes.Width);
    }
}
