using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Features.Tests;

internal static class Make
{
    internal const FeatureKinds All = FeatureKinds.Default | FeatureKinds.Crossings;

    internal static FeatureDescription Description(
        int window, int hop, FeatureKinds kinds = All, string[]? channels = null, float[]? bands = null, float rate = 100f)
    {
        FeatureDescription description = new(new Signal(rate).AddAll(channels ?? ["x"], "g"), window, hop, kinds);
        foreach (float band in bands ?? [])
        {
            description.AddBand(band, (float)(2 * Math.Cos(2 * Math.PI * band / rate)));
        }

        return description;
    }

    /// <summary>A small classifier of these features, its weights drawn.</summary>
    internal static byte[] Model(FeatureDescription description)
    {
        Network network = new PlanBuilder(
            description.Count, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
        { Features = description.ToBytes() }
            .AddDense(8, Activation.Relu).AddDense(3, Activation.Softmax).ToNetwork(1020);
        Initializers.Draw(network, 7);
        for (int i = 0; i < network.Inputs; i++)
        {
            network.Scaling.SetInput(i, 0.1f * i, 1f / (1 + i));
        }

        return BlobWriter.ToArray(network);
    }

    /// <summary>Waves, noise and steps about an offset.</summary>
    internal static float[] Wave(int count, int seed, double offset, double size)
    {
        Random random = new(seed);
        double step = 0;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            step = i % 37 == 0 ? random.NextDouble() : step;
            return (float)(offset + size * (Math.Sin(0.31 * i) + 0.5 * Math.Sin(1.7 * i + seed) + 0.3 * random.NextDouble() + step));
        })];
    }
}
