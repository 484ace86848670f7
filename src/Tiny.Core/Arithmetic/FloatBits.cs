using System;

namespace Tiny.Core.Arithmetic
{
    /// <summary>
    /// Floats and integers to and from little-endian bytes without allocating. nanoFramework has no bit cast from float to int, and
    /// its BitConverter.GetBytes makes an array for every number.
    /// </summary>
    public static class FloatBits
    {
        private const float TwoTo23 = 8388608f;

        /// <summary>The float whose IEEE bits stand at <paramref name="offset"/>, little-endian.</summary>
        public static float Read(byte[] bytes, int offset)
        {
            return BitConverter.ToSingle(bytes, offset);
        }

        /// <summary>Writes the IEEE bits of a finite float, little-endian, signed zeros and subnormals included.</summary>
        /// <exception cref="ArgumentException">The value is not finite. Nothing was written.</exception>
        public static void Write(byte[] bytes, int offset, float value)
        {
            WriteInt32(bytes, offset, ToBits(value));
        }

        /// <summary>The IEEE bits of a finite float, found by arithmetic alone.</summary>
        /// <exception cref="ArgumentException">The value is not finite.</exception>
        public static int ToBits(float value)
        {
            if (value - value != 0f)
            {
                throw new ArgumentException("value is not a finite number.", "value");
            }

            if (value == 0f)
            {
                // The sign of a zero: 1 / value throws on the device, and no comparison tells.
                return BitConverter.DoubleToInt64Bits(value) < 0 ? int.MinValue : 0;
            }

            int sign = 0;
            if (value < 0f)
            {
                sign = int.MinValue;
                value = -value;
            }

            // Scale into [2^23, 2^24) by exact powers of two; the biased exponent of that range is 150.
            int exponent = 150;
            while (value < 128f && exponent > 16)
            {
                value *= 65536f;
                exponent -= 16;
            }

            while (value < TwoTo23 && exponent > 1)
            {
                value *= 2f;
                exponent--;
            }

            while (1.099511627776e12f <= value)
            {
                value *= 1.52587890625e-5f;
                exponent += 16;
            }

            while (16777216f <= value)
            {
                value *= 0.5f;
                exponent++;
            }

            int mantissa = (int)value;
            return mantissa < 8388608 ? sign | mantissa : sign | (exponent << 23) | (mantissa & 0x7FFFFF);
        }

        /// <summary>The 32-bit integer at <paramref name="offset"/>, little-endian.</summary>
        public static int ReadInt32(byte[] bytes, int offset)
        {
            return bytes[offset] | (bytes[offset + 1] << 8) | (bytes[offset + 2] << 16) | (bytes[offset + 3] << 24);
        }

        /// <summary>The unsigned 16-bit integer at <paramref name="offset"/>, little-endian.</summary>
        public static int ReadUInt16(byte[] bytes, int offset)
        {
            return bytes[offset] | (bytes[offset + 1] << 8);
        }

        /// <summary>Writes a 32-bit integer, little-endian.</summary>
        public static void WriteInt32(byte[] bytes, int offset, int value)
        {
            bytes[offset] = (byte)value;
            bytes[offset + 1] = (byte)(value >> 8);
            bytes[offset + 2] = (byte)(value >> 16);
            bytes[offset + 3] = (byte)(value >> 24);
        }

        /// <summary>Writes the low 16 bits of an integer, little-endian.</summary>
        public static void WriteUInt16(byte[] bytes, int offset, int value)
        {
            bytes[offset] = (byte)value;
            bytes[offset + 1] = (byte)(value >> 8);
        }
    }
}
