using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;

namespace Tiny.Learning
{
    /// <summary>How dense float32 layers learn.</summary>
    public class DenseLearning : LearnerKind
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return Dense.DenseCode; }
        }

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">The layer is of the wide kernels, and so is its learner: Tiny.Learning.Wide.</exception>
        public override LayerLearner Create(Layer layer)
        {
            return new DenseLearner((DenseLayer)layer);
        }

        /// <summary>
        /// Biases 0, weights uniform within sqrt(6 / inputs) before ReLU and its kin (He), within sqrt(6 / (inputs + outputs)) else (Glorot and Bengio).
        /// </summary>
        public override void Draw(Layer layer, SeededRandom random)
        {
            DenseLayer dense = (DenseLayer)layer;
            int inputs = dense.Inputs;
            float limit = SquareRoot.Of(6f / (LearningTraits.IsRectifier(dense.Activation) ? inputs : inputs + dense.Outputs));
            float[] value = new float[1];
            int count = dense.ParameterCount;
            for (int i = 0; i < count; i++)
            {
                value[0] = i % (1 + inputs) == 0 ? 0f : random.NextSymmetric(limit);
                dense.SetParameters(value, i, 1);
            }
        }
    }
}
