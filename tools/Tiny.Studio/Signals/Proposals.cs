namespace Tiny.Studio.Signals;

/// <summary>
/// Stretches in which something moves: where the energy about the slow mean of the signal rises above that of rest. Each is one movement:
/// two that are closer than a third of a second are one.
/// </summary>
internal static class Proposals
{
    private const double Smooth = 0.1;     // seconds over which energy is averaged
    private const double Apart = 0.35;     // seconds of rest that part two movements
    private const double Shortest = 0.2;   // seconds
    private const double Margin = 0.1;     // seconds kept before and behind
    private const double AboveRest = 0.15; // of the way from the energy of rest to that of movement
    private const double UsualRate = 50;   // where no clock tells

    /// <summary>The stretches, in order.</summary>
    /// <param name="signal">The recording.</param>
    /// <param name="rate">Samples a second; 0 where it is not known.</param>
    internal static IReadOnlyList<(int From, int To)> Of(SignalData signal, double rate)
    {
        if (signal.Rows == 0)
        {
            return [];
        }

        double hertz = rate > 0 ? rate : UsualRate;
        double[] energy = Averaged(Energy(signal, hertz), Math.Max(1, (int)(Smooth * hertz)));
        double[] sorted = [.. energy.Order()];
        double rest = sorted[sorted.Length / 10];
        double movement = sorted[(int)(0.95 * (sorted.Length - 1))];

        // Where the signal is alike throughout there is no rest to tell a movement from.
        if (movement < 4 * rest || movement == 0)
        {
            return [];
        }

        List<(int From, int To)> found = [];
        double threshold = rest + AboveRest * (movement - rest);
        for (int i = 0; i < energy.Length; i++)
        {
            if (energy[i] <= threshold)
            {
                continue;
            }

            int from = i;
            while (i < energy.Length && energy[i] > threshold)
            {
                i++;
            }

            if (found.Count > 0 && from - found[^1].To < Apart * hertz)
            {
                found[^1] = (found[^1].From, i);
            }
            else
            {
                found.Add((from, i));
            }
        }

        int margin = (int)(Margin * hertz);
        return [.. found.Where(stretch => stretch.To - stretch.From >= Shortest * hertz)
            .Select(stretch => (Math.Max(0, stretch.From - margin), Math.Min(signal.Rows, stretch.To + margin)))];
    }

    /// <summary>Squares about the mean of a second, each channel in units of its own deviation.</summary>
    private static double[] Energy(SignalData signal, double hertz)
    {
        double[] energy = new double[signal.Rows];
        foreach (float[] channel in signal.Values)
        {
            double[] values = [.. channel.Select(value => float.IsNaN(value) ? 0.0 : value)];
            double mean = values.Average();
            double variance = values.Sum(value => (value - mean) * (value - mean)) / values.Length;
            double[] slow = Averaged(values, Math.Max(1, (int)hertz));
            for (int i = 0; variance > 0 && i < energy.Length; i++)
            {
                energy[i] += (values[i] - slow[i]) * (values[i] - slow[i]) / variance;
            }
        }

        return energy;
    }

    /// <summary>Means over a stretch about each value.</summary>
    private static double[] Averaged(double[] values, int width)
    {
        double[] sums = new double[values.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }

        double[] means = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int from = Math.Max(0, i - width / 2);
            int to = Math.Min(values.Length, i + width - width / 2);
            means[i] = (sums[to] - sums[from]) / (to - from);
        }

        return means;
    }
}
