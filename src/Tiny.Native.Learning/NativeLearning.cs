using Tiny.Core.Layers;
using Tiny.Learning;
using Tiny.Native.Float32;

namespace Tiny.Native.Learning
{
    /// <summary>Learning of dense float32 layers by the firmware's C, and of what is made of them: the same bits.</summary>
    /// <example>
    /// <code>
    /// NativeLearning.Register();                                 // once, before the model is loaded
    /// Network network = Network.FromBlob(blob);
    /// SgdLearner learner = new SgdLearner(network);
    /// </code>
    /// </example>
    public sealed class NativeLearning : LearnerKind
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return Dense.DenseCode; }
        }

        /// <summary>Makes native kernels those of all dense float32 layers from now on, to predict and to learn.</summary>
        public static void Register()
        {
            NativeDense.Register();
            LearnerKinds.Register(new NativeLearning());
        }

        /// <inheritdoc/>
        public override LayerLearner Create(Layer layer)
        {
            return new NativeDenseLearner((NativeDenseLayer)layer);
        }
    }
}
