using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>A pool's pass: window by window, each channel by itself, without weights.</summary>
internal abstract class PoolingPass : LanePass
{
    private readonly LaneInput input;
    private readonly SharedWork forward;
    private readonly SharedWork backward;

    protected PoolingPass(TrainingLayer layer, PassContext context, PlacedWindow window)
        : base(layer, context)
    {
        Channels = layer.Output.Channels;
        Walk = new WindowWalk(window);
        input = new LaneInput(context.Inputs[0], context, null, layer.Inputs);
        Inputs = [input];
        forward = new SharedWork(context.Team, Forward);
        backward = new SharedWork(context.Team, Backward);
    }

    /// <summary>Channels of a place.</summary>
    protected int Channels { get; }

    /// <summary>The windows.</summary>
    protected WindowWalk Walk { get; }

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<LaneInput> Inputs { get; }

    /// <inheritdoc/>
    protected sealed override bool TakesInputGradient => true;

    private int PartsBack => Walk.RowsAreApart ? Walk.OutputHeight : 1; // of a group

    /// <inheritdoc/>
    protected sealed override void Run(int rows) =>
        forward.Run(Lanes.Groups(rows) * Walk.OutputHeight, rows * Layer.Work);

    /// <inheritdoc/>
    protected sealed override void Back(int rows, GradientUse use)
    {
        if (input.WantsGradient)
        {
            backward.Run(Lanes.Groups(rows) * PartsBack, 2 * rows * Layer.Work);
        }
    }

    /// <summary>What a window gives, channel by channel.</summary>
    /// <param name="z">Where it goes, among <see cref="LanePass.SumLanes"/>.</param>
    /// <param name="x">What is read.</param>
    /// <param name="from">Where in it the group begins.</param>
    /// <param name="taps">The taps inside.</param>
    protected abstract void Forward(int z, float[] x, int from, ReadOnlySpan<WindowWalk.Tap> taps);

    /// <summary>
    /// Adds a window's gradient to those on what it read, which are 0 before; or writes it, where no place is under two windows.
    /// </summary>
    /// <param name="z">Where the gradient and what the window gave stand.</param>
    /// <param name="x">What was read.</param>
    /// <param name="from">Where in it the group begins.</param>
    /// <param name="dx">The gradients on it.</param>
    /// <param name="to">Where in them the group begins.</param>
    /// <param name="taps">The taps inside.</param>
    protected abstract void Backward(int z, float[] x, int from, float[] dx, int to, ReadOnlySpan<WindowWalk.Tap> taps);

    private void Forward(int part, int worker)
    {
        int group = part / Walk.OutputHeight;
        int first = part % Walk.OutputHeight * Walk.OutputWidth;
        for (int place = first; place < first + Walk.OutputWidth; place++)
        {
            Forward(Place(group, place), input.Values, group * input.GroupLength, Walk.TapsOf(place));
        }
    }

    /// <summary>A row of windows where it has its rows of inputs for itself, else a group.</summary>
    private void Backward(int part, int worker)
    {
        int group = part / PartsBack;
        int first = part % PartsBack * Walk.Places / PartsBack;
        int behind = first + Walk.Places / PartsBack;
        int from = group * input.GroupLength;
        int to = group * input.GradientLength;
        if (!Walk.IsWhole)
        {
            Array.Clear(input.Gradients, to, input.GradientLength);
        }

        for (int place = first; place < behind; place++)
        {
            Backward(Place(group, place), input.Values, from, input.Gradients, to, Walk.TapsOf(place));
        }

        int begin = first == 0 ? 0 : Walk.TapsOf(first)[0].At;
        int end = behind == Walk.Places ? input.GradientLength : Walk.TapsOf(behind)[0].At;
        input.Take(to + begin, end - begin);
    }

    private int Place(int group, int place) => group * GroupLength + place * Channels * Lanes.Width;
}
