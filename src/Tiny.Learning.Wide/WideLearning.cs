using Tiny.Core.Layers;
using Tiny.Core.Wide;

namespace Tiny.Learning.Wide
{
    /// <summary>How dense float32 layers with wide kernels learn.</summary>
    public sealed class WideLearning : DenseLearning
    {
        /// <summary>Makes the wide kernels those by which all dense float32 layers predict and learn from now on.</summary>
        public static void Register()
        {
            WideDense.Register();
            LearnerKinds.Register(new WideLearning());
        }

        /// <inheritdoc/>
        public override LayerLearner Create(Layer layer)
        {
            return new WideDenseLearner((DenseLayer)layer);
        }
    }
}
