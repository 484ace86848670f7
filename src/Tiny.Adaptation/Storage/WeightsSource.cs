namespace Tiny.Adaptation.Storage
{
    /// <summary>Where a network's weights came from.</summary>
    public enum WeightsSource
    {
        /// <summary>The factory blob alone: neither slot holds weights learned from it.</summary>
        Factory = 0,

        /// <summary>The first slot, over the factory blob.</summary>
        FirstSlot = 1,

        /// <summary>The second slot, over the factory blob.</summary>
        SecondSlot = 2,
    }
}
