using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Layers;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;

namespace Tiny.Training.Normalization;

/// <summary>Takes off the training mean and divides by the training standard deviation, column by column.</summary>
/// <param name="Means">(columns).</param>
/// <param name="Scales">(columns) 1 / standard deviation; 0 for a column that is constant in training, which then always gives 0.</param>
/// <example>
/// <code>
/// Normalizer normalizer = Normalizer.Fit(data.Schema, rows);
/// float[] normalized = new float[data.ColumnCount];
/// normalizer.Apply(data.Row(0), normalized);
/// </code>
/// </example>
public sealed record Normalizer(float[] Means, float[] Scales)
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Columns that were constant in training, and so tell the network nothing.</summary>
    public IReadOnlyList<int> ConstantColumns => [.. Enumerable.Range(0, Scales.Length).Where(i => Scales[i] == 0f)];

    /// <summary>
    /// Statistics of the training rows (population standard deviation). Columns that share a unit share one mean and deviation, over all
    /// of them, so that a pixel that is nearly always dark does not become an outlier when it is
    /// not; of images and signals the columns of each channel do.
    /// </summary>
    /// <exception cref="DataException">A column's values cannot be normalized in float32.</exception>
    public static Normalizer Fit(DataSchema schema, RowSource rows)
    {
        ColumnStatistics columns = ColumnStatistics.Of(rows, schema.ColumnCount);
        ColumnStatistics pooled = schema.Columns.Shape is Shape shape
            ? columns.Pooled(shape.Channels) : schema.Columns.ShareUnit ? columns.Pooled() : columns;
        return From(pooled, i => $"column \"{schema.Columns.Names[i]}\"");
    }

    /// <summary>Statistics of a regression's targets: what the blob scales outputs back with.</summary>
    /// <exception cref="DataException">The targets cannot be normalized in float32.</exception>
    public static Normalizer FitTargets(DataSchema schema, RowSource rows) =>
        From(ColumnStatistics.OfAnswers(rows), _ => $"target \"{schema.OutputNames[0]}\"");

    /// <summary>Writes the normalized inputs of one row, with the arithmetic of the device.</summary>
    /// <param name="inputs">(columns), in the user's units.</param>
    /// <param name="normalized">(columns). Receives the normalized values.</param>
    public void Apply(ReadOnlySpan<float> inputs, Span<float> normalized)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            normalized[i] = Held((inputs[i] - Means[i]) * Scales[i]);
        }
    }

    /// <summary>Writes normalized rows into a batch, with the arithmetic of the device.</summary>
    /// <param name="inputs">(any, columns) row-major.</param>
    /// <param name="rows">(rows), which of its rows.</param>
    /// <param name="batch">Receives them.</param>
    /// <param name="first">The row of the batch that receives the first.</param>
    public void Apply(float[] inputs, ReadOnlySpan<int> rows, Batch batch, int first)
    {
        Gather(inputs, rows, batch, first);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int column = 0; column < Means.Length; column += Blocks.Width)
            {
                Hold(batch.Inputs.AsSpan(Blocks.Index(batch.Capacity, first + i, column), Math.Min(Blocks.Width, Means.Length - column)));
            }
        }
    }

    /// <summary>
    /// The same for rows that this was fitted to. No value of n is more than sqrt(n) deviations from their mean, so that none can be beyond
    /// <see cref="Scaling.Limit"/>, and nothing need be asked of each. Block by block through all rows, so that the memory the rows
    /// come from, far apart in it, is asked for many of them at a time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Gather(float[] inputs, ReadOnlySpan<int> rows, Batch batch, int first)
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
                batch.Inputs[Blocks.Index(batch.Capacity, first + i, column)] = (inputs[rows[i] * columns + column] - Means[column])
                    * Scales[column];
            }
        }
    }

    /// <summary>As the device does: within <see cref="Scaling.Limit"/>, and 0 for infinity times a scale of 0.</summary>
    private static float Held(float value) =>
        Math.Abs(value) < Scaling.Limit ? value : float.IsNaN(value) ? 0f : Math.Clamp(value, -Scaling.Limit, Scaling.Limit);

    /// <summary>Whether a whole block is; asked by the bits, in which infinity and NaN are above all numbers.</summary>
    private static bool Within(Span<float> values) => values.Length == Blocks.Width
        && Vector512.LessThanAll(
        Vector512.Abs(Vector512.Create<float>(values)).AsInt32(), Vector512.Create(BitConverter.SingleToInt32Bits(Scaling.Limit)));

    private static void Hold(Span<float> values)
    {
        if (Within(values))
        {
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Held(values[i]);
        }
    }

    private static Normalizer From(ColumnStatistics columns, Func<int, string> name)
    {
        float[] scales = [.. Enumerable.Range(0, columns.Count)
            .Select(i => columns.IsConstant(i) ? 0f : (float)(1 / columns.Deviation(i)))];
        for (int i = 0; i < scales.Length; i++)
        {
            CheckFits(columns, i, scales[i], name);
        }

        return new Normalizer([.. columns.Means.Select(mean => (float)mean)], scales);
    }

    /// <summary>(x - mean) * scale must be finite for each value, and the scale a number that no board flushes to 0.</summary>
    private static void CheckFits(ColumnStatistics columns, int column, float scale, Func<int, string> name)
    {
        if (!double.IsFinite(columns.Means[column]))
        {
            throw new DataException($"{name(column)}: holds a value that is not a finite number. Leave its row out.");
        }

        if (columns.IsConstant(column))
        {
            return;
        }

        double widest = Math.Max(columns.Greatest[column] - columns.Means[column], columns.Means[column] - columns.Least[column]);
        bool tooWide = widest > float.MaxValue || scale < SmallestNormal;
        if (tooWide || !float.IsFinite(scale))
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{name(column)}: values from {columns.Least[column]:G4} to {columns.Greatest[column]:G4} "
                    + $"{(tooWide ? "are beyond" : "lie closer together than")} what float32 can normalize. "
                    + $"{(tooWide ? "Correct the outliers, or divide" : "Multiply")} the column by a constant, or leave it out."));
        }
    }
}
