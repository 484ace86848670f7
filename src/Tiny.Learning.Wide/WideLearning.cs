using Tiny.Core.Layers;
using Tiny.Core.Wide;

namespace Tiny.Learning.Wide
{
    /// <summary>How dense float32 layers with wide kernels learn.</summary>
    /// <example>
    /// <code>
    /// WideLearning.Register();                                   // once, before the model is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
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
