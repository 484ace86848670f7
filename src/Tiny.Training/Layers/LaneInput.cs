using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// What a layer reads that computes in <see cref="Lanes"/>: straight from another such layer
/// where that can be, else copied from blocks. The same of its gradient on it.
/// </summary>
internal sealed class LaneInput
{
    private readonly LayerInput input;
    private readonly LanePass? producer;
    private readonly int[]? places; // of the values, where they do not lie as the producer has them
    private readonly int length;    // values of a row, filled up
    private readonly float[] own;
    private readonly SharedWork fetch;
    private readonly SharedWork deliver;
    private float[] ownGradients = [];
    private int rows;

    /// <param name="input">What is read.</param>
    /// <param name="context">What the pass shares with others.</param>
    /// <param name="places">(values) where each value goes among <paramref name="length"/>; null for where it is.</param>
    /// <param name="length">Values of a row, those included that stay 0.</param>
    internal LaneInput(LayerInput input, PassContext context, int[]? places, int length)
    {
        this.input = input;
        this.places = places;
        this.length = length;
        producer = input.Producer as LanePass;
        if (producer is not null)
        {
            producer.LaneReaders++;
        }

        own = producer is null || places is not null ? CacheLines.Allocate(Lanes.Length(context.Capacity, length)) : [];
        fetch = new SharedWork(context.Team, Fetch);
        deliver = new SharedWork(context.Team, Deliver);
    }

    /// <summary>(groups, length, 16) what comes in.</summary>
    internal float[] Values => own.Length > 0 ? own : producer!.Values;

    /// <summary>Floats from one group of values to the next.</summary>
    internal int GroupLength => length * Lanes.Width;

    /// <summary>Whether a gradient is wanted.</summary>
    internal bool WantsGradient => input.WantsGradient;

    /// <summary>(groups, values, 16) where the layer writes its gradient, values as the producer has them.</summary>
    internal float[] Gradients => IsDirect ? producer!.Gradients : ownGradients;

    /// <summary>Floats from one group of gradients to the next.</summary>
    internal int GradientLength => input.Columns * Lanes.Width;

    /// <summary>
    /// Whether the layer takes its gradient on to the producer's sums itself, by <see cref="Take"/>: where nobody adds to it.
    /// </summary>
    internal bool IsTaken => WantsGradient && IsDirect;

    private bool IsDirect => producer is not null && input.IsAlone;

    /// <summary>Takes the rows of a batch in.</summary>
    internal void Fetch(int batchRows)
    {
        rows = batchRows;
        if (own.Length > 0)
        {
            fetch.RunMoves(Lanes.Groups(rows), 2L * rows * input.Columns);
        }
    }

    /// <summary>Sees to it that there is room for gradients: only when all layers are made it is known who reads alone.</summary>
    internal void Prepare(int capacity)
    {
        if (WantsGradient && !IsDirect && ownGradients.Length == 0)
        {
            ownGradients = CacheLines.Allocate(Lanes.Length(capacity, input.Columns));
        }
    }

    /// <summary>Leaves the gradient where the producer looks for it.</summary>
    internal void Deliver()
    {
        if (WantsGradient && !IsDirect)
        {
            deliver.RunMoves(Lanes.Groups(rows), 2L * rows * input.Columns);
        }
    }

    /// <summary>Some of <see cref="Gradients"/> is whole: while it is in the cache, the producer takes it to its sums.</summary>
    internal void Take(int at, int count)
    {
        if (IsTaken)
        {
            producer!.Take(at, count);
        }
    }

    private void Fetch(int group, int worker)
    {
        int first = group * Lanes.Width;
        Span<float> to = own.AsSpan(group * GroupLength, GroupLength);
        if (producer is null)
        {
            Lanes.FromBlocks(to, places, input.Values.AsSpan(first * Blocks.Width), input.BlockLength, input.Columns,
                Math.Min(Lanes.Width, rows - first));
            return;
        }

        ReadOnlySpan<float> from = producer.Values.AsSpan(group * GradientLength, GradientLength);
        for (int i = 0; i < places!.Length;)
        {
            // Values that stand beside each other here and there go together.
            int end = i + 1;
            while (end < places.Length && places[end] == places[end - 1] + 1)
            {
                end++;
            }

            from[(i * Lanes.Width)..(end * Lanes.Width)].CopyTo(to[(places[i] * Lanes.Width)..]);
            i = end;
        }
    }

    private void Deliver(int group, int worker)
    {
        int first = group * Lanes.Width;
        Lanes.ToBlocks(
            input.Gradients.AsSpan(first * Blocks.Width), input.BlockLength, ownGradients.AsSpan(group * GradientLength, GradientLength),
                input.Columns,
            Math.Min(Lanes.Width, rows - first));
    }
}
