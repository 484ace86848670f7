using System;

namespace Tiny.Adaptation.Storage
{
    /// <summary>Slots in memory: for trying out, and for boards whose memory outlasts a reset.</summary>
    /// <example>
    /// <code>
    /// ISlotStorage slots = new MemoryStorage(4096);              // two slots of 4,096 bytes
    /// SlotStore store = new SlotStore(network, factory, slots);
    /// </code>
    /// </example>
    public sealed class MemoryStorage : ISlotStorage
    {
        private readonly byte[][] slots;
        private readonly int[] lengths = new int[2];

        /// <summary>Two slots of this many bytes, empty.</summary>
        /// <param name="capacity">Bytes of each slot, 0 or more.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
        public MemoryStorage(int capacity)
        {
            if (capacity < 0)
            {
                throw new ArgumentOutOfRangeException("capacity", "capacity is " + capacity + ", expected 0 or more bytes.");
            }

            slots = new byte[][] { new byte[capacity], new byte[capacity] };
        }

        /// <inheritdoc/>
        public int Capacity
        {
            get { return slots[0].Length; }
        }

        /// <inheritdoc/>
        public int Read(int slot, int at, byte[] buffer, int length)
        {
            int left = lengths[slot] - at;
            int count = left < length ? left : length;
            if (count <= 0)
            {
                return 0;
            }

            Array.Copy(slots[slot], at, buffer, 0, count);
            return count;
        }

        /// <inheritdoc/>
        public bool Erase(int slot)
        {
            lengths[slot] = 0;
            return true;
        }

        /// <inheritdoc/>
        public bool Write(int slot, int at, byte[] buffer, int length)
        {
            if (at != lengths[slot] || length > Capacity - at)
            {
                return false;
            }

            Array.Copy(buffer, 0, slots[slot], at, length);
            lengths[slot] = at + length;
            return true;
        }

        /// <inheritdoc/>
        public bool Flush(int slot)
        {
            return true;
        }
    }
}
