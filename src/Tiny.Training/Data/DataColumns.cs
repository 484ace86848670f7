using System.Text;
using Tiny.Core.Blobs;
using Tiny.Training.Layers;

namespace Tiny.Training.Data;

/// <summary>The input columns of a data set: how many, what they are called, whether they measure the same thing.</summary>
/// <param name="Names">A name each; "column 0", "column 1" ... where the file has none.</param>
/// <param name="AreNamed">Whether the names are the file's own.</param>
/// <param name="ShareUnit">Whether all columns are of one kind, such as the pixels of an image, and are normalized together.</param>
/// <seealso cref="Dataset"/>
public sealed record DataColumns(IReadOnlyList<string> Names, bool AreNamed, bool ShareUnit)
{
    /// <summary>
    /// How a row's values lie in height, width and channels, which are then normalized channel by channel; null where they are just values.
    /// </summary>
    public Shape? Shape { get; init; }

    /// <summary>How many.</summary>
    public int Count => Names.Count;

    /// <summary>
    /// 16 bits of the CRC-32 of the names, joined by line feeds; never 0 when there are names. The blob carries it, so that data whose
    /// columns are others, or stand in another order, is noticed.
    /// </summary>
    public int Checksum
    {
        get
        {
            if (!AreNamed)
            {
                return 0;
            }

            byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', Names));
            int crc = Crc32.Compute(0, text, 0, text.Length) & 0xFFFF;
            return crc == 0 ? 0xFFFF : crc;
        }
    }

    /// <summary>Columns of a file that names none.</summary>
    /// <param name="count">Columns, 1 or more.</param>
    /// <param name="shareUnit">Whether all have one unit.</param>
    public static DataColumns Unnamed(int count, bool shareUnit) =>
        new([.. Enumerable.Range(0, count).Select(i => $"column {i}")], AreNamed: false, shareUnit);
}
