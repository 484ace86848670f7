using System;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Updating
{
    /// <summary>
    /// Says whether bytes are a package that was signed with a key, and if not, what is wrong. Allocates nothing once made.
    /// </summary>
    /// <remarks>
    /// Cost: the checksum's 40 instructions a byte, and the signature, which a whole block of 64 bytes costs; docs/UPDATING.md has what
    /// was counted.
    /// </remarks>
    /// <example>
    /// <code>
    /// byte[] key = new byte[32];
    /// PackageReader reader = new PackageReader(key);
    /// PackageError error = reader.Check(blob, blob.Length);       // blob: the bytes of the package
    /// </code>
    /// </example>
    public sealed class PackageReader
    {
        private readonly HmacSha256 hmac;

        /// <summary>A reader of packages signed with this key.</summary>
        /// <param name="key">The key, 1 byte or more; tiny sign --new-key makes 32.</param>
        /// <exception cref="ArgumentException">The key is missing or empty.</exception>
        public PackageReader(byte[] key)
        {
            hmac = new HmacSha256(key);
        }

        /// <summary>The generation that a package whose header is right says.</summary>
        /// <param name="package">The bytes of the package, or of its header alone.</param>
        public static int GenerationOf(byte[] package)
        {
            return FloatBits.ReadInt32(package, PackageFormat.GenerationAt);
        }

        /// <summary>Bytes of the blob in a package whose header is right; it begins at <see cref="PackageFormat.HeaderBytes"/>.</summary>
        /// <param name="package">The bytes of the package, or of its header alone.</param>
        public static int BlobBytesOf(byte[] package)
        {
            return FloatBits.ReadInt32(package, PackageFormat.LengthAt);
        }

        /// <summary>Checks the header alone: enough to know length and generation of what follows, but not yet who made it.</summary>
        /// <param name="bytes">The bytes of the package, or its beginning.</param>
        /// <param name="count">Bytes that are there.</param>
        /// <returns>None, or the first thing wrong.</returns>
        /// <exception cref="ArgumentNullException">There are no bytes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The count is not all in the array.</exception>
        public static PackageError CheckHeader(byte[] bytes, int count)
        {
            Guard.Slice(bytes, 0, count);
            if (count < PackageFormat.HeaderBytes)
            {
                return PackageError.TooShort;
            }

            if (FloatBits.ReadInt32(bytes, 0) != PackageFormat.Magic)
            {
                return PackageError.NotAPackage;
            }

            if (FloatBits.ReadInt32(bytes, PackageFormat.VersionAt) != PackageFormat.Version)
            {
                return PackageError.UnsupportedVersion;
            }

            if (FloatBits.ReadInt32(bytes, PackageFormat.HeaderCrcAt) != Crc32.Compute(0, bytes, 0, PackageFormat.HeaderCrcAt))
            {
                return PackageError.HeaderCorrupt;
            }

            int blob = BlobBytesOf(bytes);
            return GenerationOf(bytes) < 1 ? PackageError.GenerationOutOfRange
                : blob < 1 || blob > int.MaxValue - PackageFormat.Overhead ? PackageError.LengthOutOfRange : PackageError.None;
        }

        /// <summary>Checks a whole package: header, length, checksum, signature.</summary>
        /// <param name="bytes">The bytes of the package, from the array's beginning.</param>
        /// <param name="count">Its bytes; the array may have more.</param>
        /// <returns>None, or the first thing wrong.</returns>
        /// <exception cref="ArgumentNullException">There are no bytes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The count is not all in the array.</exception>
        public PackageError Check(byte[] bytes, int count)
        {
            PackageError error = CheckHeader(bytes, count);
            if (error != PackageError.None)
            {
                return error;
            }

            int blob = BlobBytesOf(bytes);
            if (count != blob + PackageFormat.Overhead)
            {
                return count < blob + PackageFormat.Overhead ? PackageError.Truncated : PackageError.TrailingBytes;
            }

            if (FloatBits.ReadInt32(bytes, PackageFormat.ModelCrcAt) != Crc32.Compute(0, bytes, PackageFormat.HeaderBytes, blob))
            {
                return PackageError.ModelCorrupt;
            }

            hmac.Reset();
            hmac.Add(bytes, 0, PackageFormat.HeaderBytes + blob);
            return hmac.Matches(bytes, PackageFormat.HeaderBytes + blob) ? PackageError.None : PackageError.WrongSignature;
        }
    }
}
