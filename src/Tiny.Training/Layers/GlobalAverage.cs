using System.Runtime.Intrinsics;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>Global average in training: of each channel the mean over all places, each of which gets as much of the gradient.</summary>
/// <seealso cref="LayerDescription"/>
public sealed class GlobalAverage : TrainingLayer
{
    private readonly Shape input;

    internal GlobalAverage(Shape input, float dropout)
        : base(input.Values, Shape.Vector(input.Channels), dropout)
    {
        this.input = input;
    }

    /// <inheritdoc/>
    public override long Work => Partition.MultiplyAddsOfMove * Inputs;

    /// <inheritdoc/>
    public override int Kind => Convolution.GlobalAverage.GlobalAverageCode;

    private int Places => input.Height * input.Width;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => [];

    /// <inheritdoc/>
    public override string Describe() => $"gap over {input}";

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    private sealed class Pass : LanePass
    {
        private readonly GlobalAverage layer;
        private readonly LaneInput input;
        private readonly SharedWork forward;
        private readonly SharedWork backward;
        private readonly float factor;

        internal Pass(GlobalAverage layer, PassContext context)
            : base(layer, context)
        {
            this.layer = layer;
            factor = 1f / layer.Places;
            input = new LaneInput(context.Inputs[0], context, null, layer.Inputs);
            Inputs = [input];
            forward = new SharedWork(context.Team, Forward);
            backward = new SharedWork(context.Team, Backward);
        }

        protected override IReadOnlyList<LaneInput> Inputs { get; }

        protected override bool TakesInputGradient => true;

        protected override void Run(int rows) => forward.Run(Lanes.Groups(rows), rows * layer.Work);

        protected override void Back(int rows, GradientUse use)
        {
            if (input.WantsGradient)
            {
                backward.Run(Lanes.Groups(rows), rows * layer.Work);
            }
        }

        private void Forward(int group, int worker)
        {
            int channels = layer.Outputs;
            for (int channel = 0; channel < channels; channel++)
            {
                Vector512<float> sum = Vector512<float>.Zero;
                for (int place = 0; place < layer.Places; place++)
                {
                    sum += Vector512.Create(input.Values, group * input.GroupLength + (place * channels + channel) * Lanes.Width);
                }

                (sum * factor).CopyTo(SumLanes, group * GroupLength + channel * Lanes.Width);
            }
        }

        private void Backward(int group, int worker)
        {
            int channels = layer.Outputs;
            for (int channel = 0; channel < channels; channel++)
            {
                Vector512<float> each = Vector512.Create(Gradients, group * GroupLength + channel * Lanes.Width) * factor;
                for (int place = 0; place < layer.Places; place++)
                {
                    each.CopyTo(input.Gradients, group * input.GradientLength + (place * channels + channel) * Lanes.Width);
                }
            }

            input.Take(group * input.GradientLength, input.GradientLength);
        }
    }
}
