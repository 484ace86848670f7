using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Training.Data;
using Tiny.Training.Quantization;

namespace Tiny.Benchmarks.Device;

/// <summary>
/// The models that are measured: drawn by seed, their biases such that every unit is active, so that nothing is passed over.
/// </summary>
public static class Models
{
    /// <summary>A float classifier of these widths.</summary>
    public static Network Float(int[] widths, Activation hidden = Activation.Relu, Activation last = Activation.Softmax, int seed = 1)
    {
        PlanBuilder plan = new(widths[0], NetworkTask.Classification,
            last == Activation.Softmax ? Loss.SoftmaxCrossEntropy : Loss.MultiClassHinge);
        for (int i = 1; i < widths.Length; i++)
        {
            plan.AddDense(widths[i], i == widths.Length - 1 ? last : hidden);
        }

        Network network = plan.ToNetwork();
        Initializers.Draw(network, seed);
        for (int layer = 0; layer < network.LayerCount - 1; layer++)
        {
            for (int row = 0; row < network.GetLayer(layer).Rows(); row++)
            {
                network.GetLayer(layer).SetBias(row, 2f);
            }
        }

        return network;
    }

    /// <summary>The same as int8, calibrated on whole numbers from 0 to 255, each input with a scale of its own if wished.</summary>
    public static byte[] Int8(Network network, bool each = false, int keepFloat = 0, int seed = 1)
    {
        for (int i = 0; i < network.Inputs; i++)
        {
            network.Scaling.SetInput(i, 128f, 1f / (each ? 74f + i : 74f));
        }

        Random random = new(seed);
        float[] inputs = new float[200 * network.Inputs];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = each ? (i % network.Inputs + 1) * random.NextSingle() : random.Next(256);
        }

        string[] classes = [.. Enumerable.Range(0, network.ClassCount)
            .Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        Dataset data = Dataset.ForClassification(inputs, DataColumns.Unnamed(network.Inputs, shareUnit: !each), new int[200], classes);
        return Quantizer.Quantize(network, data, [.. Enumerable.Range(0, 200)], keepFloat);
    }
}
