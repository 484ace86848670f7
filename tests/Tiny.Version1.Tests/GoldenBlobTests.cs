using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Int8;
using Tiny.Learning;
using Tiny.Saving;

namespace Tiny.Version1.Tests;

/// <summary>
/// Blobs of version 1 load, predict, learn and are saved anew to the same bits, with the small kernels and with the wide ones.
/// </summary>
public class GoldenBlobTests
{
    private const int LearningSteps = 200;
    private const int LearnedSeed = 3;

    public static TheoryData<string, bool> Cases()
    {
        TheoryData<string, bool> cases = [];
        foreach (GoldenBlob golden in GoldenBlob.ReadAll())
        {
            cases.Add(golden.Name, false);
            cases.Add(golden.Name, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_blob_of_version_1_predicts_and_learns_to_the_same_bits(string name, bool wide)
    {
        GoldenBlob golden = GoldenBlob.ReadAll().Single(one => one.Name == name);
        Network network = Load(golden.Bytes, wide);
        Expect(golden, network);
        if (golden.Learned is null)
        {
            Assert.Throws<ArgumentException>(() => new SgdLearner(network));
            return;
        }

        Learn(golden, network);
        Assert.Equal(golden.Learned.Value.Weights, Checksum(network));
        float[] outputs = new float[network.Outputs];
        network.Predict(Sample(network.Inputs, LearnedSeed, golden.Limit), outputs);
        Assert.Equal(golden.After, outputs.Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Saved_as_version_2_it_is_the_same_model(string name, bool wide)
    {
        GoldenBlob golden = GoldenBlob.ReadAll().Single(one => one.Name == name);
        byte[] saved = BlobWriter.ToArray(Load(golden.Bytes, wide));
        Assert.Equal(BlobFormat.Version, saved[BlobFormat.VersionAt]);
        Network network = Network.FromBlob(saved);
        Expect(golden, network);
        Assert.Equal(saved, BlobWriter.ToArray(network));
    }

    private static void Expect(GoldenBlob golden, Network network)
    {
        float[] outputs = new float[network.Outputs];
        foreach ((int seed, int answer, int[] bits) in golden.Predictions)
        {
            float[] sample = Sample(network.Inputs, seed, golden.Limit);
            Assert.Equal(answer, network.Predict(sample, outputs));
            Assert.Equal(bits, outputs.Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(answer, answer < 0 ? -1 : network.Classify(sample));
            if (answer >= 0 && network.InputForm != InputForm.Values)
            {
                byte[] levels = [.. Enumerable.Range(0, network.Inputs).Select(i => (byte)(37 * (i + seed)))];
                Assert.Equal(network.PredictLevels(levels, outputs), network.ClassifyLevels(levels));
            }
        }

        Assert.Equal(golden.Names, Enumerable.Range(0, network.ClassCount).Select(network.GetOutputName));
        Assert.Equal((golden.FeatureBytes, golden.Columns, golden.Generation),
            (network.Notes.FeatureBytes, network.Notes.ColumnsChecksum, network.Generation));
        Assert.Equal(golden.Weights, Checksum(network));
    }

    private static void Learn(GoldenBlob golden, Network network)
    {
        SgdLearner learner = new(network) { LearningRate = 0.02f, L2 = 0.001f };
        for (int step = 0; step < LearningSteps; step++)
        {
            float[] sample = Sample(network.Inputs, step % 17 + 1, golden.Limit);
            LearningResult result = network.Task == NetworkTask.Regression
                ? learner.Learn(sample, Sample(network.Outputs, step + 500, 3f))
                : learner.Learn(sample, step % network.ClassCount);
            Assert.Equal(LearningResult.Learned, result);
        }

        Assert.Equal(golden.Learned!.Value.Loss, BitConverter.SingleToInt32Bits(learner.LastLoss));
    }

    private static Network Load(byte[] blob, bool wide)
    {
        Kinds.RegisterAll();
        if (!wide)
        {
            LayerKinds.Register(new Dense());
            LearnerKinds.Register(new DenseLearning());
            Int8Layers.Register();
        }

        return Network.FromBlob(blob);
    }

    private static int Checksum(Network network)
    {
        byte[] bytes = [.. Enumerable.Range(0, network.LayerCount).SelectMany(i => network.GetLayer(i).Parameters())
            .SelectMany(BitConverter.GetBytes)];
        return Crc32.Compute(0, bytes, 0, bytes.Length);
    }

    private static float[] Sample(int count, int seed, float limit)
    {
        SeededRandom random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSymmetric(limit))];
    }
}
