using System;
using Tiny.Core;

namespace Tiny.Updating
{
    /// <summary>SHA-256 (FIPS 180-4) over bytes that come in pieces, in fixed memory: some boards' firmware has no cryptography.</summary>
    /// <remarks>
    /// Allocates nothing once made. State and words are kept in int, for the device's unsigned numbers do not keep their sign through
    /// shifts and divisions. A rotation is a shift of the word beside itself in a long: the low half is what a rotation would give.
    /// </remarks>
    /// <example>
    /// <code>
    /// Sha256 sha = new Sha256();
    /// sha.Add(blob, 0, blob.Length);
    /// byte[] digest = new byte[32];
    /// sha.Finish(digest, 0);
    /// </code>
    /// </example>
    public sealed class Sha256
    {
        /// <summary>Bytes of a digest.</summary>
        public const int DigestBytes = 32;

        /// <summary>Bytes of a block.</summary>
        public const int BlockBytes = 64;

        private const int LengthAt = BlockBytes - 8;
        private const long Low = 0xFFFFFFFFL;

        // The first 32 bits of the fractional parts of the square roots of the first 8 primes.
        private static readonly int[] Seed =
        {
            1779033703, -1150833019, 1013904242, -1521486534, 1359893119, -1694144372, 528734635, 1541459225,
        };

        // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
        private static readonly int[] RoundConstants =
        {
            1116352408, 1899447441, -1245643825, -373957723, 961987163, 1508970993, -1841331548, -1424204075,
            -670586216, 310598401, 607225278, 1426881987, 1925078388, -2132889090, -1680079193, -1046744716,
            -459576895, -272742522, 264347078, 604807628, 770255983, 1249150122, 1555081692, 1996064986,
            -1740746414, -1473132947, -1341970488, -1084653625, -958395405, -710438585, 113926993, 338241895,
            666307205, 773529912, 1294757372, 1396182291, 1695183700, 1986661051, -2117940946, -1838011259,
            -1564481375, -1474664885, -1035236496, -949202525, -778901479, -694614492, -200395387, 275423344,
            430227734, 506948616, 659060556, 883997877, 958139571, 1322822218, 1537002063, 1747873779,
            1955562222, 2024104815, -2067236844, -1933114872, -1866530822, -1538233109, -1090935817, -965641998,
        };

        private readonly int[] state = new int[8];
        private readonly int[] words = new int[64];
        private readonly byte[] block = new byte[BlockBytes];
        private int filled; // bytes of the block
        private long total; // bytes since Reset

        /// <summary>A digest of nothing yet.</summary>
        public Sha256()
        {
            Reset();
        }

        /// <summary>Begins anew.</summary>
        public void Reset()
        {
            Array.Copy(Seed, 0, state, 0, state.Length);
            filled = 0;
            total = 0L;
        }

        /// <summary>Adds bytes.</summary>
        /// <param name="bytes">Holds the bytes.</param>
        /// <param name="offset">The first of them, from 0.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="ArgumentNullException">There are no bytes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is not all in the array.</exception>
        public void Add(byte[] bytes, int offset, int count)
        {
            Guard.Slice(bytes, offset, count);
            total += count;
            while (count > 0)
            {
                int room = BlockBytes - filled;
                int taken = count < room ? count : room;
                Array.Copy(bytes, offset, block, filled, taken);
                filled += taken;
                offset += taken;
                count -= taken;
                if (filled == BlockBytes)
                {
                    Compress();
                    filled = 0;
                }
            }
        }

        /// <summary>Writes the digest of all that was added, and begins anew.</summary>
        /// <param name="digest">Receives <see cref="DigestBytes"/> bytes.</param>
        /// <param name="offset">Where.</param>
        /// <exception cref="ArgumentException">There is no room.</exception>
        public void Finish(byte[] digest, int offset)
        {
            Guard.Slice(digest, offset, DigestBytes);
            long bits = total << 3;
            block[filled++] = 0x80;
            if (filled > LengthAt)
            {
                Array.Clear(block, filled, BlockBytes - filled);
                Compress();
                filled = 0;
            }

            Array.Clear(block, filled, LengthAt - filled);
            WriteBigEndian(block, LengthAt, (int)(bits >> 32));
            WriteBigEndian(block, LengthAt + 4, (int)bits);
            Compress();
            for (int i = 0; i < state.Length; i++)
            {
                WriteBigEndian(digest, offset + (4 * i), state[i]);
            }

            Reset();
        }

        private static void WriteBigEndian(byte[] bytes, int at, int value)
        {
            bytes[at] = (byte)(value >> 24);
            bytes[at + 1] = (byte)(value >> 16);
            bytes[at + 2] = (byte)(value >> 8);
            bytes[at + 3] = (byte)value;
        }

        private void FillWords()
        {
            int[] w = words;
            byte[] bytes = block;
            for (int i = 0; i < 16; i++)
            {
                int at = 4 * i;
                w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
            }

            for (int i = 16; i < 64; i++)
            {
                int first = w[i - 15];
                int second = w[i - 2];
                long twice = ((long)first << 32) | (first & Low);
                int sum = (int)((twice >> 7) ^ (twice >> 18)) ^ ((first >> 3) & 0x1FFFFFFF);
                twice = ((long)second << 32) | (second & Low);
                sum += (int)((twice >> 17) ^ (twice >> 19)) ^ ((second >> 10) & 0x003FFFFF);
                w[i] = w[i - 16] + w[i - 7] + sum;
            }
        }

        private void Compress()
        {
            FillWords();
            int[] w = words;
            int[] constants = RoundConstants;
            int[] s = state;
            int a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
            for (int i = 0; i < 64; i++)
            {
                long twice = ((long)e << 32) | (e & Low);
                int first = h + (int)((twice >> 6) ^ (twice >> 11) ^ (twice >> 25)) + (g ^ (e & (f ^ g))) + constants[i] + w[i];
                twice = ((long)a << 32) | (a & Low);
                int second = (int)((twice >> 2) ^ (twice >> 13) ^ (twice >> 22)) + ((a & (b | c)) | (b & c));
                h = g;
                g = f;
                f = e;
                e = d + first;
                d = c;
                c = b;
                b = a;
                a = first + second;
            }

            s[0] += a;
            s[1] += b;
            s[2] += c;
            s[3] += d;
            s[4] += e;
            s[5] += f;
            s[6] += g;
            s[7] += h;
        }
    }
}
