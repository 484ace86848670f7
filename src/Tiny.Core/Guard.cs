using System;

namespace Tiny.Core
{
    /// <summary>The checks of the public edge, in one place. Inner loops are unchecked.</summary>
    internal static class Guard
    {
        internal static void NotNull(object value, string name)
        {
            if (value == null)
            {
                throw new ArgumentNullException(name);
            }
        }

        internal static void Finite(float value, string name)
        {
            // Infinity minus itself, and anything with NaN, is NaN, and NaN differs from 0.
            if (value - value != 0f)
            {
                throw new ArgumentException(name + " is not a finite number.", name);
            }
        }

        internal static void InRange(float value, float least, float most, string name)
        {
            if (!(value >= least && value <= most))
            {
                throw new ArgumentOutOfRangeException(name, name + " must be from " + least + " to " + most + ".");
            }
        }

        internal static void HasRoom(float[] values, int length, string name)
        {
            NotNull(values, name);
            if (values.Length < length)
            {
                throw new ArgumentException(name + " has room for " + values.Length + " values, the network gives " + length + ".", name);
            }
        }
    }
}
