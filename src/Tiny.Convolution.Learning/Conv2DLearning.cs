using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>How convolutions learn.</summary>
    public sealed class Conv2DLearning : LearnerKind
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return Conv2D.Conv2DCode; }
        }

        /// <inheritdoc/>
        public override LayerLearner Create(Layer layer)
        {
            return new Conv2DLearner((Conv2DLayer)layer);
        }

        /// <summary>Biases 0, weights within He's limits before ReLU and its kin, Glorot's else; a filter takes taps times channels, and gives taps times filters.</summary>
        public override void Draw(Layer layer, SeededRandom random)
        {
            Conv2DLayer convolution = (Conv2DLayer)layer;
            DenseLayer filters = convolution.Filters;
            int into = filters.Inputs;
            int from = convolution.Window.Taps * filters.Rows;
            DrawWeights(layer, random, into, SquareRoot.Of(6f / (LearningTraits.IsRectifier(filters.Activation) ? into : into + from)));
        }

        /// <summary>Draws rows of so many weights, each behind a bias of 0.</summary>
        internal static void DrawWeights(Layer layer, SeededRandom random, int each, float limit)
        {
            float[] value = new float[1];
            int count = layer.ParameterCount;
            for (int i = 0; i < count; i++)
            {
                value[0] = i % (1 + each) == 0 ? 0f : random.NextSymmetric(limit);
                layer.SetParameters(value, i, 1);
            }
        }
    }
}
