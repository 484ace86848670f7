using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Tiny.Training.Data.Rows;

/// <summary>A few letters that stand for rows, so that others are told from them: of 64 bits of SHA-256.</summary>
internal static class RowsFingerprint
{
    private const int Digits = 16;

    /// <summary>Of a text.</summary>
    internal static string Of(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];

    /// <summary>
    /// Of inputs and answers in their order, in one pass. What is not normalized yet is hashed,
    /// so a change that leaves means and deviations alone is seen too.
    /// </summary>
    internal static string Of(params IReadOnlyList<RowSource?> sources)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (RowSource? source in sources)
        {
            source?.Begin(null);
            while (source?.Next() is RowChunk chunk)
            {
                Append(hash, chunk);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..Digits];
    }

    private static void Append(IncrementalHash hash, RowChunk chunk)
    {
        int columns = chunk.Inputs.Length / Math.Max(1, chunk.Answers.Length);
        foreach (int row in chunk.Order.AsSpan(0, chunk.Count))
        {
            hash.AppendData(MemoryMarshal.AsBytes(chunk.Inputs.AsSpan(row * columns, columns)));
            hash.AppendData(MemoryMarshal.AsBytes(chunk.Answers.AsSpan(row, 1)));
        }
    }
}
