using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Features;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Export;
using Tiny.Training.Layers;
using Tiny.Training.Networks;

namespace Tiny.Streaming.Tests;

/// <summary>Models over windows of a drawn signal, with drawn weights.</summary>
internal static class Windows
{
    internal const int Classes = 3;

    /// <summary>Valid convolutions as --layers names them.</summary>
    internal static Conv2DDescription Conv(
        int filters, int size, int stride = 1, int dilation = 1, bool valid = true, Activation activation = Activation.Relu) =>
        new(filters, Window(size, stride, dilation, valid), activation);

    internal static WindowDescription Window(int size, int stride = 1, int dilation = 1, bool valid = true) =>
        new(size) { StrideDown = stride, DilationDown = dilation, IsValid = valid };

    /// <summary>The model over windows: a classification of three, or a regression, behind these layers.</summary>
    internal static byte[] Blob(int window, int channels, NetworkTask task, params LayerDescription[] layers)
    {
        bool classes = task == NetworkTask.Classification;
        Loss loss = classes ? Loss.SoftmaxCrossEntropy : Loss.HalfSquaredError;
        LayerDescription head = new DenseDescription(Classes, Activation.Linear);
        TrainingNetwork network = new(new Shape(window, 1, channels), NodeDescription.Chain([.. layers, head]), loss);
        PlanBuilder plan = PlanLayout.Of(network, task);
        plan.Features = Describe(window, channels, FeatureKinds.Samples).ToBytes();
        float[] normalization = new float[2 * window * channels];
        for (int i = 0; i < window * channels; i++)
        {
            normalization[2 * i] = 0.125f * (i % channels);
            normalization[2 * i + 1] = 0.5f + i % channels;
        }

        plan.Normalization = normalization;
        return BlobWriter.ToArray(Draw(plan.ToNetwork(), window));
    }

    internal static FeatureDescription Describe(int window, int channels, FeatureKinds kinds, int hop = 1)
    {
        Signal signal = new(50f);
        for (int i = 0; i < channels; i++)
        {
            signal.Add("c" + i, "g");
        }

        return new FeatureDescription(signal, window, hop, kinds);
    }

    internal static Network Draw(Network network, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.GetLayer(i);
            if (layer.ParameterCount > 0)
            {
                layer.SetParameters(Draw(random, layer.ParameterCount, 0.4f), 0, layer.ParameterCount);
            }
        }

        return network;
    }

    internal static float[] Draw(Random random, int count, float within) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1) * within)];

    /// <summary>A signal: (samples)(channels).</summary>
    internal static float[][] Signal(int samples, int channels, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, samples).Select(_ => Draw(random, channels, 2f))];
    }

    /// <summary>What a model over windows answers for the window that begins at a sample.</summary>
    internal static float[] Answer(Network network, float[][] signal, int first)
    {
        float[] outputs = new float[network.Outputs];
        int channels = signal[0].Length;
        network.Predict([.. signal.Skip(first).Take(network.Inputs / channels).SelectMany(sample => sample)], outputs);
        return outputs;
    }
}
