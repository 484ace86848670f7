using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Training.Quantisation;

/// <summary>How inputs become levels from 0 to 255: level = round((x - lowest) / step), held within the levels.</summary>
/// <param name="Form">One lowest and step for all inputs, or one for each.</param>
/// <param name="Lowest">(1) or (inputs): what level 0 stands for.</param>
/// <param name="Steps">(1) or (inputs): what one level is worth; 0 for an input that was constant.</param>
internal sealed record InputLevels(InputForm Form, float[] Lowest, float[] Steps)
{
    /// <summary>One scale for all inputs: from the lowest to the highest value anywhere.</summary>
    /// <remarks>Whole numbers within a byte keep their values: a pixel or an ADC's reading is its own level, and loses nothing.</remarks>
    internal static InputLevels ForAll(Dataset data, int[] rows)
    {
        float lowest = float.PositiveInfinity;
        float highest = float.NegativeInfinity;
        bool whole = true;
        foreach (int row in rows)
        {
            foreach (float value in data.Row(row))
            {
                lowest = Math.Min(lowest, value);
                highest = Math.Max(highest, value);
                whole &= value == MathF.Floor(value);
            }
        }

        return whole && lowest >= 0 && highest <= 255
            ? new InputLevels(InputForm.Levels, [0f], [1f])
            : new InputLevels(InputForm.Levels, [lowest], [(highest - lowest) / 255f]);
    }

    /// <summary>A scale for each input, from its own lowest to its own highest value.</summary>
    internal static InputLevels ForEach(Dataset data, int[] rows)
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

        return new InputLevels(InputForm.LevelsEach, lowest, [.. highest.Zip(lowest, (high, low) => (high - low) / 255f)]);
    }

    internal float LowestOf(int input) => Lowest[Lowest.Length == 1 ? 0 : input];

    internal float StepOf(int input) => Steps[Steps.Length == 1 ? 0 : input];

    /// <summary>The level of a value, less 128: what the first layer's weights multiply.</summary>
    internal int Centred(int input, float value)
    {
        float step = StepOf(input);
        return step == 0f ? 0 : Math.Clamp((int)MathF.Round((value - LowestOf(input)) / step), 0, 255) - 128;
    }

    /// <summary>Scale and offset of each, as the device wants them: x * scale + offset, cut towards 0, is the level less 256.</summary>
    internal IEnumerable<float> ToBlob()
    {
        for (int i = 0; i < Steps.Length; i++)
        {
            // Cutting a negative number towards 0 rounds it up: half a step less rounds to the nearest level.
            yield return Steps[i] == 0f ? 0f : 1f / Steps[i];
            yield return Steps[i] == 0f ? -128.5f : (float)(-(double)Lowest[i] / Steps[i] - 256.5);
        }
    }
}
