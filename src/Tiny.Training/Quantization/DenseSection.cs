using Tiny.Core.Activations;
using Tiny.Int8;

namespace Tiny.Training.Quantization;

/// <summary>
/// The section of a dense int8 layer, whose inputs are whole numbers already: weights, biases, and what takes its sums on.
/// </summary>
/// <param name="activation">The layer's activation.</param>
/// <param name="calibration">What it takes and gives.</param>
/// <param name="weights">(rows)(inputs), for whole-number inputs.</param>
/// <param name="biases">(rows).</param>
internal class DenseSection(Activation activation, LayerCalibration calibration, double[][] weights, double[] biases)
{
    private readonly int rows = weights.Length;
    private readonly double[][] outputs = calibration.Outputs;

    /// <summary>What the inputs of a row are like.</summary>
    protected virtual LayerInputs InputsOf(int row) => calibration.Inputs;

    /// <summary>The weights of a row.</summary>
    protected double[] WeightsOf(int row) => weights[row];

    /// <summary>The section of a last int8 layer, whose sums become floats.</summary>
    internal QuantizedLayer ToFloats()
    {
        double[] scales = [.. weights.Select((row, i) => Fitting(i, Math.Max(RowQuantizer.BestScale(row, InputsOf(i)), Smallest(i))))];
        return new(Section(scales, 0, [.. scales.SelectMany(scale => BitConverter.GetBytes((float)scale))]), []);
    }

    /// <summary>The section of an int8 layer before another.</summary>
    internal QuantizedLayer ToDigits() => activation == Activation.Relu ? ToDigitsByShift(calibration.Felt!) : ToDigitsByTable();

    /// <summary>
    /// ReLU: one shift for the layer; the scale of each row is as fine as its weights allow and coarse enough that its largest output is
    /// a digit. The shift is the one at which the errors of weights and digits, as the next layer feels them, are least.
    /// </summary>
    private QuantizedLayer ToDigitsByShift(double[] felt)
    {
        double[] largest = [.. Enumerable.Range(0, rows).Select(row => outputs.Max(sample => sample[row]))];
        double[] fine = [.. weights.Select((row, i) => RowQuantizer.BestScale(row, InputsOf(i)))];
        int best = 0;
        double least = double.PositiveInfinity;
        for (int shift = 0; shift <= Int8Layer.LargestReluShift; shift++)
        {
            double error = 0;
            for (int row = 0; row < rows; row++)
            {
                double scale = Scale(row, shift);
                double step = scale * (1 << shift);
                error += felt[row] * (RowQuantizer.Error(weights[row], InputsOf(row), scale) + step * step / 12);
            }

            if (error < least)
            {
                least = error;
                best = shift;
            }
        }

        double[] scales = [.. Enumerable.Range(0, rows).Select(row => Fitting(row, Scale(row, best)))];
        if (calibration.IsUniform)
        {
            // What is read as floats behind has one scale for all.
            double common = scales.Max();
            scales = [.. scales.Select((_, row) => Fitting(row, common))];
            common = scales.Max();
            scales = [.. scales.Select(_ => common)];
        }

        byte[] section = Section(scales, best == 0 ? 0 : 1 << (best - 1), [(byte)best, 0, 0, 0]);
        return new(section, [.. scales.Select(scale => scale * (1 << best))]);

        double Scale(int row, int shift) =>
            Math.Max(Math.Max(fine[row], largest[row] / Int8Layer.LargestDigit / (1 << shift)), Smallest(row));
    }

    /// <summary>
    /// Any other activation: each row has a shift of its own to a common step of the sums, and a table leads from there to the digit.
    /// </summary>
    private QuantizedLayer ToDigitsByTable()
    {
        double reach = Reach();
        double sumStep = reach / 127;
        double digitStep = outputs.Max(sample => sample.Max(Math.Abs)) / Int8Layer.LargestDigit;
        digitStep = digitStep == 0 ? 1 : digitStep;
        int[] shifts = new int[rows];
        double[] scales = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double fine = Math.Max(RowQuantizer.BestScale(weights[row], InputsOf(row)), Smallest(row));
            int shift = Math.Clamp((int)Math.Floor(Math.Log2(sumStep / fine)), 0, Int8Layer.LargestReluShift);
            while (shift > 0 && Fitting(row, sumStep / (1 << shift)) > sumStep / (1 << shift))
            {
                shift--;
            }

            shifts[row] = shift;
            scales[row] = sumStep / (1 << shift);
        }

        List<byte> steps = [.. shifts.Select(shift => (byte)shift)];
        while (steps.Count % 4 != 0)
        {
            steps.Add(0);
        }

