using System.Buffers.Binary;

namespace Tiny.Emulator;

/// <summary>
/// The kinds of layers that a blob has, by src/BLOB-FORMAT.md: what a program for it
/// registers. Whether the blob is well the device's library will say.
/// </summary>
internal static class BlobKinds
{
    private const int VersionAt = 4;
    private const int NodesAt = 7;
    private const int SectionsAt = 36;
    private const int BuffersAt = 37;
    private const int PlanAt = 40;
    private const int ShapeBytes = 4;
    private const int BufferBytes = 3;
    private const int NodeBytes = 4;
    private const int HasShape = 8;

    /// <summary>Each kind once; 0 alone for a blob of version 1.</summary>
    internal static byte[] Of(byte[] blob)
    {
        if (blob.Length <= PlanAt || blob[VersionAt] != 2
            || BinaryPrimitives.ReadInt32LittleEndian(blob) != BinaryPrimitives.ReadInt32LittleEndian("TINY"u8))
        {
            return [0];
        }

        SortedSet<byte> kinds = [];
        int at = PlanAt + ((blob[SectionsAt] & HasShape) != 0 ? ShapeBytes : 0) + blob[BuffersAt] * BufferBytes;
        for (int node = 0; node < blob[NodesAt] && at + 1 < blob.Length; node++)
        {
            kinds.Add(blob[at]);
            at += NodeBytes + blob[at + 1];
        }

        return [.. kinds];
    }
}
