using System.Numerics.Tensors;
using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;
using Tiny.Training.Networks.Activations;

namespace Tiny.Training.Layers;

/// <summary>
/// A pass that computes in <see cref="Lanes"/>, as convolutions and pools do. What it reads of another such pass it
/// reads as it is; blocks are made and read only where a layer of another sort is beside it.
/// </summary>
internal abstract class LanePass : LayerPass
{
    private readonly Activation activation;
    private readonly float parameter;
    private readonly float[] activated; // f(sums), before what dropout does
    private readonly float[] mask;      // as values: 0 where dropped, else 1 / share kept; empty without dropout
    private readonly SharedWork publish;
    private readonly SharedWork take;
    private bool masked;
    private int batchRows;

    /// <param name="layer">The layer.</param>
    /// <param name="context">What it shares, and what it reads.</param>
    /// <param name="parameter">Of the layer's activation.</param>
    protected LanePass(TrainingLayer layer, PassContext context, float parameter = 0f)
        : base(layer, context)
    {
        activation = layer.Activation;
        this.parameter = parameter;
        int length = Lanes.Length(context.Capacity, layer.Outputs);
        activated = CacheLines.Allocate(length);

        // What ReLU makes of a sum tells its derivative as well.
        SumLanes = activation is Activation.Linear or Activation.Relu ? activated : CacheLines.Allocate(length);
        Values = layer.Dropout > 0f ? CacheLines.Allocate(length) : activated;
        mask = layer.Dropout > 0f ? CacheLines.Allocate(length) : [];
        Gradients = CacheLines.Allocate(length);
        publish = new SharedWork(context.Team, Publish);
        take = new SharedWork(context.Team, TakeGroup);
    }

    /// <summary>(groups, outputs, 16) what the layer had before its activation.</summary>
    internal float[] SumLanes { get; }

    /// <summary>(groups, outputs, 16) what it gave.</summary>
    internal float[] Values { get; }

    /// <summary>(groups, outputs, 16) the gradient on that; once taken, the one on the sums.</summary>
    internal float[] Gradients { get; }

    /// <summary>Readers that take lanes as they are.</summary>
    internal int LaneReaders { get; set; }

    /// <summary>Floats from one group to the next.</summary>
    internal int GroupLength => Layer.Outputs * Lanes.Width;

    /// <summary>What the layer reads.</summary>
    protected abstract IReadOnlyList<LaneInput> Inputs { get; }

    /// <inheritdoc/>
    internal sealed override bool FusesInputGradient => TakesInputGradient && Inputs[0].IsTaken;

    /// <summary>Whether <see cref="Back"/> calls <see cref="LaneInput.Take"/> for all of the gradient on its only input.</summary>
    protected virtual bool TakesInputGradient => false;

    private bool WantsBlocks => Output.Readers != LaneReaders || LaneReaders == 0;

    private bool HasGradientInLanes => Output.Readers == 1 && LaneReaders == 1;

    /// <inheritdoc/>
    public sealed override void Forward(int rows)
    {
        batchRows = rows;
        foreach (LaneInput input in Inputs)
        {
            input.Fetch(rows);
        }

        Run(rows);
    }

    /// <inheritdoc/>
    public sealed override void Backward(int rows, GradientUse use)
    {
        foreach (LaneInput input in Inputs)
        {
            input.Prepare(Context.Capacity);
        }

        Back(rows, use);
        foreach (LaneInput input in Inputs)
        {
            input.Deliver();
        }
    }

    /// <inheritdoc/>
    internal sealed override void Drop(int rows, SeededRandom? random)
    {
        masked = random is not null && Layer.Dropout > 0f;
        int length = Lanes.Groups(rows) * GroupLength;
        if (masked)
        {
            float scale = 1f / (1f - Layer.Dropout);
            for (int i = 0; i < length; i++)
            {
                mask[i] = random!.NextFloat() < Layer.Dropout ? 0f : scale;
            }

            TensorPrimitives.Multiply(activated.AsSpan(0, length), mask.AsSpan(0, length), Values);
        }
        else if (Layer.Dropout > 0f)
        {
            activated.AsSpan(0, length).CopyTo(Values);
        }

        if (WantsBlocks)
        {
            publish.RunMoves(Lanes.Groups(rows), 2L * rows * Layer.Outputs);
        }
    }

    /// <inheritdoc/>
    public sealed override void TakeGradient(int rows, int block, int blocks) =>
        take.RunMoves(Lanes.Groups(rows), 4L * rows * Layer.Outputs);

    /// <summary>The gradient on some of what was given becomes the one on its sums.</summary>
    internal void Take(int at, int length)
    {
        Span<float> gradients = Gradients.AsSpan(at, length);
        if (masked)
        {
            TensorPrimitives.Multiply(gradients, mask.AsSpan(at, length), gradients);
        }

        if (activation != Activation.Linear)
        {
            BatchActivation.Backward(
                gradients, SumLanes.AsSpan(at, length), activated.AsSpan(at, length), gradients, 0, activation, parameter);
        }
    }

    /// <summary>Takes a batch from the inputs to <see cref="SumLanes"/>, and each part of them through <see cref="Activate"/>.</summary>
    protected abstract void Run(int rows);

    /// <summary>
    /// From <see cref="Gradients"/>, which are those on the sums by now, writes the gradients on
    /// the inputs that want one, then uses those on the parameters.
    /// </summary>
    protected abstract void Back(int rows, GradientUse use);

    /// <summary>a = f(z) for a range of the sums.</summary>
    protected void Activate(int at, int length)
    {
        if (activation != Activation.Linear)
        {
            BatchActivation.Forward(activated.AsSpan(at, length), SumLanes.AsSpan(at, length), 0, activation, parameter);
        }
    }

    private void Publish(int group, int worker)
    {
        int first = group * Lanes.Width;
        Lanes.ToBlocks(
            Output.Values.AsSpan(first * Blocks.Width), Output.BlockLength, Values.AsSpan(group * GroupLength, GroupLength), Layer.Outputs,
            Math.Min(Lanes.Width, batchRows - first));
    }

    /// <summary>The gradient on what a group gave becomes the one on its sums.</summary>
    private void TakeGroup(int group, int worker)
    {
        int at = group * GroupLength;
        if (!HasGradientInLanes)
        {
            int first = group * Lanes.Width;
            Lanes.FromBlocks(
                Gradients.AsSpan(at, GroupLength), null, Output.Gradients.AsSpan(first * Blocks.Width), Output.BlockLength, Layer.Outputs,
                    Math.Min(Lanes.Width, batchRows - first));
        }

        Take(at, GroupLength);
    }
}
