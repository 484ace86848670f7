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
    protected sealed override void Run(int rows) => forward.Run(Lanes.Groups(rows) * Walk.OutputHeight, rows * Layer.Work);

    /// <inheritdoc/>
    protected sealed override void Back(int rows, GradientUse use)
    {
        if (input.WantsGradient)
        {
            backward.Run(Lanes.Groups(rows), rows * Layer.Work);
        }
    }

    /// <summary>What a window gives of a channel.</summary>
    /// <param name="z">Where it goes, among <see cref="LanePass.SumLanes"/>.</param>
    /// <param name="x">What is read.</param>
    /// <param name="from">Where the channel's group begins.</param>
    /// <param name="taps">The taps inside.</param>
    protected abstract void Forward(int z, float[] x, int from, ReadOnlySpan<WindowWalk.Tap> taps);

    /// <summary>
    /// Adds a window's gradient to those on what it read, which are 0 before; or writes it, where no place is under two windows.
    /// </summary>
    /// <param name="z">Where the gradient and what the window gave stand.</param>
    /// <param name="x">What was read.</param>
    /// <param name="from">Where in it the channel's group begins.</param>
    /// <param name="dx">The gradients on it.</param>
    /// <param name="to">Where in them it begins.</param>
    /// <param name="taps">The taps inside.</param>
    protected abstract void Backward(int z, float[] x, int from, float[] dx, int to, ReadOnlySpan<WindowWalk.Tap> taps);

    private void Forward(int part, int worker)
    {
        int group = part / Walk.OutputHeight;
        int first = part % Walk.OutputHeight * Walk.OutputWidth;
        for (int place = first; place < first + Walk.OutputWidth; place++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                Forward(group * GroupLength + (place * Channels + channel) * Lanes.Width, input.Values,
                    group * input.GroupLength + channel * Lanes.Width, Walk.TapsOf(place));
            }
        }
    }

    private void Backward(int group, int worker)
    {
        if (!Walk.IsWhole)
        {
            Array.Clear(input.Gradients, group * input.GradientLength, input.GradientLength);
        }

        for (int place = 0; place < Walk.Places; place++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                int z = group * GroupLength + (place * Channels + channel) * Lanes.Width;
                int lane = channel * Lanes.Width;
                Backward(z, input.Values, group * input.GroupLength + lane, input.Gradients, group * input.GradientLength + lane,
                    Walk.TapsOf(place));
            }
        }
    }
}
