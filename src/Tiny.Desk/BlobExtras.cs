using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Extras;
using Tiny.Saving;

namespace Tiny.Desk;

/// <summary>Records of other libraries behind a blob's weights: see BLOB-FORMAT.md, Extra records.</summary>
/// <example>
/// <code>
/// byte[] more = BlobExtras.With(blob, 200, 1, [1, 2, 3, 4]); // tag 200, version 1
/// byte[]? content = BlobExtras.Find(more, 200);
/// </code>
/// </example>
public static class BlobExtras
{
    /// <summary>The most bytes of a record's content.</summary>
    public const int MostBytes = 4 * 65535;

    /// <summary>The blob with a record behind its others, sealed anew.</summary>
    /// <param name="blob">A blob without a record of this tag. It stays as it is.</param>
    /// <param name="tag">Tells whose record it is.</param>
    /// <param name="version">The version of the content.</param>
    /// <param name="content">A multiple of 4 bytes.</param>
    /// <returns>The bytes of the new blob.</returns>
    /// <exception cref="ArgumentException">The content does not fit, or there is a record of the tag.</exception>
    /// <exception cref="ArgumentNullException">There is no blob.</exception>
    /// <exception cref="BlobException">The blob is wrong in some way.</exception>
    public static byte[] With(byte[] blob, int tag, int version, byte[] content)
    {
        if (content.Length % 4 != 0 || content.Length > MostBytes)
        {
            throw new ArgumentException(
                $"The record takes {content.Length} bytes, expected a multiple of 4, at most {MostBytes}.", nameof(content));
        }

        if (Find(blob, tag) is not null)
        {
            throw new ArgumentException($"The blob has a record of tag {tag}.", nameof(blob));
        }

        byte[] changed = [.. blob, (byte)tag, (byte)version, 0, 0, .. content];
        FloatBits.WriteUInt16(changed, blob.Length + 2, content.Length / 4);
        changed[BlobFormat.SectionsAt] |= BlobFormat.HasExtras;
        BlobWriter.Seal(changed, 0, changed.Length);
        return changed;
    }

    /// <summary>The content of a blob's record, or null if it has none of this tag.</summary>
    /// <param name="blob">The bytes of the model, from the first to the last.</param>
    /// <param name="tag">The tag of the record.</param>
    /// <returns>The bytes of the content, or null.</returns>
    /// <exception cref="BlobException">The blob is wrong in some way.</exception>
    /// <exception cref="ArgumentNullException">There is no blob.</exception>
    public static byte[]? Find(byte[] blob, int tag)
    {
        BlobReader reader = new();
        reader.ThrowIf(reader.Open(blob, 0, blob.Length));
        int at = ExtraRecord.Find(reader, tag, out int bytes);
        return at == 0 ? null : blob[at..(at + bytes)];
    }

    /// <summary>The tags of all records of a blob, in order.</summary>
    /// <param name="blob">The bytes of the model, from the first to the last.</param>
    /// <exception cref="BlobException">The blob is wrong in some way.</exception>
    /// <exception cref="ArgumentNullException">There is no blob.</exception>
    public static IReadOnlyList<int> Tags(byte[] blob)
    {
        BlobReader reader = new();
        reader.ThrowIf(reader.Open(blob, 0, blob.Length));
        List<int> tags = [];
        for (int at = reader.WeightsEnd; at <= reader.Length - BlobFormat.ExtraBytes; at += BlobFormat.ExtraBytes
            + 4 * (reader.ByteAt(at + 2) | (reader.ByteAt(at + 3) << 8)))
        {
            tags.Add(reader.ByteAt(at));
        }

        return tags;
    }
}
