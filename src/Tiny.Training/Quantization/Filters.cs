using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Quantization;

/// <summary>
/// What convolutions and depthwise convolutions have in common as they become int8: filters
/// over the channels of a place, the same at all places.
/// </summary>
/// <param name="layer">The float layer.</param>
/// <param name="calibration">What it takes and gives.</param>
/// <param name="filters">Its filters.</param>
/// <param name="channelOf">The channel of each filter's each weight.</param>
internal sealed class Filters(Layer layer, LayerCalibration calibration, int filters, Func<int, int, int> channelOf)
{
    /// <summary>The int8 layer.</summary>
    internal QuantizedLayer Quantize(Activation activation, int channels)
    {
        double[] means = OfChannels(calibration.Means, channels);
        double[] squares = OfChannels(calibration.Squares, channels);
        double[][] rows = [.. layer.Parameters().Chunk(layer.ParameterCount / filters)
            .Select(row => row.Select(value => (double)value).ToArray())];
        double[] biases = [.. rows.Select(row => row[0])];
        double[][] weights = [.. rows.Select(row => row[1..])];
        LayerInputs[] inputs = new LayerInputs[filters];
        for (int filter = 0; filter < filters; filter++)
        {
            double[] row = weights[filter];
            for (int i = 0; i < row.Length; i++)
            {
                int channel = channelOf(filter, i);
                double scaled = row[i] * calibration.Factors[channel];
                biases[filter] += scaled * calibration.Centers[channel];
                row[i] = scaled * calibration.Steps[channel];
            }

            int number = filter;
            inputs[filter] = new LayerInputs(
                [.. row.Select((_, i) => means[channelOf(number, i)])], [.. row.Select((_, i) => squares[channelOf(number, i)])]);
        }

        LayerCalibration ofFilters = new(calibration.Inputs, calibration.Factors, calibration.Centers, calibration.Steps)
        {
            IsFirst = calibration.IsFirst,
            IsUniform = calibration.IsUniform,
            Form = calibration.Form,
            Pool = calibration.Pool,
            Outputs = [.. calibration.Outputs.Select(Largest)],
            Felt = Felt(),
        };
        QuantizedLayer quantized = new FilterSection(activation, ofFilters, weights, biases, inputs).ToDigits();
        return quantized with { Steps = [.. Enumerable.Range(0, layer.Outputs).Select(i => quantized.Steps[i % filters])] };
    }

    /// <summary>How much an error of each filter is felt behind, over all places.</summary>
    private double[] Felt()
    {
        double[] felt = new double[filters];
        for (int i = 0; i < layer.Outputs; i++)
        {
            felt[i % filters] += calibration.Felt?[i] ?? 1;
        }

        return felt;
    }

    /// <summary>The value of each filter that is farthest from 0 at any place.</summary>
    private double[] Largest(double[] outputs)
    {
        double[] largest = new double[filters];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (Math.Abs(outputs[i]) > Math.Abs(largest[i % filters]))
            {
                largest[i % filters] = outputs[i];
            }
        }

        return largest;
    }

    /// <summary>The mean of each channel over all places.</summary>
    private static double[] OfChannels(double[] values, int channels)
    {
        double[] sums = new double[channels];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i % channels] += values[i];
        }

        return [.. sums.Select(sum => sum * channels / values.Length)];
    }
}
