using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>How gradients pass through layers without weights: pooling, and the global average.</summary>
    /// <seealso cref="LearningKinds"/>
    public sealed class PoolingLearning : LearnerKind
    {
        private readonly int code;

        /// <summary>For the layers of a kind.</summary>
        /// <param name="code">The kind's code.</param>
        public PoolingLearning(int code)
        {
            this.code = code;
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return code; }
        }

        /// <inheritdoc/>
        public override LayerLearner Create(Layer layer)
        {
            GlobalAverageLayer average = layer as GlobalAverageLayer;
            return average != null ? (LayerLearner)new GlobalAverageLearner(average) : new PoolingLearner((WindowLayer)layer);
        }
    }
}
