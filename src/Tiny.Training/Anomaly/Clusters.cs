using Tiny.Learning;
using Tiny.Training.Data;

namespace Tiny.Training.Anomaly;

/// <summary>
/// Means of rows and the precisions of their columns: of one mean, a Gaussian with variances alone; of several, k-means
/// on columns in units of their deviations, begun as k-means++ does, and the variances within.
/// </summary>
internal static class Clusters
{
    private const int MostRounds = 50;

    // Columns of one unit, such as pixels: a tenth of the mean variance is added to each, or one
    // that hardly varies among normal rows would decide everything.
    private const double SharedFloor = 0.1;

    // Columns of which so many bear one name but for digits are of one unit.
    private const int FewestOfOneUnit = 8;

    /// <summary>The clusters of some rows.</summary>
    /// <exception cref="DataException">Nothing varies in them.</exception>
    internal static (float[] Precisions, float[][] Means) Of(Dataset data, int[] rows, int count, int seed)
    {
        int columns = data.ColumnCount;
        double[][] x = [.. rows.Select(row => Array.ConvertAll(data.Row(row).ToArray(), value => (double)value))];
        double[] scales = Precisions(data, Variances(x, [Mean(x, columns)], new int[x.Length]));
        if (scales.All(scale => scale == 0))
        {
            throw new DataException("No column varies among the normal rows: there is nothing to tell what is normal by.");
        }

        int[] of = new int[x.Length];
        double[][] means = [Mean(x, columns)];
        if (count > 1)
        {
            means = Seeds(x, scales, Math.Min(count, x.Length), new SeededRandom(seed));
            for (int round = 0; round < MostRounds && Assign(x, scales, means, of); round++)
            {
                means = [.. means.Select((mean, k) => x.Where((_, i) => of[i] == k).ToArray() is { Length: > 0 } own
                    ? Mean(own, columns) : mean)];
            }
        }

        double[] precisions = Precisions(data, Variances(x, means, of));
        return ([.. precisions.Select(value => (float)value)], [.. means.Select(mean => mean.Select(value => (float)value).ToArray())]);
    }

    private static double[] Mean(double[][] x, int columns) =>
        [.. Enumerable.Range(0, columns).Select(column => x.Average(row => row[column]))];

    private static double[] Variances(double[][] x, double[][] means, int[] of)
    {
        double[] variances = new double[means[0].Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int column = 0; column < variances.Length; column++)
            {
                double off = x[i][column] - means[of[i]][column];
                variances[column] += off * off / x.Length;
            }
        }

        return variances;
    }

    /// <summary>Reciprocals of the variances; 0 for a column that does not vary, unless others of its unit tell what is little.</summary>
    private static double[] Precisions(Dataset data, double[] variances)
    {
        double floor = IsOfOneUnit(data.Columns) ? SharedFloor * variances.Average() : 0;
        return [.. variances.Select(variance => variance + floor > 1e-30 ? 1 / (variance + floor) : 0)];
    }

    private static bool IsOfOneUnit(DataColumns columns) =>
        columns.ShareUnit || !columns.AreNamed
        || (columns.Count >= FewestOfOneUnit
        && columns.Names.Select(name => string.Concat(name.Where(c => !char.IsAsciiDigit(c)))).Distinct().Count() == 1);

    private static double[][] Seeds(double[][] x, double[] scales, int count, SeededRandom random)
    {
        List<double[]> seeds = [x[random.NextInt(x.Length)]];
        double[] least = [.. x.Select(_ => double.MaxValue)];
        while (seeds.Count < count)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                least[i] = Math.Min(least[i], Distance(x[i], seeds[^1], scales));
                sum += least[i];
            }

            double drawn = random.NextFloat() * sum;
            int next = 0;
            while (next < x.Length - 1 && drawn >= least[next])
            {
                drawn -= least[next++];
            }

            seeds.Add(x[next]);
        }

        return [.. seeds];
    }

    /// <summary>Gives each row to its nearest mean; whether any went to another.</summary>
    private static bool Assign(double[][] x, double[] scales, double[][] means, int[] of)
    {
        bool changed = false;
        for (int i = 0; i < x.Length; i++)
        {
            double[] distances = [.. means.Select(mean => Distance(x[i], mean, scales))];
            int nearest = Array.IndexOf(distances, distances.Min());
            changed |= nearest != of[i];
            of[i] = nearest;
        }

        return changed;
    }

    private static double Distance(double[] a, double[] b, double[] scales)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]) * scales[i];
        }

        return sum;
    }
}
