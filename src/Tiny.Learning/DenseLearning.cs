using System;
using Tiny.Core.Layers;

namespace Tiny.Learning
{
    /// <summary>How dense float32 layers learn.</summary>
    /// <seealso cref="SgdLearner"/>
    public class DenseLearning : LearnerKind
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return Dense.DenseCode; }
        }

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">The layer is of the wide kernels, and so is
        /// its learner: Tiny.Learning.Wide.</exception>
        public override LayerLearner Create(Layer layer)
        {
            return new DenseLearner((DenseLayer)layer);
        }
    }
}
