using Tiny.Adaptation.Storage;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Updating
{
    /// <summary>
    /// One slot: a signed package, and behind it up to two marks of 16 bytes that say what became of it. A package
    /// without a mark counts for nothing, so a power cut before the mark is whole leaves all as it was.
    /// </summary>
    internal sealed class ModelSlot
    {
        internal const int MarkBytes = 16;
        internal const int MostMarks = 2; // taken, and turned down later

        private const int MarkMagic = 0x4B524D54; // "TMRK"
        private const int MarkVerdictAt = 4;
        private const int MarkHeaderAt = 8; // the checksum of the package's header: of which package this is said
        private const int MarkCrcAt = 12;

        private readonly int slot;
        private readonly ISlotStorage storage;
        private readonly PackageReader package;
        private readonly byte[] buffer; // shared: whatever was last read or offered
        private readonly byte[] some;   // shared: read back, and marks
        private readonly byte[] mark = new byte[MarkBytes];
        private int length;             // of the package
        private int header;             // its header's checksum
        private int marks;              // whole ones behind it

        /// <param name="slot">0 or 1.</param>
        /// <param name="storage">Where it is.</param>
        /// <param name="package">What knows the key.</param>
        /// <param name="buffer">Room for all that a slot holds.</param>
        /// <param name="some">At least <see cref="PackageFormat.HeaderBytes"/> bytes.</param>
        internal ModelSlot(int slot, ISlotStorage storage, PackageReader package, byte[] buffer, byte[] some)
        {
            this.slot = slot;
            this.storage = storage;
            this.package = package;
            this.buffer = buffer;
            this.some = some;
        }

        /// <summary>What is known of the package.</summary>
        internal SlotVerdict Verdict { get; private set; }

        /// <summary>Packages of this generation and older are not tried: the package's own, if there is a verdict on it; else 0.</summary>
        internal int Generation { get; private set; }

        /// <summary>
        /// Finds out what is known of the slot's package, from its header and the marks behind it; the rest is not read yet.
        /// </summary>
        internal void Inspect()
        {
            Forget();
            int count = storage.Read(slot, 0, some, PackageFormat.HeaderBytes);
            if (PackageReader.CheckHeader(some, count) != PackageError.None
                || PackageReader.BlobBytesOf(some) > buffer.Length - PackageFormat.Overhead)
            {
                return;
            }

            length = PackageReader.BlobBytesOf(some) + PackageFormat.Overhead;
            header = FloatBits.ReadInt32(some, PackageFormat.HeaderCrcAt);
            while (marks < MostMarks && storage.Read(slot, length + (MarkBytes * marks), mark, MarkBytes) == MarkBytes && IsMark())
            {
                Verdict = (SlotVerdict)FloatBits.ReadInt32(mark, MarkVerdictAt);
                marks++;
            }

            Generation = Verdict == SlotVerdict.None ? 0 : PackageReader.GenerationOf(some);
        }

        /// <summary>
        /// Reads a package that was taken into the buffer; false if there is none, or it is no longer whole and signed. Such a one may be
        /// had again, but nothing older.
        /// </summary>
        internal bool Fetch()
        {
            if (Verdict != SlotVerdict.Taken)
            {
                return false;
            }

            if (storage.Read(slot, 0, buffer, length) == length && package.Check(buffer, length) == PackageError.None
                && FloatBits.ReadInt32(buffer, PackageFormat.HeaderCrcAt) == header)
            {
                return true;
            }

            Verdict = SlotVerdict.None;
            Generation--;
            return false;
        }

        /// <summary>Writes the package in the buffer, in place of what the slot held, and reads it back.</summary>
        internal UpdateResult Write(int count)
        {
            Forget();
            if (!storage.Erase(slot) || !storage.Write(slot, 0, buffer, count) || !storage.Flush(slot))
            {
                return UpdateResult.StorageRefused;
            }

            length = count;
            header = FloatBits.ReadInt32(buffer, PackageFormat.HeaderCrcAt);
            return IsWritten(buffer, 0, count) ? UpdateResult.Switched : UpdateResult.NotVerified;
        }

        /// <summary>
        /// Writes behind the package what became of it, and reads it back. False if that cannot be had: it may then be so at the next
        /// start, or not.
        /// </summary>
        internal bool Mark(SlotVerdict verdict, int generation)
        {
            int at = length + (MarkBytes * marks);
            if (marks == MostMarks)
            {
                return false;
            }

            FloatBits.WriteInt32(mark, 0, MarkMagic);
            FloatBits.WriteInt32(mark, MarkVerdictAt, (int)verdict);
            FloatBits.WriteInt32(mark, MarkHeaderAt, header);
            FloatBits.WriteInt32(mark, MarkCrcAt, Crc32.Compute(0, mark, 0, MarkCrcAt));
            if (!storage.Write(slot, at, mark, MarkBytes) || !storage.Flush(slot) || !IsWritten(mark, at, MarkBytes))
            {
                return false;
            }

            marks++;
            Verdict = verdict;
            Generation = generation;
            return true;
        }

        /// <summary>Makes the slot empty.</summary>
        internal bool Erase()
        {
            Forget();
            return storage.Erase(slot) && storage.Flush(slot);
        }

        private bool IsMark()
        {
            int verdict = FloatBits.ReadInt32(mark, MarkVerdictAt);
            return FloatBits.ReadInt32(mark, 0) == MarkMagic
                && FloatBits.ReadInt32(mark, MarkHeaderAt) == header
                && FloatBits.ReadInt32(mark, MarkCrcAt) == Crc32.Compute(0, mark, 0, MarkCrcAt)
                && (verdict == (int)SlotVerdict.Taken || verdict == (int)SlotVerdict.TurnedDown);
        }

        private void Forget()
        {
            Verdict = SlotVerdict.None;
            Generation = 0;
            length = 0;
            marks = 0;
        }

        /// <summary>Whether the slot holds from an offset on what the array begins with.</summary>
        private bool IsWritten(byte[] bytes, int at, int count)
        {
            for (int done = 0; done < count; done += some.Length)
            {
                int part = count - done < some.Length ? count - done : some.Length;
                if (storage.Read(slot, at + done, some, part) != part)
                {
                    return false;
                }

                for (int i = 0; i < part; i++)
                {
                    if (some[i] != bytes[done + i])
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}
