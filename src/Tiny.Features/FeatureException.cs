using System;

namespace Tiny.Features
{
    /// <summary>A model's description of its features is wrong, or does not fit the network or the sensor.</summary>
    public class FeatureException : Exception
    {
        internal FeatureException(FeatureError error, string message)
            : base(message)
        {
            Error = error;
        }

        /// <summary>What is wrong.</summary>
        public FeatureError Error { get; }
    }
}
