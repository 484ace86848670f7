using Tiny.Core;
using Tiny.Learning;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Layers;

namespace Tiny.Training.Streaming;

/// <summary>
/// A stream goes from one movement to the next, where windows of recordings hold one alone. So as many windows again are trained on that
/// begin in another recording: what a recurrent layer knows of
/// the samples before must not keep it from what comes now.
/// </summary>
/// <example>
/// <code>
/// RowSource more = StreamTransitions.Add(data, DataSplit.None(data.Rows).Train, seed: 1);
/// using Trainer trainer = new(data.Schema, more, new TrainingOptions());
/// </code>
/// </example>
public static class StreamTransitions
{
    private const int Tries = 8; // to draw a window with another answer

    /// <summary>The windows, and as many again whose first quarter to half is the end of another window.</summary>
    /// <param name="data">The windows, of raw samples.</param>
    /// <param name="rows">Those to train on.</param>
    /// <param name="seed">Draws beginnings and lengths.</param>
    /// <returns>Rows in memory, twice as many.</returns>
    /// <exception cref="ArgumentException">The rows are no windows of samples.</exception>
    public static RowSource Add(Dataset data, IReadOnlyList<int> rows, int seed)
    {
        Shape shape = data.Columns.Shape ?? throw new ArgumentException("The rows are no windows of samples.", nameof(data));
        int columns = data.ColumnCount;
        int values = columns / shape.Height;
        bool classes = data.Task == NetworkTask.Classification;
        float[] inputs = new float[2L * rows.Count * columns];
        float[] answers = new float[2 * rows.Count];
        int[] groups = new int[2 * rows.Count];
        SeededRandom random = new(seed);
        for (int i = 0; i < rows.Count; i++)
        {
            int other = Draw(data, rows, rows[i], random);
            int taken = values * (shape.Height / 4 + random.NextInt(shape.Height / 4 + 1));
            for (int copy = 0; copy < 2; copy++)
            {
                Span<float> to = inputs.AsSpan((2 * i + copy) * columns, columns);
                data.Row(rows[i]).CopyTo(to);
                answers[2 * i + copy] = classes ? data.Classes[rows[i]] : data.Targets[rows[i]];
                groups[2 * i + copy] = data.Groups?.Of[rows[i]] ?? 0;
                if (copy == 1)
                {
                    data.Row(other)[^taken..].CopyTo(to);
                }
            }
        }

        RowGroups? owners = data.Groups is null ? null : new RowGroups(groups, data.Groups.Names);
        Dataset more = Dataset.From(data.Schema, inputs, answers, owners);
        return new MemoryRows(more, [.. Enumerable.Range(0, more.Rows)]);
    }

    /// <summary>A window of another class if a few tries find one.</summary>
    private static int Draw(Dataset data, IReadOnlyList<int> rows, int row, SeededRandom random)
    {
        int drawn = row;
        for (int i = 0; i < Tries && (drawn == row || (data.Classes.Length > 0 && data.Classes[drawn] == data.Classes[row])); i++)
        {
            drawn = rows[random.NextInt(rows.Count)];
        }

        return drawn;
    }
}
