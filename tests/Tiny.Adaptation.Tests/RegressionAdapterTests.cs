using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Adaptation.Tests;

/// <summary>
/// A regression whose sensor has drifted, or whose world has changed: corrected where that helps, left alone where it does not.
/// </summary>
public class RegressionAdapterTests
{
    private const int Inputs = 3;

    [Theory]
    [InlineData(5, 5, 1 / 32f)]
    [InlineData(0, 0, 1f)]
    [InlineData(8, 10, 56 / 1024f)]
    [InlineData(60, 120, 0.5363424f)]
    public void The_sign_test_is_exact(int wins, int pairs, float probability) =>
    Assert.Equal(probability, SignTest.ByChance(wins, pairs), 1e-5f);

    [Fact]
    public void An_offset_and_a_gain_are_found_and_kept()
    {
        Network network = Taught();
        RegressionAdapter adapter = new(network, 20, 10, 1);
        float before = Error(network, adapter, Drifted);
        Add(adapter, 30, 3, Drifted);
        Assert.Equal(AdaptResult.Kept, adapter.Adapt(0));
        Assert.InRange(adapter.Gain, 1.05f, 1.3f);
        Assert.InRange(adapter.Offset, 1f, 4f);
        Assert.InRange(Error(network, adapter, Drifted), 0f, 0.5f * before);
        adapter.RestoreFactory();
        Assert.Equal(before, Error(network, adapter, Drifted));
    }

    [Fact]
    public void Gradient_descent_learns_what_no_offset_corrects()
    {
        Network network = Taught();
        RegressionAdapter adapter = new(network, 60, 30, 1);
        float before = Error(network, adapter, Changed);
        Add(adapter, 120, 3, Changed);
        HashSet<AdaptResult> results = [.. Enumerable.Range(0, 20).Select(_ => adapter.Adapt(200))];
        Assert.Contains(AdaptResult.Kept, results);
        Assert.InRange(Error(network, adapter, Changed), 0f, 0.6f * before);
    }

    [Fact]
    public void Targets_that_have_nothing_to_do_with_the_samples_change_next_to_nothing()
    {
        int kept = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Network network = Taught();
            RegressionAdapter adapter = new(network, 20, 10, seed);
            SeededRandom noise = new(seed + 500);

            // The error of the factory's model is a matter of luck on either side of the truth.
            Add(adapter, 45, seed, sample => Truth(sample) + noise.NextSymmetric(1f));
            kept += adapter.Adapt(30) == AdaptResult.Kept ? 1 : 0;
        }

        Assert.InRange(kept, 0, 6);
    }

    [Fact]
    public void Too_few_examples_are_said_and_change_nothing()
    {
        Network network = Taught();
        RegressionAdapter adapter = new(network, 20, 10, 1);
        Add(adapter, 14, 3, Drifted);
        byte[] before = BlobWriter.ToArray(network);
        Assert.Equal(AdaptResult.TooFewExamples, adapter.Adapt(10));
        Assert.Equal(before, BlobWriter.ToArray(network));
        Assert.Throws<ArgumentException>(() => adapter.Add(new float[Inputs], float.NaN));
        Assert.Throws<ArgumentException>(() => adapter.Add(new float[Inputs + 1], 1f));
    }

    [Fact]
    public void The_correction_survives_a_restart()
    {
        byte[] factory = BlobWriter.ToArray(Taught());
        Network network = Network.FromBlob(factory);
        RegressionAdapter adapter = new(network, 20, 10, 1);
        MemoryStorage storage = new(4096);
        SlotStore store = new(network, factory, storage, adapter);
        store.Load();
        Add(adapter, 30, 3, Drifted);
        Assert.Equal(AdaptResult.Kept, adapter.Adapt(20));
        Assert.Equal(SaveResult.Saved, store.Save());
        Network restarted = Network.FromBlob(factory);
        RegressionAdapter again = new(restarted, 20, 10, 1);
        Assert.Equal(WeightsSource.FirstSlot, new SlotStore(restarted, factory, storage, again).Load());
        float[] sample = [0.3f, -0.2f, 0.9f];
        Assert.Equal(adapter.Predict(sample), again.Predict(sample));
    }

    private static float Truth(float[] sample) => 3 * sample[0] - 2 * sample[1] + sample[2] * sample[2];

    private static float Drifted(float[] sample) => 1.2f * Truth(sample) + 2f;

    private static float Changed(float[] sample) => Truth(sample) + 3 * sample[1] * sample[0];

    private static void Add(RegressionAdapter adapter, int count, int seed, Func<float[], float> truth)
    {
        SeededRandom random = new(seed);
        for (int i = 0; i < count; i++)
        {
            float[] sample = Draw(random);
            adapter.Add(sample, truth(sample));
        }
    }

    private static float Error(Network network, RegressionAdapter adapter, Func<float[], float> truth)
    {
        SeededRandom random = new(77);
        Assert.Equal(Inputs, network.Inputs);
        return Enumerable.Range(0, 200).Select(_ => Draw(random)).Average(sample => Math.Abs(adapter.Predict(sample) - truth(sample)));
    }

    private static float[] Draw(SeededRandom random) => [.. Enumerable.Range(0, Inputs).Select(_ => random.NextSymmetric(1f))];

    private static Network Taught()
    {
        Network network = new PlanBuilder(Inputs, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(12, Activation.Tanh)
            .AddDense(1, Activation.Linear).ToNetwork();
        Initializers.Draw(network, 1);
        SgdLearner learner = new(network) { LearningRate = 0.02f };
        SeededRandom random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            float[] sample = Draw(random);
            learner.Learn(sample, [Truth(sample)]);
        }

        return network;
    }
}
