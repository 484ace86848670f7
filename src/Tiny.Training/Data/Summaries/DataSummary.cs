using Tiny.Core;

namespace Tiny.Training.Data.Summaries;

/// <summary>What a data file holds: its columns and its labels, looked at once from start to end.</summary>
/// <param name="Path">The file.</param>
/// <param name="Rows">Rows.</param>
/// <param name="RowsWithMissing">Rows in which a value is missing.</param>
/// <param name="Columns">The input columns; an IDX file's elements are all one.</param>
/// <param name="LabelName">The label column's name.</param>
/// <param name="Task">What the labels would be taken for.</param>
/// <param name="Classes">Classes and their rows, in the order a model would have them; empty for values.</param>
/// <param name="Label">The labels as numbers, for values.</param>
public sealed record DataSummary(
    string Path,
    long Rows,
    long RowsWithMissing,
    IReadOnlyList<ColumnSummary> Columns,
    string LabelName,
    NetworkTask Task,
    IReadOnlyList<(string Name, long Rows)> Classes,
    ColumnSummary Label)
{
    /// <summary>Looks at a CSV file. Unlike for training, missing values and words are noted, not refused.</summary>
    /// <exception cref="DataException">It cannot be read, is ragged, or holds no row.</exception>
    public static DataSummary OfCsv(DataFile file, CsvOptions options, CancellationToken cancel = default)
    {
        string path = file.Path;
        using CsvSource source = new(file, options);
        ColumnSelection selection = ColumnSelection.ForTraining(source.Header, options);
        ColumnSummary[] columns = [.. selection.Inputs.Select(column => new ColumnSummary(source.Header.Names[column]))];
        ColumnSummary label = new(source.Header.Names[selection.Label]);
        LabelCounts labels = new();
        long incomplete = 0;
        while (source.ReadFields() is string[] fields)
        {
            cancel.ThrowIfCancellationRequested();
            bool whole = true;
            for (int i = 0; i < columns.Length; i++)
            {
                whole &= Add(source, columns[i], fields[selection.Inputs[i]]);
            }

            string text = fields[selection.Label];
            bool labelled = Add(source, label, text);
            incomplete += whole && labelled ? 0 : 1;
            if (labelled)
            {
                labels.Add(text);
            }
        }

        if (source.RowsRead == 0)
        {
            throw new DataException($"{path}: there is a header but no row of data. Expected at least one row.");
        }

        NetworkTask task = options.Task ?? labels.Task;
        return new DataSummary(
            path, source.RowsRead, incomplete, columns, label.Name, task, task == NetworkTask.Classification ? labels.Sorted() : [], label);
    }

    /// <summary>Looks at an IDX file and its labels.</summary>
    /// <exception cref="DataException">They cannot be read, or do not fit each other.</exception>
    public static DataSummary OfIdx(DataFile file, string labelsPath, CancellationToken cancel = default)
    {
        string path = file.Path;
        using IdxSource rows = new(file);
        using IdxSource labels = new(labelsPath);
        labels.CheckAreLabelsOf(rows);

        ColumnSummary elements = new($"{rows.ElementsEach} elements");
        ColumnSummary label = new("label");
        LabelCounts counts = new();
        float[] row = new float[rows.ElementsEach];
        float[] answer = new float[labels.ElementsEach];
        while (rows.ReadRow(row) && labels.ReadRow(answer))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (float value in row)
            {
                elements.Add(value);
            }

            label.Add(answer[0]);
            counts.Add(answer[0].ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return new DataSummary(path, rows.Count, 0, [elements], "label", NetworkTask.Classification, counts.Sorted(), label);
    }

    /// <summary>False if the value is missing.</summary>
    private static bool Add(CsvSource source, ColumnSummary column, string text)
    {
        if (source.IsMissing(text))
        {
            column.AddMissing();
            return false;
        }

        if (CsvSource.TryParse(text, out float number) && float.IsFinite(number))
        {
            column.Add(number);
        }
        else
        {
            column.AddWord(text);
        }

        return true;
    }
}
