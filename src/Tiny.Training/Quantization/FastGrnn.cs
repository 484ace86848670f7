using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Recurrence;
using Tiny.Recurrence.Int8;

namespace Tiny.Training.Quantization;

/// <summary>
/// How FastGRNN units become int8: each unit's weights get a factor for the sample and one for the state,
/// and all sums the finest step at which they fit their lanes. States are not within 1 as those of gated
/// recurrent units, so each has a scale by what it comes to in calibration.
/// </summary>
internal sealed class FastGrnn : InPlaceQuantizer
{
    private const int LargestMagnitude = 128; // of a digit

    /// <inheritdoc/>
    public override int Code => Int8FastGrnn.Int8FastGrnnCode;

    /// <inheritdoc/>
    public override int ChannelsOf(Layer layer) => ((RecurrentLayer)layer).Channels;

    /// <summary>Of the channels, and of the units' states.</summary>
    public override int ReachOf(Layer layer) => ((RecurrentLayer)layer).Channels + ((RecurrentLayer)layer).Units;

    /// <inheritdoc/>
    public override void Calibrate(Layer layer, float[] read, float[] reach)
    {
        base.Calibrate(layer, read, reach);
        RecurrentLayer recurrent = (RecurrentLayer)layer;
        if (recurrent.KeepsState)
        {
            Watch(recurrent, reach);
            return;
        }

        recurrent.Reset();
        for (int at = 0; at < layer.Inputs; at += recurrent.Channels)
        {
            recurrent.Advance(read, at);
            Watch(recurrent, reach);
        }
    }

    /// <inheritdoc/>
    public override byte[] Section(Layer layer, float[] reach)
    {
        FastGrnnLayer grnn = (FastGrnnLayer)layer;
        float[] scales = [.. reach.Select(
            (most, i) => i < grnn.Channels ? LanePart.ScaleFor(most) : Math.Min(LanePart.ScaleFor(most), Int8FastGrnn.LargestStateScale))];
        for (int shift = Int8Gru.LargestShift; shift >= 1; shift--)
        {
            if (Section(grnn, scales, shift) is { } section)
            {
                return section;
            }
        }

        throw new QuantizationException(
            "no int8 scale fits the recurrent layer: its weights, or what it reads, are too large. Train with more weight decay (--l2), "
                + "or keep it float32: --keep-float.");
    }

    private static void Watch(RecurrentLayer layer, float[] reach)
    {
        for (int unit = 0; unit < layer.Units; unit++)
        {
            float magnitude = Math.Abs(layer.State[unit]);
            reach[layer.Channels + unit] = Math.Max(reach[layer.Channels + unit], magnitude);
        }
    }

    /// <summary>Sums in steps of 1 / (32 * 2^shift); null if one of them does not fit.</summary>
    private static byte[]? Section(FastGrnnLayer layer, float[] scales, int shift)
    {
        (int units, int channels) = (layer.Units, layer.Channels);
        float[] p = layer.Parameters();
        int row = 1 + channels + units;
        double stepsPerUnit = (double)GateTable.StepsPerUnit * (1 << shift);
        List<byte> biases = [];
        List<byte> factors = [];
        List<byte> weights = [];
        for (int unit = 0; unit < units; unit++)
        {
            double[] scaled = [.. scales.Select((scale, i) => p[unit * row + 1 + i] / (double)scale)];
            LanePart sample = LanePart.Of(scaled[..channels], stepsPerUnit);
            LanePart state = LanePart.Of(scaled[channels..], stepsPerUnit);
            double bias = p[unit * row] * stepsPerUnit;
            double offset = p[units * row + unit] * stepsPerUnit;
            bool fits = Math.Abs(bias) + 1 + LargestMagnitude * (sample.Magnitude + state.Magnitude) < Int8Gru.SumLimit
                && Math.Abs(offset) + 1 < Int8Gru.SumLimit;
            if (!fits || sample.Factor > byte.MaxValue || state.Factor > byte.MaxValue)
            {
                return null;
            }

            biases.AddRange([.. BitConverter.GetBytes((int)Math.Round(bias)), .. BitConverter.GetBytes((int)Math.Round(offset))]);
            factors.AddRange([(byte)sample.Factor, (byte)state.Factor]);
            weights.AddRange(sample.Weights.Concat(state.Weights).Select(weight => (byte)weight));
        }

        LanePart.Align(factors);
        LanePart.Align(weights);
        byte[] shares = [.. p[^2..].SelectMany(BitConverter.GetBytes)];
        return [.. scales.SelectMany(BitConverter.GetBytes), .. shares, (byte)shift, 0, 0, 0, .. biases, .. factors, .. weights];
    }
}
