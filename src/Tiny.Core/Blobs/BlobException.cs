using System;

namespace Tiny.Core.Blobs
{
    /// <summary>A blob was refused. Nothing was changed.</summary>
    public sealed class BlobException : Exception
    {
        internal BlobException(BlobError error, int offset, int found, int expected)
            : base(BlobMessages.Describe(error, offset, found, expected))
        {
            Error = error;
            Offset = offset;
        }

        /// <summary>What is wrong.</summary>
        public readonly BlobError Error;

        /// <summary>The byte of the blob, from its start, at which it was found.</summary>
        public readonly int Offset;
    }
}
