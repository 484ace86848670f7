namespace Tiny.Adaptation
{
    /// <summary>What became of an adaptation.</summary>
    public enum AdaptResult
    {
        /// <summary>The network has learned, and answers the held-out examples no worse than before.</summary>
        Kept = 0,

        /// <summary>It answered the held-out examples worse and is as it was before.</summary>
        RolledBack = 1,

        /// <summary>A step would have made a weight not finite, or left a network whose answers are not; it is as it was before.</summary>
        Diverged = 2,

        /// <summary>There are not yet examples of two classes to learn from, and of two classes held out. Nothing was done.</summary>
        TooFewExamples = 3,

        /// <summary>
        /// The labels of the latest recordings agree with nothing but chance, neither with what the network answered nor with what it has
        /// learned; it is as it was before. Until another recording is added, the answer stays this, without further steps.
        /// </summary>
        LabelsNotTrusted = 4,
    }
}
