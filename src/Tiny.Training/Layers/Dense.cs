using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;
using Tiny.Training.Networks.Activations;
using Tiny.Training.Pruning;

namespace Tiny.Training.Layers;

/// <summary>
/// A fully connected layer in training: z = x w + b, a = f(z); dz = da f'(z), dx = dz w^T, dw = x^T dz, db = the sum of dz
/// over rows. Its parameters are weights (inputs, rows) in <see cref="Blocks"/>, then biases (rows).
/// </summary>
/// <seealso cref="LayerDescription"/>
public sealed class Dense : TrainingLayer
{
    internal Dense(DenseDescription description, IReadOnlyList<Shape> inputs)
        : base(Single(inputs), Shape.Vector(description.Outputs), description.Dropout)
    {
        if (description.Activation == Activation.Softmax)
        {
            throw new ArgumentException(
                "Softmax is no layer's activation: a network has it behind its last layer where its loss is that of probabilities.",
                    nameof(description));
        }

        Activation = description.Activation;
        ActivationParameter = description.ActivationParameter ?? DenseInitializer.DefaultParameter(Activation);
        Rows = Outputs * ActivationTraits.RowsPerOutput(Activation);
        HasBias = description.HasBias;
    }

    /// <summary>Sums: as many as outputs, twice as many for maxout.</summary>
    public int Rows { get; }

    /// <inheritdoc/>
    public override Activation Activation { get; }

    /// <summary>Slope of leaky ReLU, alpha of ELU, else 0.</summary>
    public float ActivationParameter { get; }

    /// <summary>Whether the biases are trained.</summary>
    public bool HasBias { get; }

    /// <inheritdoc/>
    public override long ParameterCount => (Inputs + 1L) * Rows;

    /// <inheritdoc/>
    public override long ParameterLength => (long)Blocks.Count(Rows) * Blocks.Width * (Inputs + 1L);

    /// <inheritdoc/>
    public override WeightGrid Grid => new(Rows, Inputs, (row, input) => ParametersAt + WeightIndex(input, row));

    /// <inheritdoc/>
    public override int Widest => Rows;

    /// <inheritdoc/>
    public override long Columns => 2L * Blocks.Width * (Blocks.Count(Rows) + Blocks.Count(Outputs));

    /// <inheritdoc/>
    public override long Work => (long)Inputs * Rows;

    /// <inheritdoc/>
    public override int Kind => Core.Layers.Dense.DenseCode;

    /// <inheritdoc/>
    public override int Room => Rows;

    /// <summary>Where in the network's array the biases begin.</summary>
    internal int BiasesAt => ParametersAt + Blocks.Length(Inputs, Rows);

    /// <summary>(inputs, rows) in <see cref="Blocks"/>, within an array laid out as the network's parameters.</summary>
    /// <param name="parameters">(parameters) of the network.</param>
    public Memory<float> Weights(float[] parameters) => parameters.AsMemory(ParametersAt, Blocks.Length(Inputs, Rows));

    /// <summary>(rows) in blocks of one row, so one behind the other, within an array laid out as the network's parameters.</summary>
    /// <param name="parameters">(parameters) of the network.</param>
    public Memory<float> Biases(float[] parameters) => parameters.AsMemory(BiasesAt, Blocks.Length(1, Rows));

