using System;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Extras;

namespace Tiny.Adaptation.Storage
{
    /// <summary>
    /// Keeps what a network has learned so that a power cut at any instant costs at most the save it
    /// interrupts: the factory blob, which is never written, and two slots by turns. A save writes the older
    /// slot, flushes, reads back, and only then counts. All memory is taken here.
    /// </summary>
    /// <remarks>
    /// A save writes 32 bytes and 4 for each parameter of the layers that learn; <see cref="BytesWritten"/> counts them, for flash wears.
    /// Choose which layers learn (<see cref="Core.Layers.Layer.Frozen"/>) before making the store. The layers that do not learn are not
    /// saved, so the network must go on holding the factory's model: another one in it would come back as a mixture of the two.
    /// </remarks>
    /// <example>
    /// <code>
    /// SlotStore store = new SlotStore(network, factory, storage); // factory: the blob in the program
    /// WeightsSource source = store.Load();                       // the newest whole slot, else the other, else the factory's weights
    /// SaveResult saved = store.Save();                           // after learning
    /// </code>
    /// </example>
    public sealed class SlotStore
    {
        private const int HeaderCrcAt = 28; // in a blob
        private const int VerifyBytes = 64;

        private readonly Network network;
        private readonly byte[] factory;
        private readonly ISlotStorage storage;
        private readonly BlobReader reader = new BlobReader();
        private readonly ISlotContent content; // null for none
        private readonly SlotRecord record;
        private readonly byte[] readBack;
        private int newest = -1; // the slot that will be loaded, -1 for none
        private int generation;
        private bool hasLoaded;

        /// <summary>A store for what this network learns. Neither reads nor writes; see <see cref="Load"/>.</summary>
        /// <param name="network">The network, with room for the factory blob.</param>
        /// <param name="factory">The blob the device was delivered with, kept in its program.</param>
        /// <param name="storage">Where the slots are.</param>
        /// <exception cref="BlobException">The factory blob is wrong or does not fit the network.</exception>
        /// <exception cref="ArgumentException">A slot is too small for the layers that learn.</exception>
        /// <exception cref="ArgumentNullException">There is no network, factory blob or storage.</exception>
        /// <exception cref="InvalidOperationException">A layer learns that is past those a record has room for.</exception>
        public SlotStore(Network network, byte[] factory, ISlotStorage storage)
            : this(network, factory, storage, null)
        {
        }

        /// <summary>
        /// The same for a program that learns more than the network does, such as class means: both
        /// are saved in one record, so neither without the other.
        /// </summary>
        /// <param name="network">The network, with room for the factory blob.</param>
        /// <param name="factory">The blob the device was delivered with, kept in its program.</param>
        /// <param name="storage">Where the slots are.</param>
        /// <param name="content">What is saved besides; null for nothing.</param>
        /// <exception cref="BlobException">The factory blob is wrong or does not fit the network.</exception>
        /// <exception cref="ArgumentException">A slot is too small for the layers that learn and what is saved besides.</exception>
        /// <exception cref="ArgumentNullException">There is no network, factory blob or storage.</exception>
        /// <exception cref="InvalidOperationException">A layer learns that is past those a record has room for.</exception>
        public SlotStore(Network network, byte[] factory, ISlotStorage storage, ISlotContent content)
        {
            if (network == null || factory == null || storage == null)
            {
                throw new ArgumentNullException(network == null ? "network" : factory == null ? "factory" : "storage");
            }

            this.network = network;
            this.factory = factory;
            this.storage = storage;
            reader.ThrowIf(network.TryLoad(reader, factory, 0, factory.Length));
            this.content = content;
            record = new SlotRecord(network, FloatBits.ReadInt32(factory, HeaderCrcAt), content);
            readBack = new byte[VerifyBytes];
            if (record.Bytes.Length > storage.Capacity)
            {
                throw new ArgumentException(
                    "A save takes " + record.Bytes.Length + " bytes, a slot has " + storage.Capacity + ". Freeze more layers.", "storage");
            }
        }

        /// <summary>Bytes a save writes.</summary>
        public int SaveBytes
        {
            get { return record.Bytes.Length; }
        }

        /// <summary>Bytes written by this store since it was made, failed saves included.</summary>
        public int BytesWritten { get; private set; }

