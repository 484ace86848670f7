namespace Tiny.Learning
{
    /// <summary>How a learning step ended.</summary>
    public enum LearningResult
    {
        /// <summary>The weights took the step.</summary>
        Learned = 0,

        /// <summary>
        /// The step was so large, or the loss so far from finite, that weights could have become infinite. No weight was changed. Lower the
        /// learning rate, or scale the targets.
        /// </summary>
        Diverged = 1,
    }
}