    /// <summary>Where among the weights one stands.</summary>
    /// <param name="input">From 0 to inputs - 1.</param>
    /// <param name="row">From 0 to rows - 1.</param>
    public int WeightIndex(int input, int row) => Blocks.Index(Inputs, input, row);

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => PlanBuilder.DenseAttributes(Outputs, Activation, ActivationParameter);

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"{Outputs} {Activation} {ActivationParameter}");

    /// <summary>Biases 0; weights within He's limits before ReLU and its kin, Glorot's else.</summary>
    /// <param name="parameters">(parameters), the network's, all 0 where the layer's stand.</param>
    /// <param name="random">Draws.</param>
    public override void Draw(float[] parameters, SeededRandom random)
    {
        bool he = DenseInitializer.IsRectifier(Activation);
        float limit = MathF.Sqrt(6f / (he ? Inputs : Inputs + Outputs));
        Span<float> weights = Weights(parameters).Span;
        for (int input = 0; input < Inputs; input++)
        {
            for (int row = 0; row < Rows; row++)
            {
                weights[WeightIndex(input, row)] = random.NextSymmetric(limit);
            }
        }
    }

    /// <inheritdoc/>
    public override void CopyParameters(float[] parameters, float[] destination)
    {
        ReadOnlySpan<float> weights = Weights(parameters).Span;
        ReadOnlySpan<float> biases = Biases(parameters).Span;
        int at = 0;
        for (int row = 0; row < Rows; row++)
        {
            destination[at++] = biases[row];
            for (int input = 0; input < Inputs; input++)
            {
                destination[at++] = weights[WeightIndex(input, row)];
            }
        }
    }

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    private static int Single(IReadOnlyList<Shape> inputs) =>
        inputs.Count == 1 ? inputs[0].Values
        : throw new ArgumentException($"A dense layer reads one node, not {inputs.Count}.", nameof(inputs));

    /// <summary>Batches through the layer. What the threads share out is in the works beside this file.</summary>
    internal sealed class Pass : LayerPass
    {
        /// <summary>Inputs whose weights go to one worker together.</summary>
        internal const int InputUnit = 64;

        private readonly DenseForward forward;
        private readonly DenseInputGradient? inputGradient;
        private readonly DenseWeightGradient weightGradient;

        internal Pass(Dense layer, PassContext context)
            : base(layer, context)
        {
            Layer = layer;
            Sums = CacheLines.Allocate(Blocks.Length(context.Capacity, layer.Rows));
            SumGradients = CacheLines.Allocate(Sums.Length);
            ByWeights = new Partition(InputUnit, layer.Rows, context.Team.Size);
            forward = new DenseForward(this);
            inputGradient = context.Inputs[0].WantsGradient ? new DenseInputGradient(this) : null;
            weightGradient = new DenseWeightGradient(this);
        }

        /// <summary>The layer.</summary>
        internal new Dense Layer { get; }

        /// <summary>Whose the weights are: inputs as rows.</summary>
        internal Partition ByWeights { get; }

        /// <summary>(capacity, rows) z.</summary>
        public override float[] Sums { get; }

        /// <summary>(capacity, rows) dJ/dz.</summary>
        public override float[] SumGradients { get; }

        /// <summary>Maxout takes two blocks of sums to one of outputs.</summary>
        internal override bool TakesGradientInParts => Layer.Activation != Activation.Maxout;

        /// <inheritdoc/>
        internal override bool FusesInputGradient => Context.Inputs[0].Fused is not null;

        /// <inheritdoc/>
        public override void Forward(int rows)
        {
            forward.Run(rows);
            if (Layer.Activation == Activation.Maxout)
            {
                Activate(0, rows, 0, Blocks.Count(Layer.Outputs));
            }
        }

        /// <inheritdoc/>
        public override void Backward(int rows, GradientUse use)
        {
            inputGradient?.Run(rows);
            weightGradient.Run(rows, use);
        }

        /// <summary>a = f(z) for some rows and blocks of the outputs.</summary>
        internal void Activate(int row, int rows, int block, int blocks)
        {
            for (int i = block; i < block + blocks; i++)
            {
                int at = i * Output.BlockLength + row * Blocks.Width;
                int length = rows * Blocks.Width;
                BatchActivation.Forward(Output.Values.AsSpan(at, length), SumsOf(Sums, at, length), Output.BlockLength, Layer.Activation,
                    Layer.ActivationParameter);
            }
        }

        /// <inheritdoc/>
        public override void TakeGradient(int rows, int block, int blocks)
        {
            int length = rows * Blocks.Width;
            for (int i = block; i < block + blocks; i++)
            {
                int at = i * Output.BlockLength;
                if (Dropped)
                {
                    // The derivatives are told from outputs without the mask.
                    MaskGradient(rows, i, 1);
                    Activate(0, rows, i, 1);
                }

                BatchActivation.Backward(
                    SumsOf(SumGradients, at, length), SumsOf(Sums, at, length), Output.Values.AsSpan(at, length),
                        Output.Gradients.AsSpan(at, length),
                    Output.BlockLength, Layer.Activation, Layer.ActivationParameter);
                if (Dropped)
                {
                    MaskOutputs(rows, i);
                }
            }
        }

        /// <summary>The sums that belong to a range of one block of outputs: the same range, and for maxout the block's twin too.</summary>
        private Span<float> SumsOf(float[] sums, int at, int length)
        {
            if (Layer.Rows == Layer.Outputs)
            {
                return sums.AsSpan(at, length);
            }

            int blockLength = Output.BlockLength;
            int first = at / blockLength * blockLength + at;
            return sums.AsSpan(first, Math.Min(blockLength + length, sums.Length - first));
        }
    }
}
