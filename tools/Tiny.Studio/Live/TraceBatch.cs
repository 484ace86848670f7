using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tiny.Studio.Live;

/// <summary>
/// Samples that wait to be sent to the windows: little-endian, the number of the first (uint32), channels (uint16), samples (uint16), then
/// float32, sample by sample.
/// </summary>
internal sealed class TraceBatch
{
    private const int HeadBytes = 8;

    private readonly List<float> values = [];
    private long first;
    private int channels;

    /// <summary>Adds a sample; one of another number of channels begins anew.</summary>
    internal void Add(long number, float[] sample)
    {
        if (values.Count == 0 || sample.Length != channels)
        {
            values.Clear();
            (first, channels) = (number, sample.Length);
        }

        values.AddRange(sample);
    }

    /// <summary>What waits, which then waits no more; null for nothing.</summary>
    internal byte[]? ToBytes()
    {
        if (values.Count == 0)
        {
            return null;
        }

        byte[] bytes = new byte[HeadBytes + values.Count * sizeof(float)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)first);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), (ushort)channels);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), (ushort)(values.Count / channels));
        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).CopyTo(bytes.AsSpan(HeadBytes));
        values.Clear();
        return bytes;
    }
}
