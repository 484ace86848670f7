using Tiny.Learning;
using Tiny.Training.Layers;
using Tiny.Training.Matrices;

namespace Tiny.TestKind.Tests.Layers;

/// <summary>A layer that scales each channel, in training: y = x s; dx = dy s, ds = the sum of dy x over rows.</summary>
public sealed class ChannelScale(Shape shape) : TrainingLayer(shape.Values, shape, 0f)
{
    public override int Kind => TestKind.ChannelScale.ChannelScaleCode;

    public override long ParameterCount => Inputs;

    public override byte[] Attributes(IReadOnlyList<int> inputs) => [];

    public override string Describe() => $"channel scale {Inputs}";

    public override void Draw(float[] parameters, SeededRandom random) => parameters.AsSpan(ParametersAt, Inputs).Fill(1f);

    public override LayerPass CreatePass(PassContext context) => new Pass(this, context);

    /// <summary>What is to be such a layer.</summary>
    public sealed record Description : LayerDescription
    {
        public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new ChannelScale(inputs[0]);
    }

    private sealed class Pass(ChannelScale layer, PassContext context) : LayerPass(layer, context)
    {
        private readonly float[] gradient = new float[layer.ParameterLength];

        public override void Forward(int rows)
        {
            LayerInput x = Context.Inputs[0];
            for (int column = 0; column < layer.Inputs; column++)
            {
                for (int row = 0; row < rows; row++)
                {
                    Output.Values[Output.Index(row, column)] = x.Values[x.Index(row, column)]
                        * Context.Parameters[layer.ParametersAt + column];
                }
            }
        }

        public override void Backward(int rows, GradientUse use)
        {
            LayerInput x = Context.Inputs[0];
            for (int column = 0; column < layer.Inputs; column++)
            {
                gradient[column] = 0f;
                for (int row = 0; row < rows; row++)
                {
                    int at = Output.Index(row, column);
                    gradient[column] += Output.Gradients[at] * x.Values[x.Index(row, column)];
                    if (x.WantsGradient)
                    {
                        x.Gradients[x.Index(row, column)] = Output.Gradients[at] * Context.Parameters[layer.ParametersAt + column];
                    }
                }
            }

            use.Use(layer.ParametersAt, gradient, isWeight: true);
        }
    }
}
