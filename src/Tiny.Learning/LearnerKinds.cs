using Tiny.Core.Layers;

namespace Tiny.Learning
{
    /// <summary>
    /// The kinds of layers that a program can teach: dense float32 layers, and what it registers. Layers of other kinds are fixed.
    /// </summary>
    /// <example>
    /// <code>
    /// LearnerKinds.Register(new Conv2DLearning());               // once, before the learner is made
    /// SgdLearner learner = new SgdLearner(network);
    /// </code>
    /// </example>
    public static class LearnerKinds
    {
        private static KindEntry[] all = { new DenseLearning() };

        /// <summary>
        /// Makes known how a kind of layer learns; in the place of what was registered for its code before. For learners made from now on.
        /// </summary>
        /// <param name="kind">The kind.</param>
        /// <exception cref="System.ArgumentNullException">There is no kind.</exception>
        public static void Register(LearnerKind kind)
        {
            all = KindEntry.With(all, kind);
        }

        /// <summary>How layers of a kind learn; null if they do not.</summary>
        /// <param name="code">The code of the kind.</param>
        public static LearnerKind Find(int code)
        {
            return (LearnerKind)KindEntry.Find(all, code);
        }
    }
}
