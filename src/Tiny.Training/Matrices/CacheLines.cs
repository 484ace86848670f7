using System.Runtime.InteropServices;

namespace Tiny.Training.Matrices;

/// <summary>
/// Arrays whose first value stands at the beginning of a cache line and stays there. A vector of 16 is one line then; anywhere else it
/// is the halves of two, and training would be a tenth slower or faster by where the heap happened to have room.
/// </summary>
internal static class CacheLines
{
    private const int Line = 64; // bytes
    private const int Header = 24; // bytes of an array in front of its values, with the alignment of what is behind them
    private const int ProbeLength = 8; // bytes
    private const int Tries = 4;

    /// <summary>An array of zeros that begins at a cache line, but in the rare case that the heap would not have it.</summary>
    /// <param name="length">Values.</param>
    internal static float[] Allocate(int length) => Allocate<float>(length);

    /// <summary>The same of other numbers.</summary>
    internal static T[] Allocate<T>(int length)
        where T : unmanaged
    {
        Fill(ProbeLength);
        T[] array = GC.AllocateArray<T>(length, pinned: true);
        for (int tries = 1; tries < Tries && Address(array) % Line != 0; tries++)
        {
            // It filled a gap. What moves the next one on in that gap has to be as large, or it goes into a smaller gap itself.
            Fill(Math.Max(Buffer.ByteLength(array), ProbeLength));
            array = GC.AllocateArray<T>(length, pinned: true);
        }

        return array;
    }

    /// <summary>
    /// Fills the heap of pinned objects up, so that the values of the array behind begin at a line, by arrays of at least so many bytes.
    /// </summary>
    private static void Fill(int bytes)
    {
        byte[] probe = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        long behindFiller = RoundUp(Address(probe) + bytes) + Header + bytes + Header;
        int missing = (int)((Line - behindFiller % Line) % Line);
        GC.AllocateUninitializedArray<byte>(bytes + missing, pinned: true);
    }

    /// <summary>Objects begin at multiples of eight.</summary>
    private static long RoundUp(long address) => (address + 7) / 8 * 8;

    private static long Address(Array array)
    {
        GCHandle handle = GCHandle.Alloc(array, GCHandleType.Pinned);
        try
        {
            return handle.AddrOfPinnedObject();
        }
        finally
        {
            handle.Free();
        }
    }
}
