namespace Tiny.Core.Blobs
{
    /// <summary>
    /// Reads blobs of an older format version, for programs that still have such: register it with <see cref="BlobReader.ReadOlder"/>.
    /// </summary>
    /// <example>
    /// <code>
    /// BlobReader.ReadOlder(new Version1Format());                // once, before the first blob of version 1 is loaded
    /// </code>
    /// </example>
    public abstract class OlderFormat
    {
        /// <summary>The version.</summary>
        public abstract int Version { get; }

        /// <summary>Turns a blob of that version into one of today's, in an array of its own.</summary>
        /// <param name="reader">Takes note of what is wrong.</param>
        /// <param name="bytes">Holds the blob, whose header is known to be well, and its payload to have the right checksum.</param>
        /// <param name="offset">Where the blob begins.</param>
        /// <param name="length">Its bytes.</param>
        /// <param name="upgraded">Receives the blob of today, without checksums.</param>
        /// <returns>None, or the first thing wrong.</returns>
        public abstract BlobError Upgrade(BlobReader reader, byte[] bytes, int offset, int length, out byte[] upgraded);
    }
}
