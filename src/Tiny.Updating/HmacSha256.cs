using System;
using Tiny.Core;

namespace Tiny.Updating
{
    /// <summary>
    /// HMAC-SHA256 (RFC 2104, FIPS 198-1): a code that only who has the key can make, over bytes that come in pieces. Allocates nothing
    /// once made.
    /// </summary>
    /// <example>
    /// <code>
    /// HmacSha256 hmac = new HmacSha256(new byte[32]);             // the key
    /// hmac.Add(blob, 0, blob.Length);
    /// byte[] code = new byte[32];
    /// hmac.Finish(code, 0);
    /// </code>
    /// </example>
    public sealed class HmacSha256
    {
        /// <summary>Bytes of a code.</summary>
        public const int MacBytes = Sha256.DigestBytes;

        private const byte InnerPad = 0x36;
        private const byte OuterPad = 0x5C;

        private readonly Sha256 sha = new Sha256();
        private readonly byte[] keyBlock = new byte[Sha256.BlockBytes]; // the key, XORed with the inner pad
        private readonly byte[] mac = new byte[MacBytes];

        /// <summary>Codes by a key, which is copied.</summary>
        /// <param name="key">1 byte or more; of a key over 64 bytes its digest is taken, as the standard has it.</param>
        /// <exception cref="ArgumentException">The key is missing or empty.</exception>
        public HmacSha256(byte[] key)
        {
            if (key == null || key.Length == 0)
            {
                throw new ArgumentException("The key is " + (key == null ? "null" : "empty") + ", expected 1 byte or more.", "key");
            }

            if (key.Length > keyBlock.Length)
            {
                sha.Add(key, 0, key.Length);
                sha.Finish(keyBlock, 0);
            }
            else
            {
                Array.Copy(key, 0, keyBlock, 0, key.Length);
            }

            Mask(InnerPad);
            Reset();
        }

        /// <summary>Begins anew.</summary>
        public void Reset()
        {
            sha.Reset();
            sha.Add(keyBlock, 0, keyBlock.Length);
        }

        /// <summary>Adds bytes.</summary>
        /// <param name="bytes">Holds the bytes.</param>
        /// <param name="offset">The first of them, from 0.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="ArgumentNullException">There are no bytes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is not all in the array.</exception>
        public void Add(byte[] bytes, int offset, int count)
        {
            sha.Add(bytes, offset, count);
        }

        /// <summary>Writes the code of all that was added, and begins anew.</summary>
        /// <param name="code">Receives <see cref="MacBytes"/> bytes.</param>
        /// <param name="offset">Where.</param>
        /// <exception cref="ArgumentException">There is no room.</exception>
        public void Finish(byte[] code, int offset)
        {
            Guard.Slice(code, offset, MacBytes);
            sha.Finish(mac, 0);
            Mask(InnerPad ^ OuterPad);
            sha.Add(keyBlock, 0, keyBlock.Length);
            sha.Add(mac, 0, MacBytes);
            sha.Finish(code, offset);
            Mask(InnerPad ^ OuterPad);
            Reset();
        }

        /// <summary>
        /// Whether the code of all that was added is this one, and begins anew. Takes as long wherever they differ, so that time tells
        /// nothing of the right one.
        /// </summary>
        /// <param name="code">Holds <see cref="MacBytes"/> bytes.</param>
        /// <param name="offset">Where.</param>
        /// <exception cref="ArgumentException">They are not all there.</exception>
        public bool Matches(byte[] code, int offset)
        {
            Guard.Slice(code, offset, MacBytes);
            Finish(mac, 0);
            int difference = 0;
            for (int i = 0; i < MacBytes; i++)
            {
                difference |= mac[i] ^ code[offset + i];
            }

            Array.Clear(mac, 0, MacBytes); // the right code is nobody's business
            return difference == 0;
        }

        private void Mask(int pad)
        {
            for (int i = 0; i < keyBlock.Length; i++)
            {
                keyBlock[i] = (byte)(keyBlock[i] ^ pad);
            }
        }
    }
}
