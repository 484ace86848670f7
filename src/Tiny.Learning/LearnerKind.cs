using Tiny.Core.Layers;

namespace Tiny.Learning
{
    /// <summary>
    /// How layers of a kind learn. To teach a kind of layer, derive from this and from
    /// <see cref="LayerLearner"/> and register it with <see cref="LearnerKinds"/>.
    /// </summary>
    /// <seealso cref="LearnerKinds"/>
    public abstract class LearnerKind : KindEntry
    {
        /// <summary>A learner of the layer, with memory for any model it has room for.</summary>
        public abstract LayerLearner Create(Layer layer);
    }
}