        steps.AddRange(BitConverter.GetBytes((float)sumStep));
        steps.AddRange(BitConverter.GetBytes((float)digitStep));
        byte[] section = Section(scales, row => shifts[row] == 0 ? 0 : 1 << (shifts[row] - 1), [.. steps]);
        return new(section, [.. Enumerable.Repeat(digitStep, rows)]);
    }

    /// <summary>How far from 0 sums still matter: where a sigmoid is flat they do not, else as far as calibration went.</summary>
    private double Reach()
    {
        double farthest = 1e-6;
        for (int row = 0; row < rows; row++)
        {
            // Mean and spread of the sum, inputs taken as independent: four deviations hold all but a few.
            LayerInputs inputs = InputsOf(row);
            double mean = biases[row];
            double variance = 0;
            for (int i = 0; i < inputs.Means.Length; i++)
            {
                mean += weights[row][i] * inputs.Means[i];
                variance += weights[row][i] * weights[row][i] * Math.Max(0, inputs.Squares[i] - inputs.Means[i] * inputs.Means[i]);
            }

            farthest = Math.Max(farthest, Math.Abs(mean) + 4 * Math.Sqrt(variance));
        }

        return activation switch
        {
            Activation.Sigmoid => Math.Min(farthest, 6),
            Activation.Tanh => Math.Min(farthest, 3),
            Activation.Linear or Activation.LeakyRelu =>
                Math.Max(1e-6, Math.Max(farthest / 4, outputs.Max(sample => sample.Max(Math.Abs)))),
            _ => farthest,
        };
    }

    /// <summary>A scale at which the bias is within its bits, so that rows of no weight have one too.</summary>
    private double Smallest(int row) => Math.Max(Math.Abs(biases[row]) / (Int8Layer.LaneLimit / 4), 1e-12);

    /// <summary>The scale, or the next coarser at which the sums of the row fit their bits.</summary>
    /// <exception cref="QuantizationException">There is none: the numbers are not of this world.</exception>
    private double Fitting(int row, double scale)
    {
        for (; scale < float.MaxValue; scale *= 1.02)
        {
            if (Fits(row, scale))
            {
                return scale;
            }
        }

        throw new QuantizationException(
            $"no int8 scale fits row {row} of a layer: the calibration rows, or the weights, are too large. Look for values such as 1e38 "
                + "in the data.");
    }

    /// <summary>Whether the sums of a row fit their bits at a scale.</summary>
    protected virtual bool Fits(int row, double scale)
    {
        int largest = calibration.IsFirst ? LevelDenseLayer.MiddleLevel : Int8Layer.LargestDigit;
        long bound = Math.Abs(Bias(row, scale)) + (1L << Int8Layer.LargestReluShift);
        int end = 0;
        for (int i = 0; i < weights[row].Length; i++)
        {
            if (i == end)
            {
                bound = i == 0 ? bound : 0;
                end += calibration.IsFirst ? Int8Blocks.OfLevels(weights[row].Length - i) : Int8Blocks.OfDigits(weights[row].Length);
            }

            bound += largest * Math.Abs(RowQuantizer.Rounded(weights[row][i], scale));
            if (bound >= Int8Layer.LaneLimit)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bias in steps of the scale, and with it what rounding the weights takes from the sum on average.</summary>
    protected long Bias(int row, double scale)
    {
        LayerInputs inputs = InputsOf(row);
        double lost = 0;
        for (int i = 0; i < weights[row].Length; i++)
        {
            lost += (weights[row][i] - scale * RowQuantizer.Rounded(weights[row][i], scale)) * inputs.Means[i];
        }

        return (long)Math.Round((biases[row] + lost) / scale);
    }

    /// <summary>The weights as the blob has them, each row in steps of its scale.</summary>
    protected virtual IEnumerable<byte> Weights(double[] scales) =>
        weights.SelectMany((row, i) => row.Select(weight => (byte)RowQuantizer.Rounded(weight, scales[i])));

    private byte[] Section(double[] scales, int half, byte[] steps) => Section(scales, _ => half, steps);

    /// <summary>Biases, with half of what a shift cuts off so that it rounds; then the steps; then the weights.</summary>
    private byte[] Section(double[] scales, Func<int, int> half, byte[] steps)
    {
        List<byte> section = [];
        for (int row = 0; row < rows; row++)
        {
            section.AddRange(BitConverter.GetBytes((int)Bias(row, scales[row]) + half(row)));
        }

        section.AddRange(steps);
        section.AddRange(Weights(scales));
        while (section.Count % 4 != 0)
        {
            section.Add(0);
        }

        return [.. section];
    }
}
