using System.Runtime.Intrinsics;
using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>
/// A depthwise convolution in training: z[y, x, c] = b[c] + the sum of w[c, tap] times the channel's value
/// under the tap, a = f(z). Its parameters are weights (channels, taps), then biases.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class DepthwiseConv2D : TrainingLayer
{
    internal DepthwiseConv2D(DepthwiseConv2DDescription description, IReadOnlyList<Shape> inputs)
        : this(description, description.Window.Over(LayerDescription.OnlyOne(inputs)))
    {
    }

    private DepthwiseConv2D(DepthwiseConv2DDescription description, PlacedWindow window)
        : base(window.Input.Values, new Shape(window.OutputHeight, window.OutputWidth, window.Input.Channels), description.Dropout)
    {
        Function = LayerActivation.Of(description.Activation, description.ActivationParameter);
        Window = window;
    }

    /// <summary>How the window walks.</summary>
    public PlacedWindow Window { get; }

    /// <inheritdoc/>
    public override Activation Activation => Function.Function;

    /// <inheritdoc/>
    public override long ParameterCount => Channels * (1L + Window.Taps);

    /// <inheritdoc/>
    public override long ParameterLength => WeightLength + Blocks.Count(Channels) * Blocks.Width;

    /// <inheritdoc/>
    public override long Work => Partition.MultiplyAddsOfMove * Outputs * Window.Taps;

    /// <inheritdoc/>
    public override int Kind => Convolution.DepthwiseConv2D.DepthwiseConv2DCode;

    internal LayerActivation Function { get; }

    private int Channels => Output.Channels;

    private int WeightLength => Blocks.Count(Channels * Window.Taps) * Blocks.Width;

    private int BiasesAt => ParametersAt + WeightLength;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => [.. Window.Attributes, .. Function.Attributes];

    /// <inheritdoc/>
    public override string Describe() => $"dwconv over {Window.Input} window {Window.Words} {Function.Words}";

    /// <summary>Biases 0; a filter takes and gives as many values as it has taps.</summary>
    /// <param name="parameters">(parameters), the network's, all 0 where the layer's stand.</param>
    /// <param name="random">Draws.</param>
    public override void Draw(float[] parameters, SeededRandom random)
    {
        float limit = Function.LimitOf(Window.Taps, Window.Taps);
        foreach (ref float weight in parameters.AsSpan(ParametersAt, Channels * Window.Taps))
        {
            weight = random.NextSymmetric(limit);
        }
    }

    /// <inheritdoc/>
    public override void CopyParameters(float[] parameters, float[] destination)
    {
        int taps = Window.Taps;
        for (int channel = 0; channel < Channels; channel++)
        {
            destination[channel * (1 + taps)] = parameters[BiasesAt + channel];
            Array.Copy(parameters, ParametersAt + channel * taps, destination, channel * (1 + taps) + 1, taps);
        }
    }

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    private sealed class Pass : LanePass
    {
        private readonly DepthwiseConv2D layer;
        private readonly WindowWalk walk;
        private readonly LaneInput input;
        private readonly SharedWork forward;
        private readonly SharedWork inputGradient;
        private readonly SharedWork weightGradient;
        private readonly float[] gradients; // as the layer's parameters
        private readonly Vector512<float>[][] sums; // a worker each: (taps)
        private int groups;

        internal Pass(DepthwiseConv2D layer, PassContext context)
            : base(layer, context, layer.Function.Parameter)
        {
            this.layer = layer;
            walk = new WindowWalk(layer.Window);
            input = new LaneInput(context.Inputs[0], context, null, layer.Inputs);
            Inputs = [input];
            gradients = CacheLines.Allocate((int)layer.ParameterLength);
            sums = [.. Enumerable.Range(0, context.Team.Size).Select(_ => new Vector512<float>[layer.Window.Taps])];
            forward = new SharedWork(context.Team, Forward);
            inputGradient = new SharedWork(context.Team, InputGradient);
            weightGradient = new SharedWork(context.Team, WeightGradient);
        }

        protected override IReadOnlyList<LaneInput> Inputs { get; }

        protected override bool TakesInputGradient => true;

        protected override void Run(int rows) => forward.Run(Lanes.Groups(rows) * walk.OutputHeight, rows * layer.Work);

        protected override void Back(int rows, GradientUse use)
        {
            groups = Lanes.Groups(rows);
            if (input.WantsGradient)
            {
                inputGradient.Run(groups, rows * layer.Work);
            }

            weightGradient.Run(layer.Channels, rows * layer.Work);
            use.Use(layer.ParametersAt, gradients.AsSpan(0, layer.WeightLength), isWeight: true);
            use.Use(layer.BiasesAt, gradients.AsSpan(layer.WeightLength), isWeight: false);
        }

        /// <summary>A row of places of a group.</summary>
        private void Forward(int part, int worker)
        {
            float[] parameters = Context.Parameters;
            int channels = layer.Channels;
            int taps = layer.Window.Taps;
            int group = part / walk.OutputHeight;
            int start = group * GroupLength + part % walk.OutputHeight * walk.OutputWidth * channels * Lanes.Width;
            for (int column = 0; column < walk.OutputWidth; column++)
            {
                ReadOnlySpan<WindowWalk.Tap> inside = walk.TapsOf(part % walk.OutputHeight, column);
                for (int channel = 0; channel < channels; channel++)
                {
                    Vector512<float> sum = Vector512.Create(parameters[layer.BiasesAt + channel]);
                    int weights = layer.ParametersAt + channel * taps;
                    int from = group * input.GroupLength + channel * Lanes.Width;
                    foreach (WindowWalk.Tap tap in inside)
                    {
                        sum = Vector512.MultiplyAddEstimate(
                            Vector512.Create(input.Values, from + tap.At), Vector512.Create(parameters[weights + tap.Number]), sum);
                    }

                    sum.CopyTo(SumLanes, start + (column * channels + channel) * Lanes.Width);
                }
            }

            Activate(start, walk.OutputWidth * channels * Lanes.Width);
        }

        /// <summary>A group.</summary>
        private void InputGradient(int group, int worker)
        {
            float[] parameters = Context.Parameters;
            float[] dx = input.Gradients;
            int channels = layer.Channels;
            Array.Clear(dx, group * input.GradientLength, input.GradientLength);
            for (int place = 0; place < walk.Places; place++)
            {
                foreach (WindowWalk.Tap tap in walk.TapsOf(place))
                {
                    for (int channel = 0; channel < channels; channel++)
                    {
                        int to = group * input.GradientLength + tap.At + channel * Lanes.Width;
                        Vector512<float> dz = Vector512.Create(Gradients, group * GroupLength + (place * channels + channel) * Lanes.Width);
                        Vector512<float> weight = Vector512.Create(
                            parameters[layer.ParametersAt + channel * layer.Window.Taps + tap.Number]);
                        Vector512.MultiplyAddEstimate(dz, weight, Vector512.Create(dx, to)).CopyTo(dx, to);
                    }
                }
            }

            input.Take(group * input.GradientLength, input.GradientLength);
        }

        /// <summary>A channel, over all samples and places.</summary>
        private void WeightGradient(int channel, int worker)
        {
            Vector512<float>[] sum = sums[worker];
            Array.Clear(sum);
            int channels = layer.Channels;
            for (int group = 0; group < groups; group++)
            {
                for (int place = 0; place < walk.Places; place++)
                {
                    Vector512<float> dz = Vector512.Create(Gradients, group * GroupLength + (place * channels + channel) * Lanes.Width);
                    foreach (WindowWalk.Tap tap in walk.TapsOf(place))
                    {
                        int from = group * input.GroupLength + tap.At + channel * Lanes.Width;
                        sum[tap.Number] = Vector512.MultiplyAddEstimate(dz, Vector512.Create(input.Values, from), sum[tap.Number]);
                    }
                }
            }

            for (int tap = 0; tap < sum.Length; tap++)
            {
                gradients[channel * sum.Length + tap] = LaneSums.Total(sum[tap]);
            }

            gradients[layer.WeightLength + channel] = LaneSums.Of(Gradients, channel, channels, groups * walk.Places);
        }
    }
}
