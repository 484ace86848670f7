using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests.Blobs;

public class BlobRoundTripTests
{
    [Fact]
    public void Iris_with_labels_and_normalization_takes_at_most_660_bytes() =>
        Assert.InRange(BlobWriter.ToArray(Make.Iris()).Length, 600, 660);

    [Theory]
    [InlineData(Activation.Linear)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Elu)]
    [InlineData(Activation.Swish)]
    [InlineData(Activation.Maxout)]
    public void A_loaded_network_answers_and_saves_as_the_one_that_was_saved(Activation activation)
    {
        foreach (Network made in new[] { Make.Classifier(5, 7, 3, activation), Make.Regression(5, 7, 2, activation) })
        {
            Network saved = made.With(columns: 0xBEEF);
            saved.Generation = 41;
            byte[] blob = BlobWriter.ToArray(saved);
            Network loaded = Network.FromBlob(blob);
            Assert.Equal(blob, BlobWriter.ToArray(loaded));
            Assert.Equal(41, loaded.Generation);
            Assert.Equal(0xBEEF, loaded.Notes.ColumnsChecksum);
            float[] sample = Make.Sample(5, 9);
            float[] expected = new float[saved.Outputs];
            float[] answer = new float[saved.Outputs];
            Assert.Equal(saved.Predict(sample, expected), loaded.Predict(sample, answer));
            Assert.Equal(expected, answer);
        }
    }

    [Fact]
    public void Smaller_models_load_into_a_larger_network_without_allocating()
    {
        Network network = new PlanBuilder(33, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddDense(20, Activation.Sigmoid).AddDense(20, Activation.Linear).AddDense(8, Activation.Linear).ToNetwork(100);
        byte[][] blobs =
        [
            BlobWriter.ToArray(Make.Classifier(4, 16, 3)),
            BlobWriter.ToArray(Make.Regression(10, 20, 8)),
            BlobWriter.ToArray(Make.Classifier(33, 10, 8, Activation.Maxout)),
            BlobWriter.ToArray(Make.Regression(1, 1, 1, Activation.Elu)),
        ];
        BlobReader reader = new();
        foreach (byte[] blob in blobs)
        {
            network.TryLoad(reader, blob, 0, blob.Length);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            foreach (byte[] blob in blobs)
            {
                if (network.TryLoad(reader, blob, 0, blob.Length) != BlobError.None)
                {
                    Assert.Fail("A model within the capacity was refused.");
                }
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        foreach (byte[] blob in blobs)
        {
            network.Load(blob);
            Assert.Equal(blob, BlobWriter.ToArray(network));
        }
    }

    [Fact]
    public void Reader_and_writer_work_anywhere_in_a_larger_buffer()
    {
        Network network = Make.Iris();
        byte[] buffer = new byte[1000];
        int length = BlobWriter.Write(network, buffer, 101);
        Assert.Equal(BlobWriter.Measure(network), length);
        Assert.Equal(BlobError.None, network.TryLoad(new BlobReader(), buffer, 101, length));
        Assert.Equal(BlobWriter.ToArray(network), buffer.AsSpan(101, length).ToArray());
        Assert.Throws<ArgumentException>(() => BlobWriter.Write(network, buffer, 1000 - length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TryLoad(new BlobReader(), buffer, 900, length));
        Assert.Throws<ArgumentNullException>(() => network.Load(null!));
    }

    [Fact]
    public void Names_in_any_script_survive()
    {
        string[] names = ["größer", "握る", "🙂 ok"];
        Network loaded = Network.FromBlob(BlobWriter.ToArray(Make.Iris().WithOutputNames(names)));
        Assert.Equal(names, Enumerable.Range(0, 3).Select(loaded.GetOutputName));
    }

    [Fact]
    public void Names_that_do_not_fit_are_refused()
    {
        Network network = Make.Iris();
        Assert.Throws<ArgumentException>(() => network.WithOutputNames("one", "two"));
        Assert.Throws<ArgumentException>(() => network.WithOutputNames("a", "b", new string('c', 300)));
        Assert.Equal("Iris-setosa", network.GetOutputName(0));
    }

    [Fact]
    public void Without_names_classes_go_by_number()
    {
        Network network = Make.Iris().WithOutputNames();
        Assert.Equal("2", Network.FromBlob(BlobWriter.ToArray(network)).GetOutputName(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.GetOutputName(3));
    }

    [Fact]
    public void What_the_desk_reckoned_of_memory_travels_with_the_model()
    {
        byte[] plan = new PlanBuilder(4, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { PredictRam = 1234, LearnRam = 2345 }
            .AddDense(3, Activation.Softmax).ToBytes();
        byte[] blob = BlobWriter.ToArray(Network.FromBlob(BlobWriter.ToArray(Network.FromPlan(plan))));
        BlobReader reader = new();
        Assert.Equal(BlobError.None, reader.Open(blob, 0, blob.Length));
        Assert.Equal(blob.Length, reader.Length);
        Assert.Equal((1234, 2345), (reader.Int32At(BlobFormat.PredictRamAt), reader.Int32At(BlobFormat.LearnRamAt)));
    }

    /// <summary>A sample of an image, and room for names of other models.</summary>
    [Fact]
    public void A_shape_and_a_capacity_for_names_survive()
    {
        PlanBuilder plan = new(12, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 2, Width = 3 };
        byte[] blob = BlobWriter.ToArray(plan.AddDense(2, Activation.Softmax).ToNetwork());
        BlobReader reader = new();
        Assert.Equal(BlobError.None, reader.Open(blob, 0, blob.Length));
        reader.Rewind();
        Assert.Equal((2, 3, 2), (reader.Dimension(0, 0), reader.Dimension(0, 1), reader.Dimension(0, 2)));
        Network network = plan.ToNetwork(100);
        network.Load(BlobWriter.ToArray(Network.FromBlob(blob).WithOutputNames("a name of some length", "another")));
        Assert.Equal("another", network.GetOutputName(1));
        Assert.Throws<BlobException>(() => plan.WithNames("long", "longer").ToNetwork(3));
    }
}
