using Tiny.Core;
using Tiny.Core.Arithmetic;

namespace Tiny.Adaptation.Tests;

public class DriftMonitorTests
{
    [Fact]
    public void The_training_set_itself_does_not_drift()
    {
        (Network network, DriftMonitor monitor) = Make(200);
        Watch(network, monitor, 2000, (random, i) => Normal(random));
        Assert.InRange(monitor.Score(), 0, 0.2);
        Assert.False(monitor.AsksForLabels);
    }

    [Theory]
    [InlineData(1.0, 1.0, 1.0)]   // every input a deviation off
    [InlineData(0.0, 2.0, 1.0)]   // twice the deviation
    [InlineData(-0.6, 1.0, 0.6)]
    [InlineData(0.8, 1.6, 1.0)]   // both: sqrt(0.64 + 0.36)
    public void A_shift_comes_out_at_its_size_in_standard_deviations(double mean, double deviation, double expected)
    {
        (Network network, DriftMonitor monitor) = Make(400);
        Watch(network, monitor, 4000, (random, i) => mean + deviation * Normal(random));
        Assert.InRange(monitor.Score(), expected - 0.15, expected + 0.15);
        Assert.True(monitor.AsksForLabels);
    }

    [Fact]
    public void The_average_is_right_from_the_first_observation_and_labels_are_asked_for_only_later()
    {
        (Network network, DriftMonitor monitor) = Make(50);
        Assert.Equal(0f, monitor.Score());
        float[] outputs = [0f, 0f];
        monitor.Observe(At(network, 3f), [1f, 0f]);

        // Three deviations off with no spread at all: sqrt(9 + 1).
        Assert.Equal(Math.Sqrt(10), monitor.Score(), 1e-3);
        Assert.False(monitor.AsksForLabels);
        for (int i = 1; i < 50; i++)
        {
            monitor.Observe(At(network, 3f), [1f, 0f]);
        }

        Assert.Equal(Math.Sqrt(10), monitor.Score(), 1e-3);
        Assert.True(monitor.AsksForLabels);
        monitor.Reset();
        Assert.Equal(0f, monitor.Score());
    }

    [Fact]
    public void Unsure_answers_add_their_share()
    {
        (Network network, DriftMonitor monitor) = Make(100);
        SeededRandom random = new(1);
        for (int i = 0; i < 1000; i++)
        {
            float[] inputs = [.. Enumerable.Range(0, network.Inputs).Select(input => (float)(input + (input + 1) * Normal(random)))];
            monitor.Observe(inputs, i % 4 == 0 ? [0.55f, 0.45f] : [0.95f, 0.05f]);
        }

        float withUnsure = monitor.Score();
        monitor.Confidence = 0.5f;
        Assert.InRange(withUnsure, 0.25, 0.45);
    }

    private static void Watch(Network network, DriftMonitor monitor, int count, Func<SeededRandom, int, double> normalised)
    {
        SeededRandom random = new(3);
        for (int i = 0; i < count; i++)
        {
            float[] inputs = [.. Enumerable.Range(0, network.Inputs).Select(input => (float)(input + (input + 1) * normalised(random, input)))];
            monitor.Observe(inputs, [0.9f, 0.1f]);
        }
    }

    private static float[] At(Network network, float deviations) => [.. Enumerable.Range(0, network.Inputs).Select(i => i + (i + 1) * deviations)];

    private static double Normal(SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextFloat())) * Math.Cos(2 * Math.PI * random.NextFloat());

    /// <summary>Input i has mean i and deviation i + 1 in training.</summary>
    private static (Network Network, DriftMonitor Monitor) Make(int memory)
    {
        Network network = new(new NetworkShape(8, NetworkTask.Classification, Core.Losses.Loss.SoftmaxCrossEntropy).AddLayer(2, Core.Activations.Activation.Softmax));
        for (int i = 0; i < 8; i++)
        {
            network.Scaling.SetInput(i, i, 1f / (i + 1));
        }

        return (network, new DriftMonitor(network, memory));
    }
}
