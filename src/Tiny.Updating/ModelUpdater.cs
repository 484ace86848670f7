using System;
using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Core.Blobs;

namespace Tiny.Updating
{
    /// <summary>
    /// Keeps the model of a program up to date so that a power cut at any instant, a damaged, old or forged package leaves the model as it
    /// was: the factory blob in the program, and two slots by turns for signed packages. A new model is written beside the present one,
    /// read back, tried, and only then marked as taken; the present one stays in its slot to fall back on. All memory is taken here.
    /// </summary>
    /// <remarks>
    /// Takes a buffer of a slot's capacity, and works in the one network: while a new model is tried,
    /// nothing else may predict by it. An update writes the package and 16 bytes. What a <c>SlotStore</c>
    /// saved was learned from the former model and is left alone by the new one.
    /// </remarks>
    /// <example>
    /// <code>
    /// float[][] samples = { features, sample };                  // a few examples that every model must answer
    /// int[] labels = { 0, 1 };
    /// byte[] key = new byte[32];                                 // what packages are signed with
    /// ModelUpdater updater = new ModelUpdater(network, factory, storage, key, new ExampleTrial(samples, labels, network.Outputs));
    /// int generation = updater.Load();                           // once, at the start
    /// UpdateResult result = updater.Offer(1200);                 // 1,200 bytes of a package stand in updater.Buffer
    /// </code>
    /// </example>
    public sealed class ModelUpdater
    {
        private const int ReadBackBytes = 64;
        private const int NoScore = int.MinValue;

        private readonly Network network;
        private readonly byte[] factory;
        private readonly IModelTrial trial;
        private readonly PackageReader package;
        private readonly BlobReader reader = new BlobReader();
        private readonly ModelSlot[] slots;
        private readonly ModelShape shape;
        private ModelSlot current; // null: the factory blob
        private bool hasLoaded;

        /// <summary>An updater of this network's model. Neither reads nor writes the slots; see <see cref="Load"/>.</summary>
        /// <param name="network">The network, with room for the factory blob and for all that may come later: larger models do not
        /// fit.</param>
        /// <param name="factory">The bytes of the blob the device was delivered with, kept in its program.</param>
        /// <param name="storage">Where the slots are; a package and 32 bytes must fit into one.</param>
        /// <param name="key">The bytes of the key that packages are signed with.</param>
        /// <param name="trial">What a new model must not do worse in than the present one.</param>
        /// <exception cref="BlobException">The factory blob is wrong or does not fit the network.</exception>
        /// <exception cref="ArgumentException">The key is empty, or a slot has no room for the factory's model.</exception>
        /// <exception cref="ArgumentNullException">There is no network, factory blob, storage or trial.</exception>
        public ModelUpdater(Network network, byte[] factory, ISlotStorage storage, byte[] key, IModelTrial trial)
        {
            if (network == null || factory == null || storage == null || trial == null)
            {
                throw new ArgumentNullException(
                    network == null ? "network" : factory == null ? "factory" : storage == null ? "storage" : "trial");
            }

            this.network = network;
            this.factory = factory;
            this.trial = trial;
            int least = factory.Length + PackageFormat.Overhead + (ModelSlot.MostMarks * ModelSlot.MarkBytes);
            if (storage.Capacity < least)
            {
                throw new ArgumentException("A slot has " + storage.Capacity + " bytes, a package of the factory's model takes " + least
                    + ". Give it more.", "storage");
            }

            reader.ThrowIf(network.TryLoad(reader, factory, 0, factory.Length));
            package = new PackageReader(key);
            Buffer = new byte[storage.Capacity];
            shape = new ModelShape(network);
            byte[] some = new byte[ReadBackBytes];
            slots = new ModelSlot[] { new ModelSlot(0, storage, package, Buffer, some), new ModelSlot(1, storage, package, Buffer, some) };
        }

        /// <summary>(bytes of a slot) where the program puts a package before it offers it. Loading and falling back use it too.</summary>
        public byte[] Buffer { get; }

        /// <summary>Generation of the package whose model the network holds; 0 for the factory's.</summary>
        public int Generation
        {
            get { return current == null ? 0 : current.Generation; }
        }

        /// <summary>
        /// The highest generation that was taken or turned down, as far as the slots remember: only what is newer is tried.
        /// </summary>
        public int NewestGeneration
        {
            get { return slots[0].Generation > slots[1].Generation ? slots[0].Generation : slots[1].Generation; }
        }

        /// <summary>What was wrong with the package offered last; None where nothing was.</summary>
        public PackageError LastFault { get; private set; }

        /// <summary>Why the model offered last does not load into the network; None where it does.</summary>
        public BlobError LastModelFault { get; private set; }

