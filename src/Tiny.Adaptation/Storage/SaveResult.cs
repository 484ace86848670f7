namespace Tiny.Adaptation.Storage
{
    /// <summary>How a save ended. Whatever it says but Saved, the weights saved before are still those that will be loaded.</summary>
    public enum SaveResult
    {
        /// <summary>The weights were written, flushed and read back.</summary>
        Saved = 0,

        /// <summary>A weight is not finite; nothing was written.</summary>
        NotFinite = 1,

        /// <summary>The storage refused to erase, to write or to flush, or has no room.</summary>
        Refused = 2,

        /// <summary>What was read back is not what was written.</summary>
        NotVerified = 3,
    }
}
