using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Signing;

namespace Tiny.Updating.Tests;

/// <summary>Models of one shape that do well and badly at one rule, the examples that tell them apart, and a key.</summary>
internal static class Models
{
    internal const int Inputs = 4;

    internal static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    internal static readonly byte[] OtherKey = [.. Enumerable.Range(2, 32).Select(i => (byte)i)];
    internal static readonly (float[][] Samples, int[] Labels) Examples = Draw(3, 24);

    /// <summary>Delivered: it has learned a little.</summary>
    internal static readonly byte[] Factory = Taught(seed: 1, lessons: 150);

    /// <summary>These do better than the delivered one; each has weights of its own.</summary>
    internal static readonly byte[][] Good = [.. Enumerable.Range(2, 6).Select(seed => Taught(seed, lessons: 3000))];

    /// <summary>These have learned nothing.</summary>
    internal static readonly byte[][] Bad = [.. Enumerable.Range(10, 3).Select(seed => Taught(seed, lessons: 0))];

    internal static ExampleTrial Trial() => new(Examples.Samples, Examples.Labels, 3);

    internal static byte[] Signed(byte[] blob, int generation, byte[]? key = null) => ModelSigner.Sign(blob, generation, key ?? Key);

    internal static int ScoreOf(byte[] blob) => Trial().Score(Network.FromBlob(blob));

    /// <summary>Another shape: one input more.</summary>
    internal static byte[] Wider() => BlobWriter.ToArray(Shaped(Inputs + 1, 1));

    /// <summary>Another shape that a larger network would have room for: one input less.</summary>
    internal static byte[] Narrower() => BlobWriter.ToArray(Shaped(Inputs - 1, 1));

    private static byte[] Taught(int seed, int lessons)
    {
        Network network = Shaped(Inputs, seed);
        SgdLearner learner = new(network) { LearningRate = 0.05f };
        (float[][] samples, int[] labels) = Draw(seed + 100, lessons);
        for (int i = 0; i < lessons; i++)
        {
            learner.Learn(samples[i], labels[i]);
        }

        return BlobWriter.ToArray(network);
    }

    private static Network Shaped(int inputs, int seed)
    {
        PlanBuilder shape = new(inputs, NetworkTask.Classification, Loss.SoftmaxCrossEntropy);
        shape.AddDense(8, Activation.Relu);
        shape.AddDense(3, Activation.Softmax);
        Network network = shape.ToNetwork();
        Initializers.Draw(network, seed);
        return network;
    }

    private static (float[][] Samples, int[] Labels) Draw(int seed, int count)
    {
        SeededRandom random = new(seed);
        float[][] samples = [.. Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, Inputs).Select(_ => random.NextSymmetric(2f)).ToArray())];
        return (samples, [.. samples.Select(x => x[0] > x[1] ? x[2] > 0f ? 0 : 1 : 2)]);
    }
}
