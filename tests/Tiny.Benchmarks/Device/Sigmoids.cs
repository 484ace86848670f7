namespace Tiny.Benchmarks.Device;

/// <summary>The exact sigmoid, and the errors of its variants.</summary>
public static class Sigmoids
{
    /// <summary>Its values at (pieces + 1) points from -10.67 to 10.67.</summary>
    public static float[] Points(int pieces) =>
        [.. Enumerable.Range(0, pieces + 1).Select(i => (float)Exact((i - pieces / 2) * (2 * 10.666667 / pieces)))];

    /// <summary>The largest error over [-20, 20] in steps of 2^-13, and whether the specials come out: 0, 1 and NaN.</summary>
    public static (double Error, string Specials) Measure(Action<float[], int> variant)
    {
        double worst = 0;
        float[] z = new float[1];
        for (double x = -20; x <= 20; x += 1.0 / 8192)
        {
            z[0] = (float)x;
            variant(z, 1);
            worst = Math.Max(worst, Math.Abs(z[0] - Exact((float)x)));
        }

        float[] specials = [float.NegativeInfinity, float.PositiveInfinity, float.NaN];
        return (worst, string.Join(" ", specials.Select(special =>
        {
            z[0] = special;
            variant(z, 1);
            return z[0].ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
        })));
    }

    private static double Exact(double x) => 1 / (1 + Math.Exp(-x));
}
