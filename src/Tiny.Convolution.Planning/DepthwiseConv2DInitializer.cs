using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Convolution.Planning
{
    /// <summary>
    /// Depthwise convolutions begin with biases 0, weights within He's limits before ReLU and its kin,
    /// Glorot's else; a filter takes and gives as many values as it has taps.
    /// </summary>
    /// <seealso cref="ConvolutionInitializers"/>
    public sealed class DepthwiseConv2DInitializer : LayerInitializer
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return DepthwiseConv2D.DepthwiseConv2DCode; }
        }

        /// <inheritdoc/>
        public override void Draw(Layer layer, SeededRandom random)
        {
            DepthwiseConv2DLayer depthwise = (DepthwiseConv2DLayer)layer;
            int taps = depthwise.Window.Taps;
            ConvolutionInitializers.DrawWeights(
                layer, random, taps, SquareRoot.Of(6f / (DenseInitializer.IsRectifier(depthwise.Activation) ? taps : 2 * taps)));
        }
    }
}
