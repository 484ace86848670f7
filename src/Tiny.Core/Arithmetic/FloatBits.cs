using System;

namespace Tiny.Core.Arithmetic
{
    /// <summary>
    /// Floats and integers to and from little-endian bytes without allocating. nanoFramework has no bit cast from float to
    /// int (but one from double to long), and its BitConverter.GetBytes makes an array for every number.
    /// </summary>
    /// <example>
    /// <code>
    /// byte[] bytes = new byte[4];
    /// FloatBits.Write(bytes, 0, 1.5f);
    /// float value = FloatBits.Read(bytes, 0);                    // 1.5
    /// </code>
    /// </example>
    public static class FloatBits
    {
        // The smallest float that is not subnormal: 2^-126.
        private const float Smallest = 1.17549435e-38f;
        private const float TwoTo74 = 1.88894659e22f;
        private const float TwoTo75 = 3.77789319e22f;

        /// <summary>The float whose IEEE bits stand at <paramref name="offset"/>, little-endian.</summary>
        /// <param name="bytes">(offset + 4) bytes or more.</param>
        /// <param name="offset">The first of the four bytes, from 0.</param>
        public static float Read(byte[] bytes, int offset)
        {
            return BitConverter.ToSingle(bytes, offset);
        }

        /// <summary>Writes the IEEE bits of a finite float, little-endian, signed zeros and subnormals included.</summary>
        /// <param name="bytes">(offset + 4) bytes or more. Receives four.</param>
        /// <param name="offset">Where the first goes, from 0.</param>
        /// <param name="value">A finite number.</param>
        /// <exception cref="ArgumentException">The value is not finite. Nothing was written.</exception>
        public static void Write(byte[] bytes, int offset, float value)
        {
            WriteInt32(bytes, offset, ToBits(value));
        }

        /// <summary>The IEEE bits of a finite float.</summary>
        /// <param name="value">A finite number.</param>
        /// <exception cref="ArgumentException">The value is not finite.</exception>
        public static int ToBits(float value)
        {
            if (value - value != 0f)
            {
                string name = "value"; // put together from what Guard says already: a text is flash
                throw new ArgumentException(name + " is not finite.", name);
            }

            // As a double it has the same digits, and an exponent that is larger by 1023 - 127.
            long bits = BitConverter.DoubleToInt64Bits(value);
            int sign = bits < 0L ? int.MinValue : 0;
            if (value < Smallest && value > -Smallest)
            {
                // Zero and subnormals are whole multiples of 2^-149, and what they are multiples of is all
                // there is. Not every board's doubles keep them.
                value = value * TwoTo75 * TwoTo74;
                return sign | (int)(value < 0f ? -value : value);
            }

            return sign | (int)(((bits & long.MaxValue) >> 29) - (896L << 23));
        }

        /// <summary>The 32-bit integer at <paramref name="offset"/>, little-endian.</summary>
        /// <param name="bytes">(offset + 4) bytes or more.</param>
        /// <param name="offset">The first of the four bytes, from 0.</param>
        public static int ReadInt32(byte[] bytes, int offset)
        {
            return bytes[offset] | (bytes[offset + 1] << 8) | (bytes[offset + 2] << 16) | (bytes[offset + 3] << 24);
        }

        /// <summary>The unsigned 16-bit integer at <paramref name="offset"/>, little-endian.</summary>
        /// <param name="bytes">(offset + 2) bytes or more.</param>
        /// <param name="offset">The first of the two bytes, from 0.</param>
        /// <returns>From 0 to 65,535.</returns>
        public static int ReadUInt16(byte[] bytes, int offset)
        {
            return bytes[offset] | (bytes[offset + 1] << 8);
        }

        /// <summary>Writes a 32-bit integer, little-endian.</summary>
        /// <param name="bytes">(offset + 4) bytes or more. Receives four.</param>
        /// <param name="offset">Where the first goes, from 0.</param>
        /// <param name="value">The integer.</param>
        public static void WriteInt32(byte[] bytes, int offset, int value)
        {
            bytes[offset] = (byte)value;
            bytes[offset + 1] = (byte)(value >> 8);
            bytes[offset + 2] = (byte)(value >> 16);
            bytes[offset + 3] = (byte)(value >> 24);
        }

        /// <summary>Writes the low 16 bits of an integer, little-endian.</summary>
        /// <param name="bytes">(offset + 2) bytes or more. Receives two.</param>
        /// <param name="offset">Where the first goes, from 0.</param>
        /// <param name="value">From 0 to 65,535.</param>
        public static void WriteUInt16(byte[] bytes, int offset, int value)
        {
            bytes[offset] = (byte)value;
            bytes[offset + 1] = (byte)(value >> 8);
        }
    }
}
