// Over 300 lines: the tests of one class.
using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Emulator.Flash;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Adaptation.Tests.Storage;

/// <summary>
/// Every cut, every flipped bit, every refusal: what is loaded afterward is what was saved before or what was being saved, to the bit.
/// </summary>
public class SlotStoreTests
{
    public static TheoryData<int[], bool> Models => new()
    {
        { [4, 16, 3], true },
        { [4, 16, 3], false },
        { [33, 20, 10, 4], true },
        { [33, 20, 10, 4], false },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_cut_at_every_byte_and_every_call_leaves_the_state_before_or_after(int[] widths, bool lastLayerOnly)
    {
        byte[] factory = Factory(widths);
        int tried = 0;
        int old = 0;
        int fresh = 0;

        // With the slots empty, one full, both full, and both full the other way round.
        for (int saves = 0; saves < 4; saves++)
        {
            long operations = OperationsOfSave(factory, saves, lastLayerOnly);
            for (long cut = 0; cut < operations; cut++, tried++)
            {
                Device device = new(factory, lastLayerOnly, seed: (int)cut);
                byte[] before = device.LearnAndSave(saves);
                byte[] after = device.Learn();
                device.Flash.CutAfter(cut);
                Assert.Throws<PowerCutException>(() => device.Store.Save());
                byte[] loaded = device.Restart();
                Assert.True(loaded.AsSpan().SequenceEqual(before) || loaded.AsSpan().SequenceEqual(after),
                    $"{saves} saves, cut at {cut}: neither before nor after.");
                old += loaded.AsSpan().SequenceEqual(before) ? 1 : 0;
                fresh += loaded.AsSpan().SequenceEqual(after) ? 1 : 0;

                // And it goes on: the next save counts.
                byte[] next = device.Learn();
                Assert.Equal(SaveResult.Saved, device.Store.Save());
                Assert.Equal(next, device.Restart());
            }
        }

        Assert.True(tried > 4 * 200 && old > tried / 2 && fresh > 0, $"{tried} cuts: {old} before, {fresh} after.");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void One_flipped_bit_in_any_byte_of_any_slot_leaves_one_of_the_two_states(int[] widths, bool lastLayerOnly)
    {
        byte[] factory = Factory(widths);
        Device device = new(factory, lastLayerOnly, seed: 1);
        byte[] first = device.LearnAndSave(1);
        byte[] second = device.Learn();
        Assert.Equal(SaveResult.Saved, device.Store.Save());
        int length = device.Store.SaveBytes;
        for (int slot = 0; slot < 2; slot++)
        {
            for (int at = 0; at < length; at++)
            {
                int bit = at % 8;
                device.Flash.FlipBit(slot, at, bit);
                byte[] loaded = device.Restart();
                Assert.True(loaded.AsSpan().SequenceEqual(slot == 0 ? second : first), $"slot {slot}, byte {at}, bit {bit}");
                device.Flash.FlipBit(slot, at, bit);
            }
        }

        Assert.Equal(second, device.Restart());
    }

    [Fact]
    public void With_both_slots_broken_the_factory_weights_are_loaded_and_said_to_be()
    {
        byte[] factory = Factory([4, 16, 3]);
        Device device = new(factory, true, seed: 1);
        Assert.Equal(WeightsSource.Factory, device.Source);
        byte[] delivered = BlobWriter.ToArray(device.Network);
        device.LearnAndSave(2);
        device.Restart();
        Assert.Equal(WeightsSource.SecondSlot, device.Source);
        device.Flash.FlipBit(0, 40, 3);
        device.Flash.FlipBit(1, 50, 6);
        Assert.Equal(delivered, device.Restart());
        Assert.Equal(WeightsSource.Factory, device.Source);
        Assert.Equal(0, device.Store.Generation);
    }

    [Fact]
    public void A_save_that_is_refused_anywhere_says_so_and_keeps_what_was_saved()
    {
        byte[] factory = Factory([4, 16, 3]);
        for (int calls = 0; calls < 3; calls++)
        {
            Device device = new(factory, true, seed: 1);
            byte[] before = device.LearnAndSave(2);
            device.Learn();
            device.Flash.RefuseAfter(calls);
            Assert.Equal(SaveResult.Refused, device.Store.Save());
            Assert.Equal(before, device.Restart());
        }
    }

    [Fact]
    public void No_room_and_stale_reads_are_noticed_before_a_save_counts()
    {
        byte[] factory = Factory([4, 16, 3]);
        Device full = new(factory, true, seed: 1);
        byte[] before = full.LearnAndSave(2);
        full.Learn();
        full.Flash.Room = 100;
        Assert.Equal(SaveResult.Refused, full.Store.Save());
        Assert.Equal(before, full.Restart());

        // Reads that show the last flush are right after a flush, and so a save succeeds.
        Device stale = new(factory, true, seed: 1);
        stale.Flash.ReadsAreStale = true;
        byte[] saved = stale.LearnAndSave(3);
        Assert.Equal(saved, stale.Restart());
        Assert.Throws<ArgumentException>(() => new SlotStore(Network.FromBlob(factory), factory, new MemoryStorage(100)));
    }

    [Fact]
    public void Storage_that_writes_something_else_is_found_out()
    {
        byte[] factory = Factory([4, 16, 3]);
        Network network = Network.FromBlob(factory);
        Adapter.FreezeAllButLast(network);
        SlotStore store = new(network, factory, new LyingStorage());
        store.Load();
        Assert.Equal(SaveResult.NotVerified, store.Save());
        Assert.Equal(0, store.Generation);
    }

    [Fact]
    public void Slots_of_another_factory_blob_are_not_believed()
    {
        byte[] factory = Factory([4, 16, 3]);
        Device device = new(factory, true, seed: 1);
        device.LearnAndSave(3);
        byte[] update = Factory([4, 16, 3], seed: 2);
        Network network = Network.FromBlob(update);
        Adapter.FreezeAllButLast(network);
        SlotStore store = new(network, update, new FlashStorage(device.Flash));
        Assert.Equal(WeightsSource.Factory, store.Load());
        Assert.Equal(update, BlobWriter.ToArray(network));
        Assert.Equal(SaveResult.Saved, store.Save());
        Assert.Equal(1, store.Generation);
    }

    [Fact]
    public void The_factory_weights_can_always_be_restored_and_a_save_needs_a_load()
    {
        byte[] factory = Factory([4, 16, 3]);
        Network network = Network.FromBlob(factory);
        Adapter.FreezeAllButLast(network);
        SlotStore store = new(network, factory, new MemoryStorage(512));
        Assert.Throws<InvalidOperationException>(() => store.Save());
        store.Load();
        new SgdLearner(network).Learn([1f, 2f, 3f, 4f], 1);
        Assert.NotEqual(factory, BlobWriter.ToArray(network));
        store.RestoreFactory();
        Assert.Equal(factory, BlobWriter.ToArray(network));
    }

    /// <summary>What would be saved could not be loaded again, or not into what it belongs to.</summary>
    [Fact]
    public void A_network_that_has_become_another_is_not_saved()
    {
        byte[] factory = Factory([4, 16, 3]);
        Network network = Network.FromBlob(factory);
        Adapter.FreezeAllButLast(network);
        SlotStore store = new(network, factory, new MemoryStorage(1024));
        store.Load();
        Assert.Equal(SaveResult.Saved, store.Save());
        network.GetLayer(0).Frozen = false;
        Assert.Throws<InvalidOperationException>(() => store.Save());
        network.GetLayer(0).Frozen = true;
        network.Load(Factory([4, 8, 3]));
        Assert.Throws<InvalidOperationException>(() => store.Save());
        Assert.Equal(WeightsSource.FirstSlot, store.Load());
        Assert.Equal(SaveResult.Saved, store.Save());
        Assert.Throws<ArgumentNullException>(() => SlotStore.Measure(null!));
    }

    [Fact]
    public void Wear_is_counted_and_is_the_layers_that_learn()
    {
        Device device = new(Factory([4, 16, 3]), true, seed: 1);
        device.LearnAndSave(5);
        Assert.Equal(32 + 4 * (16 * 3 + 3), device.Store.SaveBytes);
        Assert.Equal(5 * device.Store.SaveBytes, device.Store.BytesWritten);
        Assert.Equal(device.Flash.BytesWritten, device.Store.BytesWritten);
        Assert.Equal(32 + 4 * (4 * 16 + 16 + 16 * 3 + 3), new Device(Factory([4, 16, 3]), false, seed: 1).Store.SaveBytes);
    }

    [Fact]
    public void Saving_and_loading_allocate_nothing()
    {
        byte[] factory = Factory([33, 20, 10, 4]);
        Network network = Network.FromBlob(factory);
        SlotStore store = new(network, factory, new MemoryStorage(8192));
        store.Load();
        store.Save();
        store.Load();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            store.Save();
            store.Load();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101, store.Generation);
    }

    private static long OperationsOfSave(byte[] factory, int saves, bool lastLayerOnly)
    {
        Device device = new(factory, lastLayerOnly, seed: 0);
        device.LearnAndSave(saves);
        device.Learn();
        long before = device.Flash.Operations;
        Assert.Equal(SaveResult.Saved, device.Store.Save());
        return device.Flash.Operations - before;
    }

    internal static byte[] Factory(int[] widths, int seed = 1)
    {
        PlanBuilder shape = new(widths[0], NetworkTask.Classification, Loss.SoftmaxCrossEntropy);
        for (int i = 1; i < widths.Length; i++)
        {
            shape.AddDense(widths[i], i < widths.Length - 1 ? Activation.Relu : Activation.Softmax);
        }

        Network network = shape.ToNetwork();
        Initializers.Draw(network, seed);
        return BlobWriter.ToArray(network);
    }

    /// <summary>A model that knows the rule the field will vary.</summary>
    internal static byte[] Taught(Func<float[], int> rule)
    {
        Network network = Network.FromBlob(Factory([4, 16, 3]));
        SgdLearner learner = new(network) { LearningRate = 0.05f };
        SeededRandom random = new(12);
        for (int i = 0; i < 3000; i++)
        {
            float[] sample = [.. Enumerable.Range(0, 4).Select(_ => random.NextSymmetric(2f))];
            learner.Learn(sample, rule(sample));
        }

        return BlobWriter.ToArray(network);
    }

    /// <summary>A device with flash: learns, saves, is cut off, starts again.</summary>
    private sealed class Device
    {
        private readonly byte[] factory;
        private readonly bool lastLayerOnly;
        private int lesson;

        internal Device(byte[] factory, bool lastLayerOnly, int seed)
        {
            this.factory = factory;
            this.lastLayerOnly = lastLayerOnly;
            Flash = new EmulatedFlash(8192, seed: seed);
            Network = Network.FromBlob(factory);
            Store = Start();
        }

        internal EmulatedFlash Flash { get; }

        internal Network Network { get; private set; }

        internal SlotStore Store { get; private set; }

        internal WeightsSource Source { get; private set; }

        /// <summary>Learns something new and returns the network as it is then; the generation is that of the save to come.</summary>
        internal byte[] Learn()
        {
            float[] sample = new float[Network.Inputs];
            for (int i = 0; i < sample.Length; i++)
            {
                sample[i] = (lesson * 7 + i * 3) % 11 - 5;
            }

            new SgdLearner(Network) { LearningRate = 0.05f }.Learn(sample, lesson++ % Network.ClassCount);
            return StateOf(Network);
        }

        /// <summary>Saves so many times, learning in between, and returns the state saved last.</summary>
        internal byte[] LearnAndSave(int times)
        {
            byte[] state = StateOf(Network);
            for (int i = 0; i < times; i++)
            {
                state = Learn();
                Assert.Equal(SaveResult.Saved, Store.Save());
            }

            return state;
        }

        /// <summary>Power comes back: everything but the flash is new. Returns the state loaded.</summary>
        internal byte[] Restart()
        {
            Flash.PowerUp();
            Network = Network.FromBlob(factory);
            Store = Start();
            return StateOf(Network);
        }

        private SlotStore Start()
        {
            if (lastLayerOnly)
            {
                Adapter.FreezeAllButLast(Network);
            }

            SlotStore store = new(Network, factory, new FlashStorage(Flash));
            Source = store.Load();
            return store;
        }

        /// <summary>All weights; the generation is the store's affair.</summary>
        private static byte[] StateOf(Network network)
        {
            int generation = network.Generation;
            network.Generation = 0;
            byte[] blob = BlobWriter.ToArray(network);
            network.Generation = generation;
            return blob;
        }
    }

    private sealed class LyingStorage : ISlotStorage
    {
        public int Capacity => 4096;

        public int Read(int slot, int at, byte[] buffer, int length)
        {
            Array.Fill(buffer, (byte)7, 0, length);
            return length;
        }

        public bool Erase(int slot) => true;

        public bool Write(int slot, int at, byte[] buffer, int length) => true;

        public bool Flush(int slot) => true;
    }
}
