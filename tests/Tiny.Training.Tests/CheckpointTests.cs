using Tiny.Learning;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Export;
using Tiny.Training.Optimization;
using Tiny.Training.Tests.Data;

namespace Tiny.Training.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"tiny-{Guid.NewGuid():N}.checkpoint");

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.RmsProp)]
    [InlineData(OptimizerKind.Adam)]
    public void A_run_stopped_again_and_again_ends_with_the_same_blob(OptimizerKind optimizer)
    {
        TrainingOptions options = new()
        {
            Optimizer = optimizer,
            Epochs = 12,
            HiddenLayers = [20],
            Dropout = 0.2f,
            Batch = 16,
            Patience = 3,
            LearningRate = 0.01f
        };
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
                blob = BlobExporter.ToBlob(MakeTrainer(options)
                    .Run(progress: _ => StopAt(ref left, stop), checkpoint: new(path), cancel: stop.Token).Model);
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

        // Canceled before it begins, each run does one batch and then stops.
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
        Assert.Contains("seed", Assert.Throws<DataException>(
            () => MakeTrainer(options with { Seed = 9 }).Run(checkpoint: new(path))).Message);
        Assert.Contains("layers",
            Assert.Throws<DataException>(() => MakeTrainer(options with { HiddenLayers = [5] }).Run(checkpoint: new(path))).Message);
        Assert.Contains("rows and answers",
            Assert.Throws<DataException>(() => MakeTrainer(options, shift: 1e-3f).Run(checkpoint: new(path))).Message);
        Assert.Contains("class weights", Assert.Throws<DataException>(
            () => MakeTrainer(options with { ClassWeighting = ClassWeighting.Balanced }).Run(checkpoint: new(path))).Message);
        MakeTrainer(options with { Threads = 7 }).Run(checkpoint: new(path));
    }

    [Theory]
    [InlineData("labels swapped")]
    [InlineData("one label corrected")]
    [InlineData("rows turned round")]
    [InlineData("two values of a column swapped")]
    [InlineData("one held-back row changed")]
    public void Other_rows_with_the_same_means_and_deviations_are_another_run(string change)
    {
        float[] inputs = [.. Enumerable.Range(0, 200).Select(i => (float)(i * 37 % 101))];
        int[] classes = [.. Enumerable.Range(0, 100).Select(i => i % 2)];
        TrainingOptions options = new() { Epochs = 2, Patience = change.StartsWith("one held") ? 5 : 0 };
        Trainer Make() => new(Dataset.ForClassification([.. inputs], DataColumns.Unnamed(2, false), [.. classes], ["a", "b"]),
            [.. Enumerable.Range(0, 100)], options);
        Make().Run(checkpoint: new(path));
        Make().Run(checkpoint: new(path));
        switch (change)
        {
            case "labels swapped":
                classes = [.. classes.Select(index => 1 - index)];
                break;
            case "one label corrected":
                (classes[0], classes[1]) = (classes[1], classes[0]);
                break;
            case "rows turned round":
                inputs = [.. inputs.Chunk(2).Reverse().SelectMany(row => row)];
                Array.Reverse(classes);
                break;
            case "two values of a column swapped":
                (inputs[4], inputs[8]) = (inputs[8], inputs[4]);
                break;
            default:
                float heldBack = ((MemoryRows)Make().HeldBack!).Numbers[0];
                inputs[2 * (int)heldBack] += 1;
                break;
        }

        DataException fault = Assert.Throws<DataException>(() => Make().Run(checkpoint: new(path)));
        Assert.Contains("the checkpoint of another run: there \"rows and answers in their order", fault.Message);
    }

    [Fact]
    public void Rows_in_memory_and_streamed_ones_are_another_run_but_how_much_memory_is_left_over_is_not()
    {
        using TemporaryFile file = new("a,l\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i % 83},{i % 3}\n")));
        StorageOptions streamed = new(0, Path.GetTempPath()) { BlockBytes = 40, BufferBytes = 360, HeldBytes = 100 };
        void Run(StorageOptions storage)
        {
            using RowTable table = DatasetFile.ReadCsv(file.Path, new(), storage).Table;
            new Trainer(table.Schema, table.All(), new() { Epochs = 1 }).Run(checkpoint: new(path));
        }

        Run(new StorageOptions(10_000, Path.GetTempPath()));
        Run(new StorageOptions(1_000_000, Path.GetTempPath()));
        Assert.Contains("there \"rows in memory\", here \"rows streamed in blocks of 10 rows",
            Assert.Throws<DataException>(() => Run(streamed)).Message);
        File.Delete(path);
        Run(streamed);
        Run(streamed with { MemoryBytes = 50 });
        Assert.Contains("another run", Assert.Throws<DataException>(() => Run(streamed with { BufferBytes = 720 })).Message);
    }

    [Fact]
    public void A_checkpoint_of_another_version_and_a_file_that_is_none_are_told_apart()
    {
        File.WriteAllText(path, "Tiny checkpoint 1\n and what came then");
        Assert.Contains("found 1, expected 3; an earlier tiny",
            Assert.Throws<DataException>(() => MakeTrainer(new()).Run(checkpoint: new(path))).Message);
        File.WriteAllText(path, "Tiny checkpoint 12\n");
        Assert.Contains("a later tiny", Assert.Throws<DataException>(() => MakeTrainer(new()).Run(checkpoint: new(path))).Message);
        File.WriteAllText(path, "a,b,label\n1,2,x\n");
        string message = Assert.Throws<DataException>(() => MakeTrainer(new()).Run(checkpoint: new(path))).Message;
        Assert.Contains("no checkpoint", message);
        Assert.DoesNotContain("elete", message);
    }

    [Fact]
    public void While_one_run_is_at_work_with_it_no_other_gets_it()
    {
        using (Checkpoint first = new(path))
        {
            first.Claim();
            Assert.Contains("another run is at work", Assert.Throws<DataException>(new Checkpoint(path).Claim).Message);
            MakeTrainer(new() { Epochs = 1 }).Run(checkpoint: first);
            Assert.Throws<DataException>(() => MakeTrainer(new() { Epochs = 1 }).Run(checkpoint: new(path)));
        }

        MakeTrainer(new() { Epochs = 1 }).Run(checkpoint: new(path));
        Assert.False(File.Exists(path + ".lock"));
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
            DataException fault = Assert.Throws<DataException>(
                () => MakeTrainer(new() { Epochs = 1, HiddenLayers = [2] }).Run(checkpoint: new(path)));
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
