using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;

namespace Tiny.Core.Tests.Blobs;

public class BlobRoundTripTests
{
    [Fact]
    public void Iris_with_labels_and_normalisation_takes_at_most_660_bytes() =>
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
        foreach (Network saved in new[] { Make.Classifier(5, 7, 3, activation), Make.Regression(5, 7, 2, activation) })
        {
            saved.Generation = 41;
            saved.ColumnsChecksum = 0xBEEF;
            byte[] blob = BlobWriter.ToArray(saved);
            Network loaded = Network.FromBlob(blob);
            Assert.Equal(blob, BlobWriter.ToArray(loaded));
            Assert.Equal(41, loaded.Generation);
            Assert.Equal(0xBEEF, loaded.ColumnsChecksum);
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
        Network network = new(new NetworkShape(33, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddLayer(20, Activation.Sigmoid).AddLayer(20, Activation.Linear).AddLayer(8, Activation.Linear), 100);
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
        Assert.Throws<ArgumentNullException>(() => network.Load(null));
    }

    [Fact]
    public void Names_in_any_script_survive()
    {
        Network network = new(Make.Iris().GetShape(), 100);
        string[] names = ["größer", "握る", "🙂 ok"];
        network.SetOutputNames(names);
        Network loaded = Network.FromBlob(BlobWriter.ToArray(network));
        Assert.Equal(names, Enumerable.Range(0, 3).Select(loaded.GetOutputName));
    }

    [Fact]
    public void Names_that_do_not_fit_are_refused_and_change_nothing()
    {
        Network network = Make.Iris();
        Assert.Throws<ArgumentException>(() => network.SetOutputNames(["one", "two"]));
        Assert.Throws<ArgumentException>(() => network.SetOutputNames(["a", "b", new string('c', 300)]));
        Assert.Throws<ArgumentException>(() => network.SetOutputNames([new string('a', 90), "b", "c"]));
        Assert.Equal("Iris-setosa", network.GetOutputName(0));
    }

    [Fact]
    public void Without_names_classes_go_by_number()
    {
        Network network = new(Make.Iris().GetShape(), 0);
        Assert.Equal("2", Network.FromBlob(BlobWriter.ToArray(network)).GetOutputName(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.GetOutputName(3));
    }

    [Fact]
    public void The_header_says_what_the_device_needs()
    {
        Network network = Make.Iris();
        BlobReader reader = new();
        byte[] blob = BlobWriter.ToArray(network);
        Assert.Equal(BlobError.None, reader.Open(blob, 0, blob.Length));
        Assert.Equal(blob.Length, reader.Length);
        Assert.Equal(DeviceMemory.ToPredict(network), reader.PredictRam);
        Assert.Equal(DeviceMemory.ToLearn(network), reader.LearnRam);
        Assert.Equal(131, reader.Shape.ParameterCount);
    }
}
