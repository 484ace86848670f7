using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Sparse.Learning
{
    /// <summary>How sparse float32 layers learn: the weights that are there, and no others.</summary>
    /// <example>
    /// <code>
    /// SparseLearning.Register();                                 // once, before the model is loaded
    /// Network network = Network.FromBlob(blob);
    /// SgdLearner learner = new SgdLearner(network);
    /// </code>
    /// </example>
    public class SparseLearning : LearnerKind
    {
        /// <summary>Makes sparse float32 layers known to the core and to learners.</summary>
        public static void Register()
        {
            SparseDense.Register();
            LearnerKinds.Register(new SparseLearning());
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return SparseDense.SparseCode; }
        }

        /// <inheritdoc/>
        public override LayerLearner Create(Layer layer)
        {
            return new SparseLearner((SparseLayer)layer);
        }
    }
}