        /// <summary>
        /// Loads the newest model that was taken and is whole; else the one before; else the factory's. To be called once, at the start.
        /// </summary>
        /// <returns>Its generation, 0 for the factory's.</returns>
        /// <exception cref="InvalidOperationException">The factory blob has changed in memory since the updater was made.</exception>
        public int Load()
        {
            hasLoaded = true;
            slots[0].Inspect();
            slots[1].Inspect();
            LoadBest();
            return Generation;
        }

        /// <summary>
        /// Takes the package in <see cref="Buffer"/>, if it is whole, signed, newer, and its model does no worse than the present one.
        /// </summary>
        /// <param name="length">Bytes of the package, from the buffer's beginning.</param>
        /// <exception cref="InvalidOperationException">Nothing was loaded yet: which slot may be overwritten is not known.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The buffer has fewer bytes.</exception>
        public UpdateResult Offer(int length)
        {
            if (!hasLoaded)
            {
                throw new InvalidOperationException("Load before the first offer: it finds the slot that may be overwritten.");
            }

            LastModelFault = BlobError.None;
            LastFault = package.Check(Buffer, length);
            if (LastFault != PackageError.None)
            {
                return UpdateResult.BadPackage;
            }

            int generation = PackageReader.GenerationOf(Buffer);
            if (generation <= NewestGeneration)
            {
                return UpdateResult.NotNewer;
            }

            if (length > Buffer.Length - (ModelSlot.MostMarks * ModelSlot.MarkBytes))
            {
                return UpdateResult.TooLarge;
            }

            ModelSlot slot = SlotToWrite();
            int present = Score();
            UpdateResult result = slot.Write(length);
            if (result != UpdateResult.Switched)
            {
                return result;
            }

            result = Try(present);
            if (result == UpdateResult.Switched)
            {
                if (slot.Mark(SlotVerdict.Taken, generation))
                {
                    current = slot;
                    return result;
                }

                result = UpdateResult.StorageRefused;
            }
            else
            {
                slot.Mark(SlotVerdict.TurnedDown, generation); // else it is tried once more some time
            }

            LoadBest();
            return result;
        }

        /// <summary>
        /// Turns down the model that was taken last, because it does worse in use, and loads the one before it, or the factory's. It is
        /// not tried again.
        /// </summary>
        /// <returns>False if the network held the factory's already, or the storage refuses: then the next start may load what was turned
        /// down.</returns>
        /// <exception cref="InvalidOperationException">The factory blob has changed in memory since the updater was made.</exception>
        public bool FallBack()
        {
            ModelSlot last = current;
            if (last == null)
            {
                return false;
            }

            int generation = last.Generation;
            bool marked = last.Mark(SlotVerdict.TurnedDown, generation) || last.Erase();
            LoadBest(last);
            return marked;
        }

        /// <summary>The slot that is not the present model's; of two such the one that remembers less.</summary>
        private ModelSlot SlotToWrite()
        {
            return current == slots[0] ? slots[1]
                : current == slots[1] || slots[0].Generation <= slots[1].Generation ? slots[0] : slots[1];
        }

        /// <summary>Loads the model of the package in the buffer, and asks how it does.</summary>
        private UpdateResult Try(int present)
        {
            LastModelFault = LoadBuffer();
            if (LastModelFault != BlobError.None || !shape.Is(network))
            {
                return UpdateResult.DoesNotFit;
            }

            int score = Score();
            return score == NoScore || score < present ? UpdateResult.Worse : UpdateResult.Switched;
        }

        /// <summary>
        /// How the network's model does. One that gives no answer to an example, for its weights are too large, is no reason to end the
        /// program.
        /// </summary>
        private int Score()
        {
            try
            {
                return trial.Score(network);
            }
            catch (Exception)
            {
                return NoScore;
            }
        }

        private BlobError LoadBuffer()
        {
            return network.TryLoad(reader, Buffer, PackageFormat.HeaderBytes, PackageReader.BlobBytesOf(Buffer));
        }

        private void LoadBest()
        {
            LoadBest(null);
        }

        /// <summary>Loads the newest model taken but for one slot's; what cannot be read any more is passed over.</summary>
        private void LoadBest(ModelSlot but)
        {
            bool isFirstNewer = slots[0].Generation > slots[1].Generation;
            ModelSlot newer = isFirstNewer ? slots[0] : slots[1];
            ModelSlot older = isFirstNewer ? slots[1] : slots[0];
            current = newer != but && Take(newer) ? newer : older != but && Take(older) ? older : null;
            if (current == null)
            {
                BlobError error = network.TryLoad(reader, factory, 0, factory.Length);
                if (error != BlobError.None)
                {
                    // It was right when the updater was made.
                    throw new InvalidOperationException("The factory blob has changed in memory: error " + (int)error + ".");
                }
            }
        }

        private bool Take(ModelSlot slot)
        {
            return slot.Fetch() && LoadBuffer() == BlobError.None && shape.Is(network);
        }
    }
}
