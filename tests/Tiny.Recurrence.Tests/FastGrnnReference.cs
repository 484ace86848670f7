namespace Tiny.Recurrence.Tests;

/// <summary>FastGRNN units as plain loops in double, on parameters in the order of a blob.</summary>
internal static class FastGrnnReference
{
    /// <summary>The states behind all samples: (steps)(units).</summary>
    internal static double[][] Run(double[] p, int units, int channels, double[] x)
    {
        double[][] states = new double[x.Length / channels][];
        double[] h = new double[units];
        int row = 1 + channels + units;
        int behind = units * row;
        (double zeta, double nu) = (p[behind + units], p[behind + units + 1]);
        for (int step = 0; step < states.Length; step++)
        {
            double[] both = [.. x[(step * channels)..((step + 1) * channels)], .. h];
            double[] next = new double[units];
            for (int u = 0; u < units; u++)
            {
                double a = p[u * row];
                for (int i = 0; i < both.Length; i++)
                {
                    a += p[u * row + 1 + i] * both[i];
                }

                double z = 1 / (1 + Math.Exp(-a));
                next[u] = (zeta * (1 - z) + nu) * Math.Tanh(a + p[behind + u]) + z * h[u];
            }

            states[step] = h = next;
        }

        return states;
    }
}
