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
    private const int Tries = 4;

    /// <summary>An array of zeros that begins at a cache line, but in the rare case that the heap would not have it.</summary>
    /// <param name="length">Values.</param>
    internal static float[] Allocate(int length) => Allocate<float>(length);

    /// <summary>The same of other numbers.</summary>
    internal static T[] Allocate<T>(int length)
        where T : unmanaged
    {
        T[] array;
        int tries = 0;
        do
        {
            MoveToLine();
            array = GC.AllocateArray<T>(length, pinned: true);
        }
        while (Address(array) % Line != 0 && ++tries < Tries);
        return array;
    }

    /// <summary>Fills the heap of pinned objects up, so that the values of the next array begin at a line unless it fills a gap elsewhere.</summary>
    private static void MoveToLine()
    {
        const int ProbeLength = 8;
        long probe = Address(GC.AllocateUninitializedArray<byte>(ProbeLength, pinned: true));
        long behindEmptyFiller = probe + ProbeLength + Header + Header;
        int missing = (int)((Line - behindEmptyFiller % Line) % Line);
        GC.AllocateUninitializedArray<byte>(missing, pinned: true);
    }

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
