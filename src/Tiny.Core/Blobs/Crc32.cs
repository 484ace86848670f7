using System;

namespace Tiny.Core.Blobs
{
    /// <summary>
    /// CRC-32 as in zip and Ethernet (IEEE 802.3, reflected polynomial 0xEDB88320), four bits at a time from a 64-byte table.
    /// </summary>
    /// <remarks>Allocates nothing. The time grows with the bytes.</remarks>
    /// <example>
    /// <code>
    /// int checksum = Crc32.Compute(0, blob, 0, 16);
    /// checksum = Crc32.Compute(checksum, blob, 16, blob.Length - 16); // goes on where the first call ended
    /// </code>
    /// </example>
    public static class Crc32
    {
        private static readonly int[] Table = BuildTable();

        /// <summary>
        /// The checksum of what gave <paramref name="crc"/>, 0 for nothing yet, followed by these bytes. "123456789" gives 0xCBF43926.
        /// </summary>
        /// <param name="crc">The checksum so far; 0 to begin.</param>
        /// <param name="bytes">The bytes to add.</param>
        /// <param name="offset">The first of them, from 0.</param>
        /// <param name="count">How many.</param>
        /// <returns>The checksum of all bytes so far.</returns>
        /// <exception cref="ArgumentNullException">There are no bytes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is not all in the array.</exception>
        public static int Compute(int crc, byte[] bytes, int offset, int count)
        {
            Guard.Slice(bytes, offset, count);

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
