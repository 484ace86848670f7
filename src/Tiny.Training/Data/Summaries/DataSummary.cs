using System.Globalization;
using Tiny.Core;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Summaries;

/// <summary>What a data file holds: its columns and its labels, looked at once from start to end.</summary>
/// <param name="Reading">How it was understood.</param>
/// <param name="Rows">Rows.</param>
/// <param name="RowsWithMissing">Rows in which a value is missing.</param>
/// <param name="Columns">The input columns; an IDX file's elements are all one.</param>
/// <param name="LabelName">The label column's name.</param>
/// <param name="Task">What the labels would be taken for.</param>
/// <param name="Classes">Classes and their rows, in the order a model would have them; empty for values.</param>
/// <param name="Label">The labels as numbers, for values.</param>
/// <example>
/// <code>
/// DataSummary summary = DataSummary.OfCsv(DataFile.Open("gestures.csv"), new CsvOptions());
/// foreach (ColumnSummary column in summary.Columns)
/// {
///     Console.WriteLine($"{column.Name}: {column.Min} to {column.Max}");
/// }
/// </code>
/// </example>
public sealed record DataSummary(
    DataReading Reading,
    long Rows,
    long RowsWithMissing,
    IReadOnlyList<ColumnSummary> Columns,
    string LabelName,
    NetworkTask Task,
    IReadOnlyList<(string Name, long Rows)> Classes,
    ColumnSummary Label)
{
    /// <summary>How missing values are written, each with how often.</summary>
    public IReadOnlyDictionary<string, long> MissingSpellings { get; private init; } = new Dictionary<string, long>();

    /// <summary>Why training would refuse the labels, with the line; null where it would not.</summary>
    public string? LabelFault { get; private init; }

    /// <summary>The file.</summary>
    public string Path => Reading.Path;

    /// <summary>Looks at a CSV file, and closes it. Unlike for training, missing values and words are noted, not refused.</summary>
    /// <exception cref="DataException">It cannot be read, rows have too few fields or too many, or there is no row.</exception>
    public static DataSummary OfCsv(DataFile file, CsvOptions options, CancellationToken cancel = default)
    {
        using CsvSource source = new(file, options);
        ColumnSelection selection = ColumnSelection.ForTraining(source.Columns, options);
        ColumnSummary[] columns = [.. selection.Inputs.Select(column => new ColumnSummary(source.Header.Names[column]))];
        ColumnSummary label = new(source.Header.Names[selection.Label]);
        LabelCounts labels = new(source.Fields.Numbers);
        LabelRules rules = new(null, source.Fields, options, source.Columns.Rows.Select(row => row[selection.Label]));
        EmptyColumns empty = new(source, selection, options);
        Dictionary<string, long> spellings = [];
        long incomplete = 0;
        while (source.ReadFields())
        {
            cancel.ThrowIfCancellationRequested();
            empty.Check();
            bool whole = true;
            for (int i = 0; i < columns.Length; i++)
            {
                int column = selection.Inputs[i];
                whole &= Add(source, columns[i], source.Columns.Kinds[column], source.Field(column), spellings);
            }

            whole &= AddLabel(source, label, labels, rules, source.Field(selection.Label), spellings);
            incomplete += whole ? 0 : 1;
        }

        if (source.RowsRead == 0)
        {
            throw new DataException($"{file.Path}: there is a header but no row of data. Expected at least one row.");
        }

        NetworkTask task = options.Task ?? labels.Task;
        IReadOnlyList<(string Name, long Rows)> classes = task == NetworkTask.Classification ? labels.Sorted() : [];
        DataReading reading = DataReading.Of(source, selection.Inputs, selection.Label).WithSetAside(source.Columns, options);
        IEnumerable<string> remarks =
            LabelRemarks.Of(rules, task, [.. classes.Select(entry => entry.Name)], label.Name, options.Task is null);
        return new DataSummary(reading with { Remarks = [.. reading.Remarks, .. remarks] }, source.RowsRead - source.BadRows, incomplete,
            columns, label.Name, task, classes, label)
        {
            MissingSpellings = spellings,
            LabelFault = options.Task is null ? labels.WordAmongValues() : null,
        };
    }

    /// <summary>Looks at an IDX file and its labels, and closes them.</summary>
    /// <exception cref="DataException">They cannot be read, or do not fit each other.</exception>
    public static DataSummary OfIdx(DataFile file, string labelsPath, CancellationToken cancel = default)
    {
        using IdxSource rows = new(file);
        using IdxSource labels = new(labelsPath);
        labels.CheckAreLabelsOf(rows);

        ColumnSummary elements = new($"{rows.ElementsEach} elements");
        ColumnSummary label = new("label");
        LabelCounts counts = new(NumberText.Usual);
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
            counts.Add(answer[0].ToString(CultureInfo.InvariantCulture), 0);
        }

        return new DataSummary(
            DataReading.OfIdx(file.Path, rows.ElementsEach), rows.Count, 0, [elements], "label", NetworkTask.Classification,
                counts.Sorted(), label);
    }

    /// <summary>False if the value is missing.</summary>
    private static bool Add(
        CsvSource source, ColumnSummary column, ColumnKind kind, ReadOnlySpan<char> field, Dictionary<string, long> spellings)
    {
        if (source.Fields.IsMissing(field))
        {
            column.AddMissing();
            AddSpelling(spellings, source.Text(field));
            return false;
        }

        if (source.Fields.TryRead(field, kind, out float number))
        {
            column.Add(number);
        }
        else
        {
            column.AddWord(field, source.Line, source.Fields.Numbers);
        }

        return true;
    }

    private static void AddSpelling(Dictionary<string, long> spellings, string text) => spellings[text] = spellings.GetValueOrDefault(text)
        + 1;

    /// <summary>False if the label is missing.</summary>
    private static bool AddLabel(CsvSource source, ColumnSummary column, LabelCounts labels, LabelRules rules, ReadOnlySpan<char> label,
        Dictionary<string, long> spellings)
    {
        if (rules.IsMissing(label))
        {
            column.AddMissing();
            AddSpelling(spellings, source.Text(label));
            return false;
        }

        if (rules.IsLeftOut(label))
        {
            return true;
        }

        rules.FaultOf(label);
        labels.Add(source.Text(label), source.Line);
        if (source.Fields.TryRead(label, ColumnKind.Number, out float number))
        {
            column.Add(number);
        }
        else
        {
            column.AddWord(label, source.Line, source.Fields.Numbers);
        }

        return true;
    }
}
