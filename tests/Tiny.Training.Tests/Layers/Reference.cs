using Tiny.Core.Activations;
using Tiny.Training.Layers;
using Tiny.Training.Networks;

namespace Tiny.Training.Tests.Layers;

/// <summary>A network's way forward in plain loops and in double: what the trainer and the device library are held to.</summary>
/// <param name="network">The network.</param>
internal sealed class Reference(TrainingNetwork network)
{
    /// <summary>(nodes)(parameters) in the order of a blob; of a normalization gamma, then beta.</summary>
    internal double[][] Parameters { get; } = [.. network.Layers.Select(layer => ParametersOf(layer, network.Parameters))];

    /// <summary>The outputs for a batch.</summary>
    internal double[][] Run(double[][] x)
    {
        List<double[][]> values = [];
        for (int i = 0; i < network.Nodes.Count; i++)
        {
            double[][][] inputs = [.. network.Nodes[i].Inputs.Select(from => from < 0 ? x : values[from])];
            values.Add(Run(network.Layers[i], Parameters[i], inputs));
        }

        return values[^1];
    }

    /// <summary>Half the mean square of the outputs' distance from targets.</summary>
    internal double Loss(double[][] x, double[][] targets) =>
        Run(x).Zip(targets, (y, t) => y.Zip(t, (a, b) => (a - b) * (a - b) / 2).Sum()).Sum() / x.Length;

    /// <summary>A layer's part of an array laid out as the network's parameters.</summary>
    internal static double[] ParametersOf(TrainingLayer layer, float[] parameters)
    {
        if (layer is BatchNormalization normalization)
        {
            return [.. Enumerable.Range(0, 2 * normalization.Channels)
                .Select(i => (double)parameters[(i < normalization.Channels
                ? normalization.GammaAt : normalization.BetaAt - normalization.Channels) + i])];
        }

        float[] copied = new float[layer.ParameterCount];
        layer.CopyParameters(parameters, copied);
        return [.. copied.Select(value => (double)value)];
    }

    private static double[][] Run(TrainingLayer layer, double[] w, double[][][] inputs)
    {
        if (layer is BatchNormalization normalization)
        {
            return Normalized(normalization, w, inputs[0]);
        }

        return [.. Enumerable.Range(0, inputs[0].Length).Select(row =>
        {
            double[] x = inputs[0][row];
            double[] z = layer switch
            {
                Dense => [.. Enumerable.Range(0, layer.Outputs)
                    .Select(unit => w[unit * (1 + x.Length)] + x.Select((value, i) => value * w[unit * (1 + x.Length) + 1 + i]).Sum())],
                Conv2D conv => Windows(conv.Window, conv.Filters, (filter, taps) => Filter(w, filter, conv.Window, taps, x)),
                DepthwiseConv2D conv => Windows(conv.Window, conv.Window.Input.Channels, (channel, taps) =>
                    w[channel * (1 + conv.Window.Taps)] + taps.Sum(
                    tap => w[channel * (1 + conv.Window.Taps) + 1 + tap.Number] * x[tap.Place * conv.Window.Input.Channels + channel])),
                MaxPooling pool => Windows(pool.Window, pool.Window.Input.Channels,
                    (channel, taps) => taps.Max(tap => x[tap.Place * pool.Window.Input.Channels + channel])),
                AveragePooling pool => Windows(pool.Window, pool.Window.Input.Channels,
                    (channel, taps) => taps.Average(tap => x[tap.Place * pool.Window.Input.Channels + channel])),
                GlobalAverage => [.. Enumerable.Range(0, layer.Outputs)
                    .Select(channel => x.Where((_, i) => i % layer.Outputs == channel).Average())],
                Add => [.. x.Zip(inputs[1][row], (a, b) => a + b)],
                Concat concat => Beside(x, inputs[1][row], concat.Output.Height * concat.Output.Width),
                _ => throw new NotSupportedException(layer.GetType().Name),
            };
            return z.Select(value => Activate(layer.Activation, value)).ToArray();
        })];
    }

    private static double Filter(double[] w, int filter, PlacedWindow window, List<(int Number, int Place)> taps, double[] x)
    {
        int channels = window.Input.Channels;
        int at = filter * (1 + window.Taps * channels);
        return w[at] + taps.Sum(tap => Enumerable.Range(0, channels)
            .Sum(channel => w[at + 1 + tap.Number * channels + channel] * x[tap.Place * channels + channel]));
    }

    private static double[] Windows(PlacedWindow window, int channels, Func<int, List<(int Number, int Place)>, double> value)
    {
        List<double> z = [];
        for (int row = 0; row < window.OutputHeight; row++)
        {
            for (int column = 0; column < window.OutputWidth; column++)
            {
                List<(int, int)> taps = [];
                for (int tap = 0; tap < window.Taps; tap++)
                {
                    int y = row * window.StrideDown - window.Padding.Above + tap / window.Width * window.DilationDown;
                    int x = column * window.StrideAcross - window.Padding.Left + tap % window.Width * window.DilationAcross;
                    if (y >= 0 && y < window.Input.Height && x >= 0 && x < window.Input.Width)
                    {
                        taps.Add((tap, y * window.Input.Width + x));
                    }
                }

                z.AddRange(Enumerable.Range(0, channels).Select(channel => value(channel, taps)));
            }
        }

        return [.. z];
    }

    private static double[] Beside(double[] a, double[] b, int places) =>
        [.. Enumerable.Range(0, places)
        .SelectMany(place => a.Chunk(a.Length / places).ElementAt(place).Concat(b.Chunk(b.Length / places).ElementAt(place)))];

    private static double[][] Normalized(BatchNormalization layer, double[] w, double[][] x)
    {
        double[][] z = [.. x.Select(row => new double[row.Length])];
        for (int channel = 0; channel < layer.Channels; channel++)
        {
            double[] all = [.. x.SelectMany(row => row.Where((_, i) => i % layer.Channels == channel))];
            double mean = all.Average();
            double scale = w[channel] / Math.Sqrt(all.Average(value => (value - mean) * (value - mean)) + BatchNormalization.Epsilon);
            for (int row = 0; row < x.Length; row++)
            {
                for (int i = channel; i < x[row].Length; i += layer.Channels)
                {
                    z[row][i] = Activate(layer.Activation, (x[row][i] - mean) * scale + w[layer.Channels + channel]);
                }
            }
        }

        return z;
    }

    private static double Activate(Activation activation, double z) => activation switch
    {
        Activation.Linear => z,
        Activation.Relu => Math.Max(z, 0),
        Activation.LeakyRelu => z < 0 ? 0.01f * z : z,
        Activation.Elu => z < 0 ? Math.Exp(z) - 1 : z,
        Activation.Tanh => Math.Tanh(z),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-z)),
        Activation.Swish => z / (1 + Math.Exp(-z)),
        _ => throw new NotSupportedException(activation.ToString()),
    };
}
