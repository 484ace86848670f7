using Tiny.Adaptation.Tests.Storage;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Adaptation.Tests.Trust;

/// <summary>
/// Labels that have nothing to do with the inputs, even or 85 % of one class, from the start or after sixty right ones: at most one life in
/// a hundred keeps anything at a check, and one in twenty over a hundred checks. tests/Tiny.Benchmarks/TRUST.md has more of them.
/// </summary>
public class TrustTests
{
    private const int Lives = 1000;
    private const int LivesOfNetworks = 200;
    private const int Inputs = 4;

    public static TheoryData<int, bool> Worlds() => new()
    {
        { 2, false }, { 3, false }, { 5, false }, { 10, false }, { 2, true }, { 3, true }, { 5, true }, { 10, true },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Noise_is_trusted_no_more_often_than_said(int classes, bool uneven)
    {
        foreach ((bool afterRight, int labels) in new[] { (false, 1), (false, 50), (true, 1), (true, 5) })
        {
            TrustStudy study = TrustStudy.OfNoise(Lives, classes, uneven, afterRight, labels);
            Assert.True(study.AtWorst <= 0.01 && study.Ever <= 0.05, $"{labels} labels a check, after right ones {afterRight}: {study}");
        }
    }

    /// <summary>The test refuses noise, but is no wall: labels that the network mostly answers right are trusted before long.</summary>
    [Theory]
    [InlineData(2, false, 0.8, 40)]
    [InlineData(2, true, 0.9, 90)]
    [InlineData(3, false, 0.8, 20)]
    [InlineData(5, false, 0.6, 25)]
    [InlineData(10, false, 0.6, 20)]
    public void Right_labels_are_trusted_after_a_few(int classes, bool uneven, double accuracy, int most) =>
        Assert.InRange(TrustStudy.LabelsToTrust(Lives, classes, uneven, accuracy), 4, most);

    /// <summary>The same with networks that learn: what a device of these classes keeps of noise, over a hundred adaptations.</summary>
    [Theory]
    [MemberData(nameof(Worlds))]
    public void A_network_keeps_nothing_of_noise(int classes, bool uneven)
    {
        byte[] factory = Taught(classes);
        foreach (bool afterRight in new[] { false, true })
        {
            int[] keptAt = new int[TrustStudy.Checks];
            int keptEver = 0;
            int keptRight = 0;
            Parallel.For(0, LivesOfNetworks, seed =>
            {
                (int right, bool[] kept) = Live(factory, classes, uneven, afterRight, seed);
                Interlocked.Add(ref keptRight, right);
                Interlocked.Add(ref keptEver, kept.Contains(true) ? 1 : 0);
                for (int check = 0; check < kept.Length; check++)
                {
                    Interlocked.Add(ref keptAt[check], kept[check] ? 1 : 0);
                }
            });
            Assert.InRange(keptAt.Max(), 0, LivesOfNetworks / 100);
            Assert.InRange(keptEver, 0, LivesOfNetworks / 20);
            Assert.True(!afterRight || keptRight > LivesOfNetworks, $"Of right labels {keptRight} adaptations were kept.");
        }
    }

    /// <summary>
    /// A device's life: how many of twelve adaptations to sixty right labels were kept, then which of a hundred to noise.
    /// </summary>
    private static (int Right, bool[] Kept) Live(byte[] factory, int classes, bool uneven, bool afterRight, int seed)
    {
        Network network = Network.FromBlob(factory);
        Adapter adapter = new(network, new ExampleStore(classes, Inputs, 8, 4, seed), null);
        SeededRandom random = new(seed + 1000);
        int right = 0;
        for (int i = 0; afterRight && i < 60; i++)
        {
            float[] sample = Draw(random);
            adapter.Add(sample, Rule(sample, classes));
            right += i % 5 == 4 && adapter.Adapt(10) == AdaptResult.Kept ? 1 : 0;
        }

        for (int i = 0; afterRight && i < 60; i++)
        {
            adapter.Add(Draw(random), Noise(random, classes, uneven));
        }

        bool[] kept = new bool[TrustStudy.Checks];
        for (int check = 0; check < kept.Length; check++)
        {
            adapter.Add(Draw(random), Noise(random, classes, uneven));
            kept[check] = adapter.Adapt(10) == AdaptResult.Kept;
        }

        return (right, kept);
    }

    private static int Noise(SeededRandom random, int classes, bool uneven) =>
        uneven && random.NextFloat() < 0.85f ? 0 : uneven ? 1 + random.NextInt(classes - 1) : random.NextInt(classes);

    private static float[] Draw(SeededRandom random) => [.. Enumerable.Range(0, Inputs).Select(_ => random.NextSymmetric(2f))];

    /// <summary>The class is a sector of the plane of the first two inputs.</summary>
    private static int Rule(float[] sample, int classes) => (int)((Math.Atan2(sample[1], sample[0]) / (2 * Math.PI) + 0.5) * classes)
        % classes;

    private static byte[] Taught(int classes)
    {
        Network network = new PlanBuilder(Inputs, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
            .AddDense(12, Activation.Tanh).AddDense(classes, Activation.Softmax).ToNetwork();
        Initializers.Draw(network, 1);
        SgdLearner learner = new(network) { LearningRate = 0.05f };
        SeededRandom random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            float[] sample = Draw(random);
            learner.Learn(sample, Rule(sample, classes));
        }

        return BlobWriter.ToArray(network);
    }
}
