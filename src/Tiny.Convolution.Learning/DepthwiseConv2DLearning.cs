using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>How depthwise convolutions learn.</summary>
    /// <seealso cref="LearningKinds"/>
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
    }
}
