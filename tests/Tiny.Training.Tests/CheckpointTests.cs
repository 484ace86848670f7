using Tiny.Core.Arithmetic;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Export;
using Tiny.Training.Optimisation;
using Tiny.Training.Tests.Data;

namespace Tiny.Training.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"tiny-{Guid.NewGuid():N}.checkpoint");

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(OptimiserKind.Sgd)]
    [InlineData(OptimiserKind.Momentum)]
    [InlineData(OptimiserKind.RmsProp)]
    [InlineData(OptimiserKind.Adam)]
    public void A_run_stopped_again_and_again_ends_with_the_same_blob(OptimiserKind optimiser)
    {
        TrainingOptions options = new() { Optimiser = optimiser, Epochs = 12, HiddenLayers = [20], Dropout = 0.2f, Batch = 16, Patience = 3, LearningRate = 0.01f };
        byte[] whole = BlobExporter.ToBlob(MakeTrainer(options).Run().Model);
        SeededRandom random = new(3);
        int stops = 0;
        byte[]? blob = null;
        while (blob is null)
        {
            // Each time a trainer of its own, as in a new process, that is stopped within a few epochs.
            using CancellationTokenSource stop = new();
            int left = 1 + random.NextInt(3);
            try
            {
                blob = BlobExporter.ToBlob(MakeTrainer(options).Run(progress: _ => StopAt(ref left, stop), checkpoint: new(path), cancel: stop.Token).Model);
            }
            catch (OperationCanceledException)
            {
                stops++;
            }
        }

        Assert.True(stops > 2, $"It was stopped {stops} times only.");
        Assert.Equal(whole, blob);
    }

    [Fact]
    public void A_stream_goes_on_in_the_middle_of_an_epoch()
    {
        string text = "a,l\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i % 83},{i % 3}\n"));
        using TemporaryFile file = new(text);
        StorageOptions small = new(0, Path.GetTempPath()) { BlockBytes = 40, BufferBytes = 360, HeldBytes = 100 };
        TrainingOptions options = new() { Epochs = 3, Batch = 7 };
        byte[] Run(CancellationToken cancel)
        {
            using RowTable table = DatasetFile.ReadCsv(file.Path, new(), small).Table;
            return BlobExporter.ToBlob(new Trainer(table.Schema, table.All(), options).Run(checkpoint: new(path), cancel: cancel).Model);
        }

        byte[] whole = Run(default);
        File.Delete(path);

        // Cancelled before it begins, each run does one batch and then stops.
        using CancellationTokenSource stopped = new();
        stopped.Cancel();
        for (int batch = 0; batch < 100; batch++)
        {
            Assert.Throws<OperationCanceledException>(() => Run(stopped.Token));
        }

        Assert.Equal(whole, Run(default));
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_told_apart_in_words()
    {
        TrainingOptions options = new() { Epochs = 2 };
        MakeTrainer(options).Run(checkpoint: new(path));
        DataException fault = Assert.Throws<DataException>(() => MakeTrainer(options with { Batch = 8 }).Run(checkpoint: new(path)));
        Assert.Contains("there \"batch 32\", here \"batch 8\"", fault.Message);
        Assert.Contains("seed", Assert.Throws<DataException>(() => MakeTrainer(options with { Seed = 9 }).Run(checkpoint: new(path))).Message);
        Assert.Contains("layers", Assert.Throws<DataException>(() => MakeTrainer(options with { HiddenLayers = [5] }).Run(checkpoint: new(path))).Message);
        Assert.Contains("statistics", Assert.Throws<DataException>(() => MakeTrainer(options, shift: 1e-3f).Run(checkpoint: new(path))).Message);
        MakeTrainer(options with { Threads = 7 }).Run(checkpoint: new(path));
    }

    [Fact]
    public void Every_damaged_byte_is_noticed()
    {
        MakeTrainer(new() { Epochs = 1, HiddenLayers = [2] }).Run(checkpoint: new(path));
        byte[] bytes = File.ReadAllBytes(path);
        Assert.InRange(bytes.Length, 500, 5000);
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 4;
            File.WriteAllBytes(path, bytes);
            bytes[i] ^= 4;
            DataException fault = Assert.Throws<DataException>(() => MakeTrainer(new() { Epochs = 1, HiddenLayers = [2] }).Run(checkpoint: new(path)));
            Assert.Contains(path, fault.Message);
        }

        File.WriteAllBytes(path, bytes[..^1]);
        Assert.Throws<DataException>(() => MakeTrainer(new() { Epochs = 1, HiddenLayers = [2] }).Run(checkpoint: new(path)));
    }

    [Fact]
    public void Epochs_after_the_first_allocate_nothing()
    {
        List<long> allocated = [];
        TrainingOptions options = new() { Epochs = 12, HiddenLayers = [20], Dropout = 0.2f, Patience = 100, Threads = 1 };
        MakeTrainer(options).Run(progress: _ => allocated.Add(GC.GetAllocatedBytesForCurrentThread()));

        // What it tells of an epoch, and what it finds out about the held-back rows, are a few objects; rows, batches and steps are none.
        long[] each = [.. allocated.Zip(allocated.Skip(1), (before, after) => after - before).Skip(1)];
        Assert.All(each, bytes => Assert.InRange(bytes, 0, 1000));
        TrainingOptions larger = options with { Batch = 2 };
        allocated.Clear();
        MakeTrainer(larger).Run(progress: _ => allocated.Add(GC.GetAllocatedBytesForCurrentThread()));
        Assert.Equal(each[^1], allocated[^1] - allocated[^2]);
    }

    private static void StopAt(ref int left, CancellationTokenSource stop)
    {
        if (--left == 0)
        {
            stop.Cancel();
        }
    }

    private static Trainer MakeTrainer(TrainingOptions options, float shift = 0)
    {
        SeededRandom random = new(8);
        float[] inputs = [.. Enumerable.Range(0, 300).Select(_ => random.NextSymmetric(1f) + shift)];
        int[] classes = [.. Enumerable.Range(0, 100).Select(i => inputs[3 * i] > inputs[3 * i + 1] ? 1 : 0)];
        Dataset data = Dataset.ForClassification(inputs, DataColumns.Unnamed(3, false), classes, ["a", "b"]);
        return new Trainer(data, [.. Enumerable.Range(0, 100)], options);
    }
}
