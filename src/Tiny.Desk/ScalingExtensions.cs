using Tiny.Core;

namespace Tiny.Desk;

/// <summary>Normalization and output scaling one by one, checked: on the device they are plain arrays.</summary>
/// <example>
/// <code>
/// network.Scaling.SetInput(0, 20f, 0.1f);                    // the first input becomes (x - 20) * 0.1
/// </code>
/// </example>
public static class ScalingExtensions
{
    /// <summary>Sets the normalization of an input: the network sees (x - mean) * scale.</summary>
    /// <param name="scaling">The numbers that are set.</param>
    /// <param name="input">From 0 to inputs - 1.</param>
    /// <param name="mean">The mean, in the unit of the input.</param>
    /// <param name="scale">0 or more: 1 / standard deviation, 0 for an input that is ignored.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input, or the scale is negative.</exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void SetInput(this Scaling scaling, int input, float mean, float scale)
    {
        Check(scaling.InputMeans, input, nameof(input));
        Check(mean, scale, 0f);
        scaling.InputMeans[input] = mean;
        scaling.InputScales[input] = scale;
    }

    /// <summary>Sets the scaling of a regression's output: the answer is y * scale + mean.</summary>
    /// <param name="scaling">The numbers that are set.</param>
    /// <param name="output">From 0 to outputs - 1.</param>
    /// <param name="mean">The mean, in the unit of the target.</param>
    /// <param name="scale">Above 0: the standard deviation.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output, or the scale is not above 0.</exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void SetOutput(this Scaling scaling, int output, float mean, float scale)
    {
        Check(scaling.OutputMeans, output, nameof(output));
        Check(mean, scale, float.Epsilon);
        scaling.OutputMeans[output] = mean;
        scaling.OutputScales[output] = scale;
    }

    private static void Check(float mean, float scale, float least)
    {
        if (!float.IsFinite(mean))
        {
            throw new ArgumentException($"mean is {mean}, which is not a finite number.", nameof(mean));
        }

        if (!(scale >= least && scale <= float.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), $"scale is {scale}, expected {least} to {float.MaxValue}.");
        }
    }

    private static void Check(float[]? values, int index, string name)
    {
        int count = values?.Length ?? 0;
        if (index < 0 || index >= count)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} {index}: there are {count}.");
        }
    }
}
