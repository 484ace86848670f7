using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Training.Quantization;

/// <summary>How inputs become levels from 0 to 255: level = round((x - lowest) / step), held within the levels.</summary>
/// <param name="Form">One lowest and step for all inputs, or one for each.</param>
/// <param name="Lowest">(1) or (inputs): what level 0 stands for.</param>
/// <param name="Steps">(1) or (inputs): what one level is worth; 0 for an input that was constant.</param>
internal sealed record InputLevels(InputForm Form, float[] Lowest, float[] Steps)
{
    private const double FewestDeviations = 1; // that calibration shows of an input; see Shown
    private const double Reach = 3;            // deviations to each side of the mean that hold nearly all of it

    /// <summary>One scale for all inputs: from the lowest to the highest value anywhere.</summary>
    /// <remarks>Whole numbers within a byte keep their values: a pixel or an ADC's reading is its own level, and loses nothing.</remarks>
    internal static InputLevels ForAll(Dataset data, int[] rows, TrainingStatistics training)
    {
        (float[] lowest, float[] highest) = Shown(data, rows, training);
        bool whole = lowest.Min() >= 0 && highest.Max() <= 255 && rows.All(row => IsWhole(data.Row(row)));
        return whole
            ? new InputLevels(InputForm.Levels, [0f], [1f])
            : new InputLevels(InputForm.Levels, [lowest.Min()], [(highest.Max() - lowest.Min()) / 255f]);
    }

    /// <summary>A scale for each input, from its own lowest to its own highest value.</summary>
    internal static InputLevels ForEach(Dataset data, int[] rows, TrainingStatistics training)
    {
        (float[] lowest, float[] highest) = Shown(data, rows, training);
        return new InputLevels(InputForm.LevelsEach, lowest, [.. highest.Zip(lowest, (high, low) => (high - low) / 255f)]);
    }

    /// <summary>
    /// A scale for each channel, alike at all places, about its mean in training: so one level is
    /// 0 to the network in every channel, and stands beyond the edges too.
    /// </summary>
    internal static InputLevels ForChannels(Dataset data, int[] rows, TrainingStatistics training, int channels)
    {
        (float[] lowest, float[] highest) = Shown(data, rows, training);
        double[] reach = new double[channels];
        for (int i = 0; i < lowest.Length; i++)
        {
            reach[i % channels] = Math.Max(reach[i % channels], Math.Max(highest[i] - training.Mean(i), training.Mean(i) - lowest[i]));
        }

        float[] steps = [.. lowest.Select((_, i) => (float)(reach[i % channels] / 127))];
        return new InputLevels(InputForm.LevelsEach, [.. steps.Select((step, i) => (float)(training.Mean(i) - 128.0 * step))], steps);
    }

    /// <summary>
    /// The lowest and the highest value of each input. An input that calibration shows next to nothing of, though it
    /// varied in training, goes as far as it did there: else the int8 model would not heed it at all.
    /// </summary>
    private static (float[] Lowest, float[] Highest) Shown(Dataset data, int[] rows, TrainingStatistics training)
    {
        float[] lowest = [.. Enumerable.Repeat(float.PositiveInfinity, data.ColumnCount)];
        float[] highest = [.. Enumerable.Repeat(float.NegativeInfinity, data.ColumnCount)];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> inputs = data.Row(row);
            for (int i = 0; i < inputs.Length; i++)
            {
                lowest[i] = Math.Min(lowest[i], inputs[i]);
                highest[i] = Math.Max(highest[i], inputs[i]);
            }
        }

        for (int i = 0; i < lowest.Length && !training.ArePooled && training.AreKnown; i++)
        {
            if (training.Varied(i) && highest[i] - lowest[i] < FewestDeviations * training.Deviation(i))
            {
                lowest[i] = Math.Min(lowest[i], (float)(training.Mean(i) - Reach * training.Deviation(i)));
                highest[i] = Math.Max(highest[i], (float)(training.Mean(i) + Reach * training.Deviation(i)));
            }
        }

        return (lowest, highest);
    }

    private static bool IsWhole(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (value != MathF.Floor(value))
            {
                return false;
            }
        }

        return true;
    }

    internal float LowestOf(int input) => Lowest[Lowest.Length == 1 ? 0 : input];

    internal float StepOf(int input) => Steps[Steps.Length == 1 ? 0 : input];

    /// <summary>The level of a value, less 128: what the first layer's weights multiply.</summary>
    internal int Centered(int input, float value)
    {
        float step = StepOf(input);
        return step == 0f ? 0 : Math.Clamp((int)MathF.Round((value - LowestOf(input)) / step), 0, 255) - 128;
    }

    /// <summary>Scale and offset of each, as the device wants them: x * scale + offset, cut toward 0, is the level less 256.</summary>
    internal IEnumerable<float> ToBlob()
    {
        for (int i = 0; i < Steps.Length; i++)
        {
            // Cutting a negative number toward 0 rounds it up: half a step less rounds to the nearest level.
            yield return Steps[i] == 0f ? 0f : 1f / Steps[i];
            yield return Steps[i] == 0f ? -128.5f : (float)(-(double)Lowest[i] / Steps[i] - 256.5);
        }
    }
}
