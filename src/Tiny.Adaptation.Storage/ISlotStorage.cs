namespace Tiny.Adaptation.Storage
{
    /// <summary>
    /// Two slots of bytes that outlast a power cut. An implementation need not write atomically and may lose or tear what was written
    /// since the last flush: whoever keeps something there believes nothing that it has not read back.
    /// </summary>
    /// <seealso cref="MemoryStorage"/>
    public interface ISlotStorage
    {
        /// <summary>Bytes a slot can hold.</summary>
        int Capacity { get; }

        /// <summary>Reads from a slot.</summary>
        /// <param name="slot">0 or 1.</param>
        /// <param name="at">The first byte in the slot.</param>
        /// <param name="buffer">Receives the bytes.</param>
        /// <param name="length">How many, to the start of the buffer.</param>
        /// <returns>Bytes read: fewer where the slot ends, 0 where it was never written or cannot be read.</returns>
        int Read(int slot, int at, byte[] buffer, int length);

        /// <summary>Makes a slot empty, so that it can be written from its start.</summary>
        /// <param name="slot">0 or 1.</param>
        /// <returns>False if it was refused.</returns>
        bool Erase(int slot);

        /// <summary>Writes to a slot, behind what was written since it was erased.</summary>
        /// <param name="slot">0 or 1.</param>
        /// <param name="at">The first byte in the slot.</param>
        /// <param name="buffer">The bytes.</param>
        /// <param name="length">How many, from the start of the buffer.</param>
        /// <returns>False if it was refused or there is no room.</returns>
        bool Write(int slot, int at, byte[] buffer, int length);

        /// <summary>Returns when all that was written would outlast a power cut.</summary>
        /// <param name="slot">0 or 1.</param>
        /// <returns>False if that cannot be had.</returns>
        bool Flush(int slot);
    }
}
