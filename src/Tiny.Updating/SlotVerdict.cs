namespace Tiny.Updating
{
    /// <summary>What is known of the package in a slot. The values are written: they are stable.</summary>
    internal enum SlotVerdict
    {
        /// <summary>There is no whole package, or nobody has tried it yet: it is as if the slot were empty.</summary>
        None = 0,

        /// <summary>It was tried and taken.</summary>
        Taken = 1,

        /// <summary>It was turned down, on trial or later by the program.</summary>
        TurnedDown = 2,
    }
}
