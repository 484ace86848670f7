namespace Tiny.Emulator.Flash;

/// <summary>
/// Two slots of flash memory with every fault that real ones have: the power goes at any byte or call, what was
/// not flushed is then there, or not, or torn in any of its sectors and in any order; bits flip; erasing,
/// writing or flushing is refused; space runs out; reads are stale until a flush.
/// </summary>
public sealed class EmulatedFlash
{
    private const int Slots = 2;
    private const byte Erased = 0xFF;

    private readonly byte[][] working = new byte[Slots][];  // what the running program reads
    private readonly byte[][] durable = new byte[Slots][];  // what outlasts a cut
    private readonly int[] workingLengths = new int[Slots];
    private readonly int[] durableLengths = new int[Slots];
    private readonly Random random;
    private long operationsLeft = long.MaxValue;
    private int callsUntilRefused = int.MaxValue;

    /// <summary>Two empty slots.</summary>
    /// <param name="capacity">Bytes of a slot.</param>
    /// <param name="sector">Bytes that are written, or not, or torn, by themselves.</param>
    /// <param name="seed">Fixes what a cut leaves of what was not flushed.</param>
    public EmulatedFlash(int capacity, int sector = 64, int seed = 1)
    {
        Capacity = capacity;
        Sector = sector;
        random = new Random(seed);
        for (int slot = 0; slot < Slots; slot++)
        {
            working[slot] = new byte[capacity];
            durable[slot] = new byte[capacity];
        }
    }

    /// <summary>Bytes of a slot.</summary>
    public int Capacity { get; }

    /// <summary>Bytes of a sector.</summary>
    public int Sector { get; }

    /// <summary>Calls and bytes written so far: the moments at which the power may go.</summary>
    public long Operations { get; private set; }

    /// <summary>Bytes written so far: the wear.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Whether reads show what was there at the last flush.</summary>
    public bool ReadsAreStale { get; set; }

    /// <summary>Bytes that can be written to a slot at most, below its capacity where the medium is full.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>Cuts the power after so many more operations.</summary>
    public void CutAfter(long operations) => operationsLeft = operations;

    /// <summary>Refuses the call after so many more that erase, write or flush, and all that follow.</summary>
    public void RefuseAfter(int calls) => callsUntilRefused = calls;

    /// <summary>Power is back and nothing refuses any more: what is there is what outlasted the cut.</summary>
    public void PowerUp()
    {
        operationsLeft = long.MaxValue;
        callsUntilRefused = int.MaxValue;
        for (int slot = 0; slot < Slots; slot++)
        {
            durable[slot].CopyTo(working[slot], 0);
            workingLengths[slot] = durableLengths[slot];
        }
    }

    /// <summary>Flips a bit of what is stored.</summary>
    public void FlipBit(int slot, int at, int bit)
    {
        working[slot][at] ^= (byte)(1 << bit);
        durable[slot][at] ^= (byte)(1 << bit);
    }

    /// <summary>Bytes stored in a slot.</summary>
    public int LengthOf(int slot) => durableLengths[slot];

    /// <summary>Reads; fewer bytes where the slot ends.</summary>
    public int Read(int slot, int at, Span<byte> buffer)
    {
        Spend();
        int length = ReadsAreStale ? durableLengths[slot] : workingLengths[slot];
        int count = Math.Max(0, Math.Min(buffer.Length, length - at));
        (ReadsAreStale ? durable : working)[slot].AsSpan(Math.Min(at, Capacity), count).CopyTo(buffer);
        return count;
    }

    /// <summary>Empties a slot.</summary>
    public bool Erase(int slot)
    {
        Spend();
        if (IsRefused())
        {
            return false;
        }

        Array.Fill(working[slot], Erased);
        workingLengths[slot] = 0;
        return true;
    }

    /// <summary>Writes behind what was written since the slot was erased.</summary>
    public bool Write(int slot, int at, ReadOnlySpan<byte> bytes)
    {
        Spend();
        if (IsRefused() || at != workingLengths[slot])
        {
            return false;
        }

        foreach (byte value in bytes)
        {
            if (workingLengths[slot] == Math.Min(Capacity, Room))
            {
                return false;
            }

            working[slot][workingLengths[slot]++] = value;
            BytesWritten++;
            Spend();
        }

        return true;
    }

    /// <summary>Makes what was written outlast a cut.</summary>
    public bool Flush(int slot)
    {
        Spend();
        if (IsRefused())
        {
            return false;
        }

        working[slot].CopyTo(durable[slot], 0);
        durableLengths[slot] = workingLengths[slot];
        Spend();
        return true;
    }

    private bool IsRefused() => callsUntilRefused <= 0 || --callsUntilRefused < 0;

    private void Spend()
    {
        Operations++;
        if (operationsLeft-- <= 0)
        {
            for (int slot = 0; slot < Slots; slot++)
            {
                Tear(slot);
            }

            operationsLeft = 0;
            throw new PowerCutException();
        }
    }

    /// <summary>Of what was not flushed each sector is there, or as it was, or half programmed.</summary>
    private void Tear(int slot)
    {
        for (int start = 0; start < Capacity; start += Sector)
        {
            int length = Math.Min(Sector, Capacity - start);
            Span<byte> old = durable[slot].AsSpan(start, length);
            ReadOnlySpan<byte> fresh = working[slot].AsSpan(start, length);
            if (fresh.SequenceEqual(old))
            {
                continue;
            }

            switch (random.Next(3))
            {
                case 0:
                    fresh.CopyTo(old);
                    break;
                case 1:
                    int whole = random.Next(length);
                    fresh[..whole].CopyTo(old);
                    old[whole] &= (byte)random.Next(256);
                    break;
                default:
                    break;
            }
        }

        durableLengths[slot] = random.Next(2) == 0 ? workingLengths[slot] : durableLengths[slot];
    }
}
