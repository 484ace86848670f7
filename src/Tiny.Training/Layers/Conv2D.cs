using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;
using Tiny.Training.Pruning;

namespace Tiny.Training.Layers;

/// <summary>
/// A convolution in training: z[y, x, f] = b[f] + the sum of w[f, tap, channel] times the value under the tap, a =
/// f(z); dw is the sum over places of dz times that value, dx of dz times the weights that reached it. Its parameters
/// are weights (filters / 4, taps, channels, 4), filled up with filters of 0, then biases.
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class Conv2D : TrainingLayer
{
    internal Conv2D(Conv2DDescription description, IReadOnlyList<Shape> inputs)
        : this(description, description.Window.Over(LayerDescription.OnlyOne(inputs)))
    {
    }

    private Conv2D(Conv2DDescription description, PlacedWindow window)
        : base(window.Input.Values, new Shape(window.OutputHeight, window.OutputWidth, description.Filters), description.Dropout)
    {
        Function = LayerActivation.Of(description.Activation, description.ActivationParameter);
        Window = window;
    }

    /// <summary>How the window walks.</summary>
    public PlacedWindow Window { get; }

    /// <summary>Filters.</summary>
    public int Filters => Output.Channels;

    /// <inheritdoc/>
    public override Activation Activation => Function.Function;

    /// <inheritdoc/>
    public override long ParameterCount => Filters * (1L + Patch);

    /// <inheritdoc/>
    public override long ParameterLength => WeightLength + (long)Blocks.Count(Filters) * Blocks.Width;

    /// <inheritdoc/>
    public override WeightGrid Grid => new(Filters, Patch, (filter, input) => ParametersAt + WeightIndex(filter, input));

    /// <summary>Short sums reach a third of a dense layer's rate, and what comes in and goes out is more than the caches hold.</summary>
    public override long Work => 3L * Window.Places * Filters * Patch + Partition.MultiplyAddsOfMove * (Inputs + Outputs);

    /// <inheritdoc/>
    public override int Kind => Convolution.Conv2D.Conv2DCode;

    /// <summary>The activation with its parameter.</summary>
    internal LayerActivation Function { get; }

    /// <summary>Weights of a filter.</summary>
    internal int Patch => Window.Taps * Window.Input.Channels;

    /// <summary>Filters, four by four.</summary>
    internal int Tiles => (Filters + LaneProducts.Filters - 1) / LaneProducts.Filters;

    /// <summary>Floats of the weights.</summary>
    internal int WeightLength => (int)(((long)Tiles * LaneProducts.Filters * Patch + Blocks.Width - 1) / Blocks.Width * Blocks.Width);

    /// <summary>Where in the network's array the biases begin.</summary>
    internal int BiasesAt => ParametersAt + WeightLength;

    /// <summary>Where among the weights one stands: taps row by row, the channels of a tap beside each other.</summary>
    /// <param name="filter">From 0 to filters - 1.</param>
    /// <param name="input">A value under the window, from 0.</param>
    public int WeightIndex(int filter, int input) => (filter / LaneProducts.Filters * Patch + input) * LaneProducts.Filters
        + filter % LaneProducts.Filters;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) =>
        [(byte)Filters, (byte)(Filters >> 8), .. Window.Attributes, .. Function.Attributes];

    /// <inheritdoc/>
    public override string Describe() => $"conv {Filters} over {Window.Input} window {Window.Words} {Function.Words}";

    /// <summary>Biases 0; a filter takes taps times channels, and gives taps times filters.</summary>
    /// <param name="parameters">(parameters), the network's, all 0 where the layer's stand.</param>
    /// <param name="random">Draws.</param>
    public override void Draw(float[] parameters, SeededRandom random)
    {
        float limit = Function.LimitOf(Patch, Window.Taps * Filters);
        for (int filter = 0; filter < Filters; filter++)
        {
            for (int input = 0; input < Patch; input++)
            {
                parameters[ParametersAt + WeightIndex(filter, input)] = random.NextSymmetric(limit);
            }
        }
    }

    /// <inheritdoc/>
    public override void CopyParameters(float[] parameters, float[] destination)
    {
        int at = 0;
        for (int filter = 0; filter < Filters; filter++)
        {
            destination[at++] = parameters[BiasesAt + filter];
            for (int input = 0; input < Patch; input++)
            {
                destination[at++] = parameters[ParametersAt + WeightIndex(filter, input)];
            }
        }
    }

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    /// <summary>Batches through the layer. What the threads share out is in the works beside this file.</summary>
    internal sealed class Pass : LanePass
    {
        private readonly Conv2DForward forward;
        private readonly Conv2DInputGradient? inputGradient;
        private readonly Conv2DWeightGradient weightGradient;

        internal Pass(Conv2D layer, PassContext context)
            : base(layer, context, layer.Function.Parameter)
        {
            Layer = layer;
            Window = layer.Window.Turned;
            Shape from = Window.Input;
            WindowPadding padding = Window.Padding;
            Height = from.Height + padding.Above + padding.Below;
            Width = from.Width + padding.Left + padding.Right;
            Input = new LaneInput(context.Inputs[0], context, padding == default ? null : Places(from, padding),
                Height * Width * from.Channels);
            Inputs = [Input];
            forward = new Conv2DForward(this);
            inputGradient = !Input.WantsGradient ? null : new Conv2DInputGradient(this);
            weightGradient = new Conv2DWeightGradient(this);
        }

        /// <summary>The layer.</summary>
        internal new Conv2D Layer { get; }

        /// <summary>How the window walks, along the longer side where there is but one.</summary>
        internal PlacedWindow Window { get; }

        /// <summary>
        /// What comes in, with zeros beyond the edges: adding nothing times a weight changes no bit, and no window has an edge to heed.
        /// </summary>
        internal LaneInput Input { get; }

        /// <summary>Rows that come in, those beyond the edges too.</summary>
        internal int Height { get; }

        /// <summary>Columns that come in, those beyond the edges too.</summary>
        internal int Width { get; }

        /// <inheritdoc/>
        protected override IReadOnlyList<LaneInput> Inputs { get; }

        /// <inheritdoc/>
        protected override bool TakesInputGradient => true;

        /// <summary>Floats from one row of what comes in to the next.</summary>
        internal int Pitch => Width * Window.Input.Channels * Lanes.Width;

        /// <inheritdoc/>
        protected override void Run(int rows) => forward.Run(rows);

        /// <inheritdoc/>
        protected override void Back(int rows, GradientUse use)
        {
            inputGradient?.Run(rows);
            weightGradient.Run(rows, use);
        }

        /// <summary>a = f(z) for a range.</summary>
        internal new void Activate(int at, int length) => base.Activate(at, length);

        /// <summary>Where each value goes among those with the edges.</summary>
        private int[] Places(Shape from, WindowPadding padding)
        {
            int row = from.Width * from.Channels;
            int[] places = new int[from.Values];
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = ((i / row + padding.Above) * Width + padding.Left) * from.Channels + i % row;
            }

            return places;
        }
    }
}
