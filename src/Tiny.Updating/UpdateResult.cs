namespace Tiny.Updating
{
    /// <summary>How an offer of a package ended. Whatever it says but Switched, the network answers as it did before.</summary>
    public enum UpdateResult
    {
        /// <summary>The new model was written, tried and taken; it is the one that the next start loads.</summary>
        Switched = 0,

        /// <summary>
        /// The package is damaged or not signed with the key: <see cref="ModelUpdater.LastFault"/> says what is wrong. Nothing was
        /// written.
        /// </summary>
        BadPackage = 1,

        /// <summary>
        /// Its generation is not above all that were ever taken or turned down here: an older model, or the same again. Nothing was
        /// written.
        /// </summary>
        NotNewer = 2,

        /// <summary>A slot has no room for it. Nothing was written.</summary>
        TooLarge = 3,

        /// <summary>The storage refused to erase, to write or to flush.</summary>
        StorageRefused = 4,

        /// <summary>What was read back is not what was written.</summary>
        NotVerified = 5,

        /// <summary>
        /// The model does not load into the program's network (<see cref="ModelUpdater.LastModelFault"/>), or is not for its inputs,
        /// outputs, task and features. It is not tried again.
        /// </summary>
        DoesNotFit = 6,

        /// <summary>On the remembered examples it does worse than the present model. It is not tried again.</summary>
        Worse = 7,
    }
}
