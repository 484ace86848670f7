namespace Tiny.Training.Quantization;

/// <summary>Some of a unit's weights in whole numbers: what stands in a lane is the factor times each.</summary>
/// <param name="Factor">At least 1.</param>
/// <param name="Weights">From -127 to 127.</param>
internal readonly record struct LanePart(double Factor, int[] Weights)
{
    private const int Most = 127;

    /// <summary>The sum of the magnitudes of what stands in the lane.</summary>
    internal double Magnitude => Factor * Weights.Sum(Math.Abs);

    /// <summary>Weights in steps of which so many come to 1, with the least factor that makes bytes of them.</summary>
    internal static LanePart Of(IReadOnlyList<double> weights, double stepsPerUnit)
    {
        double factor = Math.Max(1, Math.Ceiling(weights.Max(Math.Abs) * stepsPerUnit / Most));
        return new(factor, [.. weights.Select(weight => (int)Math.Round(Math.Clamp(weight * stepsPerUnit / factor, -Most, Most)))]);
    }

    /// <summary>What makes digits of magnitudes up to this: 1 where there are none.</summary>
    internal static float ScaleFor(float reach) => reach > 0f && float.IsFinite(Most / reach) ? Most / reach : 1f;

    /// <summary>Fills a section up to a multiple of 4 bytes.</summary>
    internal static void Align(List<byte> section)
    {
        while (section.Count % 4 != 0)
        {
            section.Add(0);
        }
    }
}
