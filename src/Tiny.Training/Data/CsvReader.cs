using Tiny.Core;

namespace Tiny.Training.Data;

/// <summary>Reads a whole CSV file into a data set.</summary>
public static class CsvReader
{
    /// <summary>A numeric label column is taken as classes when all its values are whole and no more than this many differ.</summary>
    public const int MostNumericClasses = 20;

    /// <summary>Reads the columns that training needs.</summary>
    /// <exception cref="DataException">The file cannot be used as it is.</exception>
    public static CsvTable ReadTable(string path, CsvOptions options)
    {
        using CsvSource source = new(path, options);
        return ReadTable(source, ColumnSelection.ForTraining(source.Header, options));
    }

    /// <summary>Reads the rest of an open file.</summary>
    /// <exception cref="DataException">A row cannot be used, or there is none.</exception>
    public static CsvTable ReadTable(CsvSource source, ColumnSelection selection)
    {
        List<float> inputs = [];
        List<string> labels = [];
        List<int> lines = [];
        Dictionary<string, string> interned = [];
        float[] row = new float[selection.Inputs.Count];
        while (source.ReadRow(selection, row, out string label))
        {
            inputs.AddRange(row);
            lines.Add(source.Line);
            if (selection.Label >= 0)
            {
                interned.TryAdd(label, label);
                labels.Add(interned[label]);
            }
        }

        if (lines.Count == 0)
        {
            string why = source.Dropped > 0 ? $"all {source.Dropped} rows were dropped for missing values" : "there is a header but no row of data";
            throw new DataException($"{source.Header.Path}: {why}. Expected at least one row.");
        }

        string labelName = selection.Label < 0 ? "" : source.Header.Names[selection.Label];
        return new CsvTable(source.Header.Path, [.. inputs], selection.ToColumns(source.Header), labels, labelName, lines, source.Dropped,
            source.HeaderWasData);
    }

    /// <summary>Turns the labels into classes or target values.</summary>
    /// <exception cref="DataException">The labels are not what the task needs.</exception>
    public static Dataset ToDataset(CsvTable table, CsvOptions options)
    {
        NetworkTask task = options.Task ?? JudgeTask(table.Labels);
        return task == NetworkTask.Classification
            ? ToClasses(table, options.ClassNames)
            : Dataset.ForRegression(table.Inputs, table.Columns, Targets(table), table.LabelName);
    }

    /// <summary>Words, or a few whole numbers, are classes; other numbers are values.</summary>
    public static NetworkTask JudgeTask(IEnumerable<string> labels)
    {
        HashSet<float> values = [];
        bool whole = true;
        foreach (string label in labels)
        {
            if (!CsvSource.TryParse(label, out float value))
            {
                return NetworkTask.Classification;
            }

            whole = whole && value == MathF.Floor(value);
            if (values.Count <= MostNumericClasses)
            {
                values.Add(value);
            }
        }

        return whole && values.Count <= MostNumericClasses ? NetworkTask.Classification : NetworkTask.Regression;
    }

    private static Dataset ToClasses(CsvTable table, IReadOnlyList<string>? known)
    {
        IReadOnlyList<string> names = known ?? SortedNames(table.Labels);
        Dictionary<string, int> indices = [];
        for (int i = 0; i < names.Count; i++)
        {
            indices[names[i]] = i;
        }

        int[] classes = new int[table.Rows];
        for (int row = 0; row < classes.Length; row++)
        {
            string label = table.Labels[row];
            if (!indices.TryGetValue(label, out classes[row]))
            {
                throw new DataException(
                    $"{table.Path}, line {table.FirstLines[row]}, column \"{table.LabelName}\": class \"{label}\" is unknown to the model, "
                    + $"which knows {string.Join(", ", names.Take(12))}.");
            }
        }

        return Dataset.ForClassification(table.Inputs, table.Columns, classes, names);
    }

    /// <summary>Numbers in numeric order, words in ordinal order: the same on every machine.</summary>
    private static string[] SortedNames(IEnumerable<string> labels)
    {
        string[] names = [.. labels.Distinct().Order(StringComparer.Ordinal)];
        return names.All(name => CsvSource.TryParse(name, out _))
            ? [.. names.OrderBy(name => CsvSource.TryParse(name, out float value) ? value : 0f)]
            : names;
    }

    private static float[] Targets(CsvTable table)
    {
        float[] targets = new float[table.Rows];
        for (int row = 0; row < targets.Length; row++)
        {
            if (!CsvSource.TryParse(table.Labels[row], out targets[row]) || !float.IsFinite(targets[row]))
            {
                throw new DataException(
                    $"{table.Path}, line {table.FirstLines[row]}, column \"{table.LabelName}\": found \"{table.Labels[row]}\", "
                    + "expected a number to learn. For classes, use --task classification.");
            }
        }

        return targets;
    }
}
