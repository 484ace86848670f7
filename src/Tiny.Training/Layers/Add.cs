using System.Numerics.Tensors;
using Tiny.Core.Activations;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Layers;

/// <summary>The sum of two branches in training, value by value; each gets the whole gradient.</summary>
/// <seealso cref="LayerDescription"/>
public sealed class Add : TrainingLayer
{
    private readonly LayerActivation function;

    internal Add(AddDescription description, IReadOnlyList<Shape> inputs)
        : base(Branches.Two(inputs, (a, b) => a == b).Values, inputs[0], description.Dropout)
    {
        function = LayerActivation.Of(description.Activation, description.ActivationParameter);
    }

    /// <inheritdoc/>
    public override Activation Activation => function.Function;

    /// <inheritdoc/>
    public override int Kind => Convolution.Add.AddCode;

    /// <inheritdoc/>
    public override byte[] Attributes(IReadOnlyList<int> inputs) => [(byte)inputs[1], .. function.Attributes];

    /// <inheritdoc/>
    public override string Describe() => $"add {Output} {function.Words}";

    /// <inheritdoc/>
    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    private sealed class Pass : LanePass
    {
        private readonly LaneInput[] inputs;
        private readonly SharedWork forward;

        internal Pass(Add layer, PassContext context)
            : base(layer, context, layer.function.Parameter)
        {
            inputs = [.. context.Inputs.Select(input => new LaneInput(input, context, null, layer.Outputs))];
            forward = new SharedWork(context.Team, Forward);
        }

        protected override IReadOnlyList<LaneInput> Inputs => inputs;

        protected override void Run(int rows) => forward.RunMoves(Lanes.Groups(rows), 3L * rows * Layer.Outputs);

        protected override void Back(int rows, GradientUse use)
        {
            foreach (LaneInput input in inputs)
            {
                if (input.WantsGradient)
                {
                    Gradients.AsSpan(0, Lanes.Groups(rows) * GroupLength).CopyTo(input.Gradients);
                }
            }
        }

        private void Forward(int group, int worker)
        {
            int at = group * GroupLength;
            TensorPrimitives.Add(inputs[0].Values.AsSpan(at, GroupLength), inputs[1].Values.AsSpan(at, GroupLength), SumLanes.AsSpan(at));
            Activate(at, GroupLength);
        }
    }
}
