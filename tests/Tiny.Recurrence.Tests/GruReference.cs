namespace Tiny.Recurrence.Tests;

/// <summary>Gated recurrent units as plain loops in double, on parameters in the order of a blob.</summary>
internal static class GruReference
{
    /// <summary>The states behind all samples: (steps)(units).</summary>
    /// <param name="p">Parameters.</param>
    /// <param name="units">Units.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="x">(steps, channels).</param>
    /// <param name="before">The state before the first sample; 0 if none is given.</param>
    internal static double[][] Run(double[] p, int units, int channels, double[] x, double[]? before = null)
    {
        double[][] states = new double[x.Length / channels][];
        double[] h = before ?? new double[units];
        int joined = 1 + channels + units;
        int sampleRows = 2 * units * joined;
        int stateRows = sampleRows + units * (1 + channels);
        for (int step = 0; step < states.Length; step++)
        {
            double[] sample = x[(step * channels)..((step + 1) * channels)];
            double[] next = new double[units];
            for (int u = 0; u < units; u++)
            {
                double z = Sigmoid(Sum(p, u * joined, [.. sample, .. h]));
                double r = Sigmoid(Sum(p, (units + u) * joined, [.. sample, .. h]));
                double n = Math.Tanh(Sum(p, sampleRows + u * (1 + channels), sample) + r * Sum(p, stateRows + u * (1 + units), h));
                next[u] = (1 - z) * n + z * h[u];
            }

            states[step] = h = next;
        }

        return states;
    }

    private static double Sum(double[] p, int at, double[] x)
    {
        double sum = p[at];
        for (int i = 0; i < x.Length; i++)
        {
            sum += p[at + 1 + i] * x[i];
        }

        return sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
