using System;

namespace Tiny.Core
{
    /// <summary>The checks of the public edge, in one place. Inner loops are unchecked.</summary>
    /// <remarks>
    /// On the device a string literal costs a block of heap each time it is loaded. What must not allocate checks for itself and names its
    /// arguments only when it throws.
    /// </remarks>
    public static class Guard
    {
        /// <summary>Sees to it that an argument is there.</summary>
        public static void NotNull(object value, string name)
        {
            if (value == null)
            {
                throw new ArgumentNullException(name);
            }
        }

        /// <summary>Sees to it that a number is neither infinite nor NaN.</summary>
        public static void Finite(float value, string name)
        {
            if (!IsFinite(value))
            {
                throw new ArgumentException(name + " is not a finite number.", name);
            }
        }

        /// <summary>Sees to it that a number is within a range.</summary>
        public static void InRange(float value, float least, float most, string name)
        {
            if (!(value >= least && value <= most))
            {
                throw new ArgumentOutOfRangeException(name, name + " must be from " + least + " to " + most + ".");
            }
        }

        /// <summary>The fault of weights so large that an output is not finite.</summary>
        public static InvalidOperationException NotFinite(int output)
        {
            return new InvalidOperationException("Output " + output + " is not finite: the weights are too large.");
        }

        /// <summary>Whether a number is neither infinite nor NaN.</summary>
        public static bool IsFinite(float value)
        {
            // Infinity minus itself, and anything with NaN, is NaN, and NaN differs from 0.
            return value - value == 0f;
        }

        /// <summary>The fault of an array that is missing or has not the length it should have.</summary>
        public static ArgumentException WrongLength(float[] values, int length, string name)
        {
            return values == null
                ? new ArgumentNullException(name)
                : new ArgumentException(name + " holds " + values.Length + " values, expected " + length + ".", name);
        }
    }
}
