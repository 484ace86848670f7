namespace Tiny.Adaptation
{
    /// <summary>What became of an adaptation.</summary>
    public enum AdaptResult
    {
        /// <summary>The network has learnt, and answers the held-out examples no worse than before.</summary>
        Kept = 0,

        /// <summary>It answered the held-out examples worse and is as it was before.</summary>
        RolledBack = 1,

        /// <summary>A step would have made a weight not finite; the network is as it was before.</summary>
        Diverged = 2,

        /// <summary>There are no examples of two classes yet. Nothing was done.</summary>
        TooFewExamples = 3,

        /// <summary>The labels agree with nothing but chance, neither with what the network answered nor with what it has learnt; it is as it was before.</summary>
        LabelsNotTrusted = 4,
    }
}
