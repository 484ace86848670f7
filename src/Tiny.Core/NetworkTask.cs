namespace Tiny.Core
{
    /// <summary>What the outputs mean. The values are the blob's codes.</summary>
    public enum NetworkTask
    {
        /// <summary>Each output is a number in the target's own unit.</summary>
        Regression = 0,

        /// <summary>The largest output names the class; a single output names class 1 from 0.5 up, else class 0.</summary>
        Classification = 1,
    }
}
