using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Desk;

namespace Tiny.Core.Tests;

/// <summary>Prediction written as the formulas stand in the books, in double: the text to compare the core with.</summary>
internal static class PlainNetwork
{
    internal static double[] Predict(Network network, float[] sample)
    {
        double[] x = [.. sample.Select((value, i) => ((double)value - network.Scaling.InputMeans[i]) * network.Scaling.InputScales[i])];
        for (int i = 0; i < network.LayerCount; i++)
        {
            x = Outputs((DenseLayer)network.GetLayer(i), network.ActivationOf(i), x);
        }

        return network.Task == NetworkTask.Regression
            ? [.. x.Select((value, i) => value * network.Scaling.OutputScales[i] + network.Scaling.OutputMeans[i])]
            : x;
    }

    /// <summary>The loss of one sample from the formulas; targets in the network's own scale.</summary>
    internal static double Loss(Network network, float[] sample, float[] t)
    {
        double[] o = Predict(network, sample);
        int right = Array.IndexOf(t, t.Max());
        return network.Loss switch
        {
            Losses.Loss.MeanSquaredError => o.Select((v, i) => Math.Pow(v - t[i], 2)).Average(),
            Losses.Loss.HalfSquaredError => o.Select((v, i) => Math.Pow(v - t[i], 2)).Sum() / 2,
            Losses.Loss.BinaryCrossEntropy => -o.Select((v, i) => t[i] * Math.Log(v) + (1 - t[i]) * Math.Log(1 - v)).Average(),
            Losses.Loss.SoftmaxCrossEntropy => -o.Select((v, i) => t[i] * Math.Log(v)).Sum(),
            _ => o.Where((_, i) => i != right).Sum(v => Math.Max(0, v - o[right] + 1)),
        };
    }

    private static double[] Outputs(DenseLayer layer, Activation activation, double[] x)
    {
        double[] z = new double[layer.Rows];
        for (int row = 0; row < z.Length; row++)
        {
            z[row] = layer.GetBias(row) + x.Select((value, i) => value * layer.GetWeight(row, i)).Sum();
        }

        double p = layer.ActivationParameter;
        double sum = z.Sum(value => Math.Exp(value - z.Max()));
        return activation switch
        {
            Activation.Linear => z,
            Activation.Sigmoid => [.. z.Select(v => 1 / (1 + Math.Exp(-v)))],
            Activation.Tanh => [.. z.Select(Math.Tanh)],
            Activation.Relu => [.. z.Select(v => Math.Max(0, v))],
            Activation.LeakyRelu => [.. z.Select(v => v > 0 ? v : p * v)],
            Activation.Elu => [.. z.Select(v => v > 0 ? v : p * (Math.Exp(v) - 1))],
            Activation.Swish => [.. z.Select(v => v / (1 + Math.Exp(-v)))],
            Activation.Softmax => [.. z.Select(v => Math.Exp(v - z.Max()) / sum)],
            Activation.Maxout => [.. z.Chunk(2).Select(pair => pair.Max())],
            _ => throw new ArgumentOutOfRangeException(nameof(layer)),
        };
    }
}
