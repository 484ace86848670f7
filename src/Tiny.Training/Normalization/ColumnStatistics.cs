using System.Numerics.Tensors;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Normalization;

/// <summary>What the values of columns are like over some rows, reckoned in double.</summary>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Means">(columns).</param>
/// <param name="Variances">(columns), of the population.</param>
/// <param name="Least">(columns).</param>
/// <param name="Greatest">(columns).</param>
internal sealed record ColumnStatistics(long Rows, double[] Means, double[] Variances, float[] Least, float[] Greatest)
{
    /// <summary>Columns.</summary>
    internal int Count => Means.Length;

    /// <summary>Of the inputs of all rows.</summary>
    internal static ColumnStatistics Of(RowSource rows, int columns) =>
        Of(rows, columns, (chunk, row) => chunk.Inputs.AsSpan(row * columns, columns));

    /// <summary>Of the answers of all rows, as one column.</summary>
    internal static ColumnStatistics OfAnswers(RowSource rows) => Of(rows, 1, (chunk, row) => chunk.Answers.AsSpan(row, 1));

    /// <summary>Whether a column has the same value in all rows.</summary>
    internal bool IsConstant(int column) => Least[column] == Greatest[column];

    /// <summary>The standard deviation of a column.</summary>
    internal double Deviation(int column) => Math.Sqrt(Variances[column]);

    /// <summary>
    /// The statistics of all values of a channel together, the same for each of its columns: for columns that share a unit.
    /// </summary>
    /// <param name="channels">How many channels there are, those of a place beside each other; 1 for all columns together.</param>
    internal ColumnStatistics Pooled(int channels = 1)
    {
        ColumnStatistics[] pools = [.. Enumerable.Range(0, channels).Select(channel => new ColumnStatistics(
            Rows, Of(Means, channel), Of(Variances, channel), Of(Least, channel), Of(Greatest, channel)).Pool())];
        return new ColumnStatistics(
            Rows, Spread(pool => pool.Means[0]), Spread(pool => pool.Variances[0]), Spread(pool => pool.Least[0]),
                Spread(pool => pool.Greatest[0]));

        T[] Of<T>(T[] values, int channel) => [.. values.Where((_, i) => i % channels == channel)];

        T[] Spread<T>(Func<ColumnStatistics, T> value) => [.. Enumerable.Range(0, Count).Select(i => value(pools[i % channels]))];
    }

    /// <summary>The statistics of all values as of one column.</summary>
    private ColumnStatistics Pool()
    {
        double mean = Means.Average();
        double variance = Variances.Average() + Means.Average(m => (m - mean) * (m - mean));
        return new ColumnStatistics(Rows, [mean], [variance], [Least.Min()], [Greatest.Max()]);
    }

    private static ColumnStatistics Of(RowSource rows, int columns, Func<RowChunk, int, ReadOnlySpan<float>> values)
    {
        double[] wide = new double[columns];
        double[] sums = new double[columns];
        float[] least = [.. Enumerable.Repeat(float.PositiveInfinity, columns)];
        float[] greatest = [.. Enumerable.Repeat(float.NegativeInfinity, columns)];
        EachRow(rows, values, row =>
        {
            TensorPrimitives.ConvertTruncating(row, wide);
            TensorPrimitives.Add(sums, wide, sums);
            TensorPrimitives.Min(least, row, least);
            TensorPrimitives.Max(greatest, row, greatest);
        });
        double[] means = [.. sums.Select(sum => sum / rows.Rows)];
        double[] squares = new double[columns];
        EachRow(rows, values, row =>
        {
            TensorPrimitives.ConvertTruncating(row, wide);
            TensorPrimitives.Subtract(wide, means, wide);
            TensorPrimitives.Multiply(wide, wide, wide);
            TensorPrimitives.Add(squares, wide, squares);
        });
        return new ColumnStatistics(rows.Rows, means, [.. squares.Select(sum => sum / rows.Rows)], least, greatest);
    }

    private static void EachRow(RowSource rows, Func<RowChunk, int, ReadOnlySpan<float>> values, Action<ReadOnlySpan<float>> look)
    {
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                look(values(chunk, chunk.Order[i]));
            }
        }
    }
}
