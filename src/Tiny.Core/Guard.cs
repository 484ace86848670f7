using System;

namespace Tiny.Core
{
    /// <summary>The checks of the public edge, in one place. Inner loops are unchecked.</summary>
    /// <remarks>
    /// On the device a string literal costs a block of heap each time it is loaded. What must not allocate checks for itself and names its
    /// arguments only when it throws.
    /// </remarks>
    /// <example>
    /// <code>
    /// Guard.NotNull(blob, "blob");
    /// Guard.Slice(blob, 0, blob.Length);                         // throws unless all these bytes are in the array
    /// </code>
    /// </example>
    public static class Guard
    {
        /// <summary>Sees to it that an argument is there.</summary>
        /// <param name="value">The argument.</param>
        /// <param name="name">Its name, for the message.</param>
        /// <exception cref="ArgumentNullException">The argument is null.</exception>
        public static void NotNull(object value, string name)
        {
            if (value == null)
            {
                throw new ArgumentNullException(name);
            }
        }

        /// <summary>Sees to it that bytes from an offset on are all in the array.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <param name="offset">The first byte that is meant, from 0.</param>
        /// <param name="count">Bytes from there on.</param>
        /// <exception cref="ArgumentNullException">The array is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is not all in the array.</exception>
        public static void Slice(byte[] bytes, int offset, int count)
        {
            if (bytes == null)
            {
                throw new ArgumentNullException("bytes");
            }

            if (offset < 0 || count < 0 || count > bytes.Length - offset)
            {
                throw OutOfRange("count", count, 0, bytes.Length - offset);
            }
        }

        /// <summary>The fault of a whole number that is not within its range.</summary>
        /// <param name="name">The name of the argument.</param>
        /// <param name="value">What it is.</param>
        /// <param name="least">The least that it may be.</param>
        /// <param name="most">The most.</param>
        /// <returns>The exception to throw.</returns>
        public static ArgumentOutOfRangeException OutOfRange(string name, int value, int least, int most)
        {
            return new ArgumentOutOfRangeException(name, name + " is " + value + ", expected " + least + " to " + most + ".");
        }

        /// <summary>The fault of weights so large that an output is not finite.</summary>
        /// <param name="output">The output, from 0.</param>
        /// <returns>The exception to throw.</returns>
        public static InvalidOperationException NotFinite(int output)
        {
            return new InvalidOperationException("Output " + output + " is not finite.");
        }

        /// <summary>The fault of an element of an array that is infinite or NaN.</summary>
        /// <param name="name">The name of the array.</param>
        /// <param name="index">The element, from 0.</param>
        /// <returns>The exception to throw.</returns>
        public static ArgumentException NotFinite(string name, int index)
        {
            return new ArgumentException(name + "[" + index + "] is not a finite number.", name);
        }

        /// <summary>Whether a number is neither infinite nor NaN.</summary>
        /// <param name="value">Any number.</param>
        public static bool IsFinite(float value)
        {
            // Infinity minus itself, and anything with NaN, is NaN, and NaN differs from 0.
            return value - value == 0f;
        }

        /// <summary>The fault of an array that is missing or has not the length it should have.</summary>
        /// <param name="values">The array, (any length), or null.</param>
        /// <param name="length">Elements it should have.</param>
        /// <param name="name">Its name, for the message.</param>
        /// <returns>The exception to throw: an ArgumentNullException for null.</returns>
        public static ArgumentException WrongLength(Array values, int length, string name)
        {
            return values == null
                ? new ArgumentNullException(name)
                : new ArgumentException(name + " holds " + values.Length + ", expected " + length + ".", name);
        }
    }
}
