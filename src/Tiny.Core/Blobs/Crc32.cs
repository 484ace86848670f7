using System;

namespace Tiny.Core.Blobs
{
    /// <summary>CRC-32 as in zip and Ethernet (IEEE 802.3, reflected polynomial 0xEDB88320), four bits at a time from a 64-byte table.</summary>
    public static class Crc32
    {
        private static readonly int[] Table = BuildTable();

        /// <summary>The checksum of <paramref name="count"/> bytes from <paramref name="offset"/>. "123456789" gives 0xCBF43926.</summary>
        public static int Compute(byte[] bytes, int offset, int count)
        {
            return Continue(0, bytes, offset, count);
        }

        /// <summary>The checksum of what gave <paramref name="crc"/> followed by these bytes.</summary>
        /// <exception cref="ArgumentException">The bytes named are not all in the array.</exception>
        public static int Continue(int crc, byte[] bytes, int offset, int count)
        {
            if (bytes == null)
            {
                throw new ArgumentNullException("bytes");
            }

            if (offset < 0 || count < 0 || count > bytes.Length - offset)
            {
                throw new ArgumentOutOfRangeException("count", count + " bytes from " + offset + " are not all in the array.");
            }

            int[] table = Table;
            int end = offset + count;
            crc = ~crc;
            for (int i = offset; i < end; i++)
            {
                crc ^= bytes[i];
                crc = table[crc & 15] ^ ((crc >> 4) & 0x0FFFFFFF);
                crc = table[crc & 15] ^ ((crc >> 4) & 0x0FFFFFFF);
            }

            return ~crc;
        }

        private static int[] BuildTable()
        {
            int[] table = new int[16];
            for (int i = 0; i < 16; i++)
            {
                int c = i;
                for (int bit = 0; bit < 4; bit++)
                {
                    int shifted = (c >> 1) & 0x7FFFFFFF;
                    c = (c & 1) != 0 ? shifted ^ unchecked((int)0xEDB88320) : shifted;
                }

                table[i] = c;
            }

            return table;
        }
    }
}
