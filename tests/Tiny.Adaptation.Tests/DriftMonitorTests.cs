using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

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

    /// <summary>
    /// What a loose wire or a board's reset gives once: the score hardly moves, no labels are
    /// asked for, and it is forgotten like any other reading.
    /// </summary>
    [Theory]
    [InlineData(3.4e38f)]
    [InlineData(-3.4e38f)]
    [InlineData(1e20f)]
    [InlineData(-1e6f)]
    [InlineData(60f)]
    public void One_glitch_moves_the_score_by_its_share_and_is_forgotten(float glitch)
    {
        const int Memory = 100;
        (Network network, DriftMonitor monitor) = Make(Memory);
        (_, DriftMonitor undisturbed) = Make(Memory);
        float[] wrong = [.. Enumerable.Repeat(glitch, network.Inputs)];
        Watch(network, monitor, 1000, (random, i) => Normal(random));
        Watch(network, undisturbed, 1000, (random, i) => Normal(random));
        Assert.True(monitor.Observe(wrong, [0.9f, 0.1f]));
        undisturbed.Observe(At(network, 0f), [0.9f, 0.1f]);

        // All inputs at once: the mean moves by 4 / memory, the variance by 16 / memory, so the deviation by about 8 / memory.
        Assert.InRange(monitor.Score() - undisturbed.Score(), -0.01, 9.0 / Memory);
        for (int i = 0; i < 40 * Memory; i++)
        {
            Assert.False(monitor.AsksForLabels);
            Watch(network, monitor, 1, (random, input) => Normal(random), seed: i);
            Watch(network, undisturbed, 1, (random, input) => Normal(random), seed: i);
        }

        Assert.Equal(undisturbed.Score(), monitor.Score(), 1e-5);
        Watch(network, monitor, 5 * Memory, (random, i) => 2 + Normal(random));
        Assert.True(monitor.AsksForLabels);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_finite_is_refused_and_changes_nothing(float bad)
    {
        (Network network, DriftMonitor monitor) = Make(50);
        Watch(network, monitor, 500, (random, i) => Normal(random));
        float score = monitor.Score();
        float[] reading = At(network, 0f);
        reading[^1] = bad;
        Assert.False(monitor.Observe(reading, [0.9f, 0.1f]));
        Assert.False(monitor.Observe(At(network, 0f), [bad, 0.1f]));
        Assert.Equal((score, 500), (monitor.Score(), monitor.Observations));
    }

    /// <summary>
    /// However absurd what comes, the score is a number within its bounds: inputs that were
    /// constant in training, whose scale is 0, included.
    /// </summary>
    [Fact]
    public void The_score_is_bounded_whatever_is_observed()
    {
        (Network network, DriftMonitor monitor) = Make(2);
        network.Scaling.SetInput(3, -3e38f, 0f);
        network.Scaling.SetInput(4, -3e38f, 3e38f);
        float[] absurd = [float.MaxValue, float.MinValue, 0f, float.Epsilon, 1e12f];
        for (int i = 0; i < 500; i++)
        {
            Assert.True(monitor.Observe(
                [.. Enumerable.Range(0, network.Inputs).Select(input => absurd[(i + input * i) % absurd.Length])], [0.5f, 0.5f]));
            Assert.InRange(monitor.Score(), 0f, 5.13f);
        }
    }

    [Fact]
    public void Scores_of_hinge_loss_are_unsure_where_they_are_close_not_where_they_are_low()
    {
        Network network = new PlanBuilder(1, NetworkTask.Classification, Core.Losses.Loss.MultiClassHinge)
            .AddDense(3, Core.Activations.Activation.Linear).ToNetwork();
        foreach ((float[] scores, float unsure) in new[] { (new[] { -3f, -4f, -9f }, 0f), ([5f, 5.2f, 1f], 1f), ([0.5f, -2f, -0.6f], 0f),
            ([-224f, 7f, 6.5f], 1f) })
        {
            DriftMonitor monitor = new(network, 2);
            monitor.Observe([0f], scores);
            monitor.Observe([1f], scores);
            monitor.Observe([-1f], scores);
            float without = monitor.Score();
            monitor.Reset();
            monitor.Observe([0f], [10f, 0f, 0f]);
            monitor.Observe([1f], [10f, 0f, 0f]);
            monitor.Observe([-1f], [10f, 0f, 0f]);
            Assert.Equal(unsure, without - monitor.Score(), 1e-5f);
        }
    }

    [Fact]
    public void What_a_monitor_is_not_for_is_refused()
    {
        (Network network, DriftMonitor monitor) = Make(10);
        Network regression = new PlanBuilder(8, NetworkTask.Regression, Core.Losses.Loss.MeanSquaredError)
            .AddDense(2, Core.Activations.Activation.Linear).ToNetwork();
        Assert.Contains("regression", Assert.Throws<ArgumentException>(() => new DriftMonitor(regression, 10)).Message);
        Assert.Throws<ArgumentNullException>(() => new DriftMonitor(null!, 10));
        Assert.All(new[] { 1, 0, -5, DriftMonitor.LongestMemory + 1 },
            memory => Assert.Throws<ArgumentOutOfRangeException>(() => new DriftMonitor(network, memory)));
        Assert.All(new[] { float.NaN, -0.1f, 1.1f }, value => Assert.Throws<ArgumentOutOfRangeException>(() => monitor.Confidence = value));
        Assert.All(new[] { float.NaN, -0.1f, float.PositiveInfinity },
            value => Assert.Throws<ArgumentOutOfRangeException>(() => monitor.Threshold = value));
        Assert.Throws<ArgumentException>(() => monitor.Observe(new float[7], new float[2]));
        Assert.Throws<ArgumentException>(() => monitor.Observe(new float[8], new float[1]));
        Assert.Throws<ArgumentNullException>(() => monitor.Observe(null!, new float[2]));
        Assert.Throws<ArgumentNullException>(() => monitor.Observe(new float[8], null!));
        Assert.Equal(0, monitor.Observations);

        network.Load(BlobWriter.ToArray(new PlanBuilder(5, NetworkTask.Classification, Core.Losses.Loss.SoftmaxCrossEntropy)
            .AddDense(2, Core.Activations.Activation.Softmax).ToNetwork()));
        Assert.Throws<InvalidOperationException>(() => monitor.Observe(new float[5], new float[2]));
    }

    private static void Watch(Network network, DriftMonitor monitor, int count, Func<SeededRandom, int, double> normalized, int seed = 3)
    {
        SeededRandom random = new(seed);
        for (int i = 0; i < count; i++)
        {
            float[] inputs = [.. Enumerable.Range(0, network.Inputs)
                .Select(input => (float)(input + (input + 1) * normalized(random, input)))];
            monitor.Observe(inputs, [0.9f, 0.1f]);
        }
    }

    private static float[] At(Network network, float deviations) =>
        [.. Enumerable.Range(0, network.Inputs).Select(i => i + (i + 1) * deviations)];

    private static double Normal(SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextFloat())) * Math.Cos(2 * Math.PI * random.NextFloat());

    /// <summary>Input i has mean i and deviation i + 1 in training.</summary>
    private static (Network Network, DriftMonitor Monitor) Make(int memory)
    {
        Network network = new PlanBuilder(8, NetworkTask.Classification, Core.Losses.Loss.SoftmaxCrossEntropy)
            .AddDense(2, Core.Activations.Activation.Softmax).ToNetwork();
        for (int i = 0; i < 8; i++)
        {
            network.Scaling.SetInput(i, i, 1f / (i + 1));
        }

        return (network, new DriftMonitor(network, memory));
    }
}
