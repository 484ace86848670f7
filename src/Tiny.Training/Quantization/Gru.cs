using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Recurrence;
using Tiny.Recurrence.Int8;

namespace Tiny.Training.Quantization;

/// <summary>
/// How gated recurrent units become int8: every row of weights gets a factor for the sample and one
/// for the state, and all sums the finest step at which they fit their lanes.
/// </summary>
internal sealed class Gru : InPlaceQuantizer
{
    /// <inheritdoc/>
    public override int Code => Int8Gru.Int8GruCode;

    /// <inheritdoc/>
    public override int ChannelsOf(Layer layer) => ((RecurrentLayer)layer).Channels;

    /// <summary>Gates are read from a table in int8.</summary>
    public override void Adapt(Span<byte> attributes) => attributes[RecurrentKind.FlagsAt] &= RecurrentKind.GivesEvery
        | RecurrentKind.KeepsState;

    /// <inheritdoc/>
    public override byte[] Section(Layer layer, float[] reach)
    {
        GruLayer gru = (GruLayer)layer;
        float[] scales = [.. reach.Select(LanePart.ScaleFor)];
        double[][][] rows = RowsOf(gru, scales);
        for (int shift = Int8Gru.LargestShift; shift >= 1; shift--)
        {
            if (Unit.Of(rows, shift) is { } units)
            {
                return Section(scales, shift, units);
            }
        }

        throw new QuantizationException(
            "no int8 scale fits the recurrent layer: its weights, or what it reads, are too large. Train with more weight decay (--l2), "
                + "or keep it float32: --keep-float.");
    }

    private static byte[] Section(float[] scales, int shift, Unit[] units)
    {
        List<byte> section = [.. scales.SelectMany(BitConverter.GetBytes), (byte)shift, 0, 0, 0,
            .. units.SelectMany(unit => unit.Biases).SelectMany(BitConverter.GetBytes)];
        section.AddRange(units.SelectMany(unit => unit.Factors));
        LanePart.Align(section);
        section.AddRange(units.SelectMany(unit => unit.Weights));
        LanePart.Align(section);
        return [.. section];
    }

    /// <summary>
    /// (units)(parts: z for x and h, r for x and h, n for x, n for h)(bias, 0 where another part has it; weights for digits).
    /// </summary>
    private static double[][][] RowsOf(GruLayer gru, float[] scales)
    {
        (int units, int channels) = (gru.Units, gru.Channels);
        float[] p = gru.Parameters();
        int joined = 1 + channels + units;
        double[] OfSample(int at, double bias) => [bias, .. Enumerable.Range(0, channels).Select(i => p[at + i] / (double)scales[i])];
        double[] OfState(int at, double bias) => [bias, .. p[at..(at + units)].Select(weight => weight / (double)Int8Gru.LargestDigit)];
        return [.. Enumerable.Range(0, units).Select(unit =>
        {
            int z = unit * joined;
            int r = (units + unit) * joined;
            int n = 2 * units * joined + unit * (1 + channels);
            int m = 2 * units * joined + units * (1 + channels) + unit * (1 + units);
            return new double[][]
            {
                OfSample(z + 1, p[z]), OfState(z + 1 + channels, 0), OfSample(r + 1, p[r]), OfState(r + 1 + channels, 0),
                OfSample(n + 1, p[n]), OfState(m + 1, p[m]),
            };
        })];
    }

    /// <summary>A unit in whole numbers.</summary>
    private sealed record Unit(int[] Biases, byte[] Factors, byte[] Weights)
    {
        /// <summary>All units in steps of 1 / (32 * 2^shift); null if one of them does not fit.</summary>
        internal static Unit[]? Of(double[][][] rows, int shift)
        {
            Unit?[] units = [.. rows.Select(parts => Of(parts, (double)GateTable.StepsPerUnit * (1 << shift)))];
            return units.Contains(null) ? null : units.Select(unit => unit!).ToArray();
        }

        private static Unit? Of(double[][] parts, double stepsPerUnit)
        {
            byte[] factors = new byte[Int8Gru.Factors];
            List<int> biases = [];
            List<byte> weights = [];
            double[] sums = new double[3];
            for (int part = 0; part < parts.Length; part++)
            {
                LanePart whole = LanePart.Of(parts[part][1..], stepsPerUnit);
                sums[part / 2] += Math.Abs(parts[part][0] * stepsPerUnit) + 1 + Int8Gru.LargestDigit * whole.Magnitude;
                if (whole.Factor > byte.MaxValue || !(sums[part / 2] < Int8Gru.SumLimit))
                {
                    return null;
                }

                factors[part] = (byte)whole.Factor;
                weights.AddRange(whole.Weights.Select(weight => (byte)weight));
                if (part != 1 && part != 3)
                {
                    biases.Add((int)Math.Round(parts[part][0] * stepsPerUnit));
                }
            }

            return new([.. biases], factors, [.. weights]);
        }
    }
}
