using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>How depthwise convolutions learn.</summary>
    public sealed class DepthwiseConv2DLearning : LearnerKind
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return DepthwiseConv2D.DepthwiseConv2DCode; }
        }

        /// <inheritdoc/>
        public override LayerLearner Create(Layer layer)
        {
            return new DepthwiseConv2DLearner((DepthwiseConv2DLayer)layer);
        }

        /// <summary>Biases 0, weights within He's limits before ReLU and its kin, Glorot's else; a filter takes and gives as many values as it has taps.</summary>
        public override void Draw(Layer layer, SeededRandom random)
        {
            DepthwiseConv2DLayer depthwise = (DepthwiseConv2DLayer)layer;
            int taps = depthwise.Window.Taps;
            Conv2DLearning.DrawWeights(layer, random, taps, SquareRoot.Of(6f / (LearningTraits.IsRectifier(depthwise.Activation) ? taps : 2 * taps)));
        }
    }
}
