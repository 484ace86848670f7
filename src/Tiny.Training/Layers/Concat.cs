using Tiny.Core.Activations;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// The channels of two branches beside each other in training, place by place, those of the
/// first in front; each branch gets the gradient on its own.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class Concat : TrainingLayer
{
    private readonly LayerActivation function;
    private readonly int[] channels; // of each branch

    internal Concat(ConcatDescription description, IReadOnlyList<Shape> inputs)
        : base(
            Branches.Two(inputs, (a, b) => (a.Height, a.Width) == (b.Height, b.Width)).Values,
                inputs[0] with { Channels = inputs[0].Channels + inputs[1].Channels },
            description.Dropout)
    {
        function = LayerActivation.Of(description.Activation, description.ActivationParameter);
        channels = [.. inputs.Select(input => input.Channels)];
    }

    /// <inheritdoc/>
    public override Activation Activation => function.Function;

    /// <inheritdoc/>
    public override int Kind => Convolution.Concat.ConcatCode;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => [(byte)inputs[1], .. function.Attributes];

    /// <inheritdoc/>
    public override string Describe() => $"concat {string.Join(" and ", channels)} of {Output} {function.Words}";

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    private sealed class Pass : LanePass
    {
        private readonly Concat layer;
        private readonly LaneInput[] inputs;
        private readonly SharedWork forward;
        private readonly SharedWork backward;

        internal Pass(Concat layer, PassContext context)
            : base(layer, context, layer.function.Parameter)
        {
            this.layer = layer;
            inputs = [.. context.Inputs.Select(input => new LaneInput(input, context, null, input.Columns))];
            forward = new SharedWork(context.Team, Forward);
            backward = new SharedWork(context.Team, Backward);
        }

        protected override IReadOnlyList<LaneInput> Inputs => inputs;

        protected override void Run(int rows) => forward.RunMoves(Lanes.Groups(rows), 2L * rows * Layer.Outputs);

        protected override void Back(int rows, GradientUse use) => backward.RunMoves(Lanes.Groups(rows), 2L * rows * Layer.Outputs);

        private void Forward(int group, int worker)
        {
            Move(group, back: false);
            Activate(group * GroupLength, GroupLength);
        }

        private void Backward(int group, int worker) => Move(group, back: true);

        /// <summary>Values of the branches to where they stand beside each other, or gradients the way back.</summary>
        private void Move(int group, bool back)
        {
            int at = group * GroupLength;
            for (int place = 0; place < layer.Outputs / layer.Output.Channels; place++)
            {
                for (int branch = 0; branch < inputs.Length; branch++)
                {
                    LaneInput input = inputs[branch];
                    int length = layer.channels[branch] * Lanes.Width;
                    int from = group * input.GradientLength + place * length;
                    if (!back)
                    {
                        input.Values.AsSpan(from, length).CopyTo(SumLanes.AsSpan(at));
                    }
                    else if (input.WantsGradient)
                    {
                        Gradients.AsSpan(at, length).CopyTo(input.Gradients.AsSpan(from));
                    }

                    at += length;
                }
            }
        }
    }
}
