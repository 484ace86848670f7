using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>How depthwise convolutions learn.</summary>
    public sealed class DepthwiseLearning : LearnerKind
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return Depthwise.DepthwiseCode; }
        }

        /// <inheritdoc/>
        public override LayerLearner Create(Layer layer)
        {
            return new DepthwiseLearner((DepthwiseLayer)layer);
        }

        /// <summary>Biases 0, weights within He's limits before ReLU and its kin, Glorot's else; a filter takes and gives as many values as it has taps.</summary>
        public override void Draw(Layer layer, SeededRandom random)
        {
            DepthwiseLayer depthwise = (DepthwiseLayer)layer;
            int taps = depthwise.Window.Taps;
            ConvolutionLearning.DrawWeights(layer, random, taps, SquareRoot.Of(6f / (LearningTraits.IsRectifier(depthwise.Activation) ? taps : 2 * taps)));
        }
    }
}
