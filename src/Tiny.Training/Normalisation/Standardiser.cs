using System.Numerics;
using Tiny.Training.Data;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Normalisation;

/// <summary>Takes off the training mean and divides by the training standard deviation, column by column.</summary>
/// <param name="Means">(columns).</param>
/// <param name="Scales">(columns) 1 / standard deviation; 0 for a column that is constant in training, which then always gives 0.</param>
public sealed record Standardiser(float[] Means, float[] Scales)
{
    /// <summary>Columns that were constant in training, and so tell the network nothing.</summary>
    public IReadOnlyList<int> ConstantColumns => [.. Enumerable.Range(0, Scales.Length).Where(i => Scales[i] == 0f)];

    /// <summary>
    /// Statistics of the training rows (population standard deviation). Columns that share a unit share one mean and deviation, over all
    /// of them, so that a pixel that is nearly always dark does not become an outlier when it is not.
    /// </summary>
    public static Standardiser Fit(Dataset data, IReadOnlyList<int> rows)
    {
        int columns = data.ColumnCount;
        double[] means = new double[columns];
        double[] squares = new double[columns];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> inputs = data.Row(row);
            for (int i = 0; i < columns; i++)
            {
                means[i] += inputs[i];
            }
        }

        Divide(means, rows.Count);
        foreach (int row in rows)
        {
            ReadOnlySpan<float> inputs = data.Row(row);
            for (int i = 0; i < columns; i++)
            {
                double difference = inputs[i] - means[i];
                squares[i] += difference * difference;
            }
        }

        Divide(squares, rows.Count);
        if (data.Columns.ShareUnit)
        {
            Pool(means, squares);
        }

        return new Standardiser([.. means.Select(mean => (float)mean)], [.. squares.Select((variance, i) => Scale(variance, means[i]))]);
    }

    /// <summary>Statistics of a regression's targets: what the blob scales outputs back with.</summary>
    public static Standardiser FitTargets(Dataset data, IReadOnlyList<int> rows)
    {
        double mean = rows.Average(row => (double)data.Targets[row]);
        double variance = rows.Average(row => Math.Pow(data.Targets[row] - mean, 2));
        return new Standardiser([(float)mean], [Scale(variance, mean)]);
    }

    /// <summary>Writes the standardised inputs of one row, with the arithmetic of the device.</summary>
    public void Apply(ReadOnlySpan<float> inputs, Span<float> standardised)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            standardised[i] = (inputs[i] - Means[i]) * Scales[i];
        }
    }

    /// <summary>Writes the standardised inputs of one row into a batch, with the arithmetic of the device.</summary>
    public void Apply(ReadOnlySpan<float> inputs, Batch batch, int row)
    {
        int blockLength = batch.Capacity * Blocks.Width;
        int whole = inputs.Length / Blocks.Width;
        int at = row * Blocks.Width;
        for (int block = 0; block < whole; block++, at += blockLength)
        {
            ReadOnlySpan<float> from = inputs.Slice(block * Blocks.Width, Blocks.Width);
            ReadOnlySpan<float> means = Means.AsSpan(block * Blocks.Width, Blocks.Width);
            ReadOnlySpan<float> scales = Scales.AsSpan(block * Blocks.Width, Blocks.Width);
            Span<float> to = batch.Inputs.AsSpan(at, Blocks.Width);
            for (int lane = 0; lane < Blocks.Width; lane += Vector<float>.Count)
            {
                ((new Vector<float>(from[lane..]) - new Vector<float>(means[lane..])) * new Vector<float>(scales[lane..])).CopyTo(to[lane..]);
            }
        }

        for (int column = whole * Blocks.Width; column < inputs.Length; column++)
        {
            batch.Inputs[at + column % Blocks.Width] = (inputs[column] - Means[column]) * Scales[column];
        }
    }

    private static void Divide(double[] sums, int count)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] /= count;
        }
    }

    /// <summary>One mean and variance for all columns: that of all values together.</summary>
    private static void Pool(double[] means, double[] variances)
    {
        double mean = means.Average();
        double variance = variances.Average() + means.Average(m => (m - mean) * (m - mean));
        Array.Fill(means, mean);
        Array.Fill(variances, variance);
    }

    /// <summary>1 / deviation, or 0 where the deviation is no more than rounding of the mean.</summary>
    private static float Scale(double variance, double mean)
    {
        double deviation = Math.Sqrt(variance);
        return deviation <= 1e-7 * Math.Abs(mean) || deviation < 1e-30 ? 0f : (float)(1.0 / deviation);
    }
}
