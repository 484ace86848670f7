using Tiny.Core.Activations;
using Tiny.Training.Data;
using Tiny.Training.Layers;
using Tiny.Training.Networks;

namespace Tiny.Training.Tests;

public class ModelLimitsTests
{
    private const long Terabyte = 1L << 40;

    [Fact]
    public void Parameters_that_no_blob_holds_are_counted_in_full_and_refused()
    {
        string message = Fault(4, [.. Enumerable.Repeat(16384, 10)], 32, Terabyte);
        Assert.Contains("2,416,148,480 weights and biases", message);
        Assert.Contains("a model file holds 536,608,767", message);
        Assert.Contains("fewer or narrower layers", message);
    }

    [Fact]
    public void Maxout_counts_twice()
    {
        Assert.Null(FaultOrNull(4, Layers([16384, 16384], Activation.Relu), 32, Terabyte));
        Assert.Contains("537,067,520 weights", Fault(4, Layers([16384, 16384], Activation.Maxout), 32, Terabyte));
    }

    [Fact]
    public void What_the_machine_has_no_memory_for_is_refused_with_both_figures()
    {
        // 16 million weights: parameters, two moments and the batch, then the device's network and the blob.
        Assert.Null(FaultOrNull(1000, Layers([16000], Activation.Relu), 32, 500_000_000));
        Assert.Contains("takes 0.4 GB of memory; there are 0.1 GB", Fault(1000, [16000], 32, 100_000_000));
    }

    [Fact]
    public void A_batch_that_no_array_holds_is_refused()
    {
        string message = Fault(4, [16384], 200_000, Terabyte);
        Assert.Contains("in batches of 200,000 rows", message);
        Assert.Contains("a smaller --batch", message);
    }

    [Fact]
    public void The_trainer_asks_before_it_allocates()
    {
        Dataset data = Dataset.ForClassification([0f, 1f, 2f, 3f], DataColumns.Unnamed(1, false), [0, 1, 0, 1], ["a", "b"]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("2,416,", Assert.Throws<DataException>(
            () => new Trainer(data, [0, 1, 2, 3], new() { HiddenLayers = [.. Enumerable.Repeat(16384, 10)] })).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Equal(11, Trainer.LayersFor(data.Schema, new() { HiddenLayers = [.. Enumerable.Repeat(16384, 10)] }).Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void A_network_by_itself_refuses_what_no_array_holds() =>
        Assert.Throws<ArgumentException>(() => new TrainingNetwork(16384, Layers([.. Enumerable.Repeat(16384, 10)], Activation.Relu),
        Tiny.Core.Losses.Loss.MeanSquaredError));

    private static string Fault(int inputs, int[] widths, int batch, long memory) =>
        Fault(inputs, Layers(widths, Activation.Relu), batch, memory);

    private static string Fault(int inputs, LayerDescription[] layers, int batch, long memory) =>
        FaultOrNull(inputs, layers, batch, memory) ?? throw new Xunit.Sdk.XunitException("Nothing was refused.");

    private static string? FaultOrNull(int inputs, LayerDescription[] layers, int batch, long memory) =>
        (Record.Exception(() => ModelLimits.Check(inputs, TrainingNetwork.Create(Shape.Vector(inputs), NodeDescription.Chain(layers)),
        batch, new(), memory)) as DataException)?.Message;

    private static LayerDescription[] Layers(int[] widths, Activation activation) =>
        [.. widths.Select(width => new DenseDescription(width, activation))];
}