        /// <summary>Saves that counted since the factory, those of earlier runs included.</summary>
        public int Generation
        {
            get { return generation; }
        }

        /// <summary>Bytes a save of this network would write, with the layers frozen that are now.</summary>
        /// <param name="network">The network.</param>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        public static int Measure(Network network)
        {
            if (network == null)
            {
                throw new ArgumentNullException("network");
            }

            return SlotRecord.Measure(network, null);
        }

        /// <summary>Loads the newest whole slot over the factory blob; else the other; else the factory blob alone.</summary>
        /// <returns>Which it was.</returns>
        /// <exception cref="InvalidOperationException">The factory blob has changed in memory since the store was made.</exception>
        public WeightsSource Load()
        {
            newest = -1;
            generation = 0;
            hasLoaded = true;
            RestoreFactory();
            bool firstIsWhole = Fetch(0);
            int firstGeneration = record.Generation;
            if (Fetch(1) && (!firstIsWhole || record.Generation - firstGeneration > 0))
            {
                return Take(1);
            }

            // Read again, for the record has held the other slot since; storage that gives other bytes now is not believed.
            if (firstIsWhole)
            {
                return Fetch(0) && record.Generation == firstGeneration ? Take(0) : Fetch(1) ? Take(1) : WeightsSource.Factory;
            }

            return WeightsSource.Factory;
        }

        /// <summary>Saves the weights of the layers that learn.</summary>
        /// <exception cref="InvalidOperationException">
        /// Nothing was loaded yet: which slot is the older is not known. Or the layers that learn are
        /// no longer those for which the store was made.
        /// </exception>
        public SaveResult Save()
        {
            if (!hasLoaded)
            {
                throw new InvalidOperationException("Load before the first save: it finds the slot that may be overwritten.");
            }

            if (!record.Fits())
            {
                throw new InvalidOperationException(
                    "Other layers learn than when the store was made, or the network has taken a model of another shape. What was saved "
                        + "now could not be loaded: make a new store.");
            }

            int next = generation + 1;
            if (!record.Fill(next))
            {
                return SaveResult.NotFinite;
            }

            int slot = newest == 0 ? 1 : 0;
            byte[] bytes = record.Bytes;
            if (!storage.Erase(slot))
            {
                return SaveResult.Refused;
            }

            BytesWritten += bytes.Length;
            if (!storage.Write(slot, 0, bytes, bytes.Length) || !storage.Flush(slot))
            {
                return SaveResult.Refused;
            }

            if (!IsAsWritten(slot))
            {
                return SaveResult.NotVerified;
            }

            newest = slot;
            generation = next;
            network.Generation = next;
            return SaveResult.Saved;
        }

        /// <summary>Gives the network the weights it was delivered with. The slots stay as they are until the next save.</summary>
        /// <exception cref="InvalidOperationException">The factory blob has changed in memory since the store was made.</exception>
        public void RestoreFactory()
        {
            BlobError error = network.TryLoad(reader, factory, 0, factory.Length);
            if (error != BlobError.None)
            {
                // It was right when the store was made.
                throw new InvalidOperationException("The factory blob has changed in memory: error " + (int)error + ".");
            }

            if (content != null)
            {
                content.Read(null, 0);
            }
        }

        /// <summary>Gives the network the weights in the record, which is that of this slot.</summary>
        private WeightsSource Take(int slot)
        {
            newest = slot;
            generation = record.Generation;
            network.Generation = generation;
            record.Apply();
            return slot == 0 ? WeightsSource.FirstSlot : WeightsSource.SecondSlot;
        }

        /// <summary>Reads a slot into the record; false if it holds no whole one of this network.</summary>
        private bool Fetch(int slot)
        {
            byte[] bytes = record.Bytes;
            return storage.Read(slot, 0, bytes, bytes.Length) == bytes.Length && record.IsWhole();
        }

        private bool IsAsWritten(int slot)
        {
            byte[] bytes = record.Bytes;
            int at = 0;
            while (at < bytes.Length)
            {
                int length = bytes.Length - at;
                length = length < VerifyBytes ? length : VerifyBytes;
                if (storage.Read(slot, at, readBack, length) != length)
                {
                    return false;
                }

                for (int i = 0; i < length; i++)
                {
                    if (readBack[i] != bytes[at + i])
                    {
                        return false;
                    }
                }

                at += length;
            }

            return true;
        }
    }
}
