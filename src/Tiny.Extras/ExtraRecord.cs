using Tiny.Core.Blobs;

namespace Tiny.Extras
{
    /// <summary>
    /// Records of libraries that stand behind the weights of a blob: a tag, a version, the
    /// content's length in units of four bytes (2), then the content.
    /// </summary>
    /// <example>
    /// <code>
    /// BlobReader reader = new BlobReader();
    /// reader.ThrowIf(reader.Open(blob, 0, blob.Length));
    /// int bytes;
    /// int at = ExtraRecord.Find(reader, AnomalySection.Tag, out bytes); // 0 if there is none
    /// </code>
    /// </example>
    public static class ExtraRecord
    {
        /// <summary>Finds a library's record in the open blob. What is in it that library checks.</summary>
        /// <param name="reader">Has the blob open.</param>
        /// <param name="tag">The library's tag.</param>
        /// <param name="bytes">Receives the length of the content.</param>
        /// <returns>Where its content begins, or 0 if there is none.</returns>
        public static int Find(BlobReader reader, int tag, out int bytes)
        {
            int at = reader.WeightsEnd;
            bytes = 0;
            while (at <= reader.Length - BlobFormat.ExtraBytes)
            {
                bytes = 4 * (reader.ByteAt(at + 2) | (reader.ByteAt(at + 3) << 8));
                at += BlobFormat.ExtraBytes;
                if (bytes <= reader.Length - at && reader.ByteAt(at - BlobFormat.ExtraBytes) == tag)
                {
                    return at;
                }

                at += bytes;
            }

            return 0;
        }
    }
}
