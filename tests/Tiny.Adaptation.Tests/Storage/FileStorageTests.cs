using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Saving;

namespace Tiny.Adaptation.Tests.Storage;

public sealed class FileStorageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tiny-slots-").FullName + Path.DirectorySeparatorChar;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_saved_in_files_is_loaded_by_the_next_run()
    {
        byte[] factory = SlotStoreTests.Factory([33, 20, 10, 4]);
        byte[] saved = [];
        for (int run = 0; run < 5; run++)
        {
            Network network = Network.FromBlob(factory);
            SlotStore store = new(network, factory, new FileStorage(folder, 8192));
            WeightsSource expected = run == 0 ? WeightsSource.Factory : run % 2 == 1 ? WeightsSource.FirstSlot : WeightsSource.SecondSlot;
            Assert.Equal(expected, store.Load());
            if (run > 0)
            {
                Assert.Equal(saved, BlobWriter.ToArray(network));
            }

            new SgdLearner(network).Learn(new float[33], run % 4);
            Assert.Equal(SaveResult.Saved, store.Save());
            Assert.Equal(run + 1, store.Generation);
            saved = BlobWriter.ToArray(network);
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_leaves_the_other()
    {
        byte[] factory = SlotStoreTests.Factory([4, 16, 3]);
        Network network = Network.FromBlob(factory);
        SlotStore store = new(network, factory, new FileStorage(folder, 8192));
        store.Load();
        store.Save();
        store.Save();
        string newest = Path.Combine(folder, "weights1.slot");
        byte[] bytes = File.ReadAllBytes(newest);
        Assert.Equal(store.SaveBytes, bytes.Length);
        for (int length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(newest, bytes[..length]);
            Assert.Equal(WeightsSource.FirstSlot, store.Load());
        }
    }

    [Fact]
    public void A_medium_that_is_not_there_is_a_result_not_an_exception()
    {
        FileStorage storage = new(folder + "none" + Path.DirectorySeparatorChar, 100);
        Assert.Equal(0, storage.Read(0, 0, new byte[10], 10));
        Assert.False(storage.Erase(0));
        Assert.False(storage.Write(0, 0, new byte[10], 10));
        Assert.False(new FileStorage(folder, 5).Write(0, 0, new byte[10], 10));
    }

    [Fact]
    public void A_folder_without_a_separator_at_its_end_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new FileStorage(null!, 10));
        Assert.All(new[] { "", "I:", folder + "slots" },
            wrong => Assert.Contains("separator", Assert.Throws<ArgumentException>(() => new FileStorage(wrong, 10)).Message));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileStorage(folder, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryStorage(-1));
    }
}
