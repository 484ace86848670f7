using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Convolution.Planning
{
    /// <summary>
    /// Convolutions begin with biases 0, weights within He's limits before ReLU and its kin, Glorot's
    /// else; a filter takes taps times channels, and gives taps times filters.
    /// </summary>
    /// <seealso cref="ConvolutionInitializers"/>
    public sealed class Conv2DInitializer : LayerInitializer
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return Conv2D.Conv2DCode; }
        }

        /// <inheritdoc/>
        public override void Draw(Layer layer, SeededRandom random)
        {
            Conv2DLayer convolution = (Conv2DLayer)layer;
            DenseLayer filters = convolution.Filters;
            int into = filters.Inputs;
            int from = convolution.Window.Taps * filters.Rows;
            ConvolutionInitializers.DrawWeights(
                layer, random, into, SquareRoot.Of(6f / (DenseInitializer.IsRectifier(filters.Activation) ? into : into + from)));
        }
    }
}
