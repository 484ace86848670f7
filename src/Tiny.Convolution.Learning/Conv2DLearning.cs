using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>How convolutions learn.</summary>
    /// <seealso cref="LearningKinds"/>
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
    }
}
