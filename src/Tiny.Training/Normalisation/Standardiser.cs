using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
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
    public static Standardiser Fit(DataSchema schema, RowSource rows)
    {
        double[] means = MeanOfColumns(rows, schema.ColumnCount, null);
        double[] variances = MeanOfColumns(rows, schema.ColumnCount, means);
        if (schema.Columns.ShareUnit)
        {
            Pool(means, variances);
        }

        return new Standardiser([.. means.Select(mean => (float)mean)], [.. variances.Select((variance, i) => Scale(variance, means[i]))]);
    }

    /// <summary>Statistics of a regression's targets: what the blob scales outputs back with.</summary>
    public static Standardiser FitTargets(RowSource rows)
    {
        double mean = MeanOfAnswers(rows, answer => answer);
        double variance = MeanOfAnswers(rows, answer => (answer - mean) * (answer - mean));
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

    /// <summary>
    /// Writes standardised rows into a batch, with the arithmetic of the device. Block by block through all rows, so that the memory the rows
    /// come from, far apart in it, is asked for many of them at a time.
    /// </summary>
    /// <param name="inputs">(any, columns) row-major.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <param name="batch">Receives them.</param>
    /// <param name="first">The row of the batch that receives the first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(float[] inputs, ReadOnlySpan<int> rows, Batch batch, int first)
    {
        int columns = Means.Length;
        int blockLength = batch.Capacity * Blocks.Width;
        int whole = columns / Blocks.Width;
        for (int block = 0; block < whole; block++)
        {
            int column = block * Blocks.Width;
            Vector512<float> mean = Vector512.Create(Means, column);
            Vector512<float> scale = Vector512.Create(Scales, column);
            Span<float> to = batch.Inputs.AsSpan(block * blockLength + first * Blocks.Width, rows.Length * Blocks.Width);
            for (int i = 0; i < rows.Length; i++)
            {
                ((Vector512.Create(inputs, rows[i] * columns + column) - mean) * scale).CopyTo(to[(i * Blocks.Width)..]);
            }
        }

        for (int column = whole * Blocks.Width; column < columns; column++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                batch.Inputs[Blocks.Index(batch.Capacity, first + i, column)] = (inputs[rows[i] * columns + column] - Means[column]) * Scales[column];
            }
        }
    }

    /// <summary>The mean of each column; with a centre, of its squared distance from that.</summary>
    private static double[] MeanOfColumns(RowSource rows, int columns, double[]? centre)
    {
        double[] sums = new double[columns];
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                ReadOnlySpan<float> inputs = chunk.Inputs.AsSpan(chunk.Order[i] * columns, columns);
                for (int column = 0; column < inputs.Length; column++)
                {
                    double value = inputs[column];
                    double distance = centre is null ? 0 : value - centre[column];
                    sums[column] += centre is null ? value : distance * distance;
                }
            }
        }

        for (int column = 0; column < columns; column++)
        {
            sums[column] /= rows.Rows;
        }

        return sums;
    }

    private static double MeanOfAnswers(RowSource rows, Func<double, double> value)
    {
        double sum = 0;
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                sum += value(chunk.Answers[chunk.Order[i]]);
            }
        }

        return sum / rows.Rows;
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
