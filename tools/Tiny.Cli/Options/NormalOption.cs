using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Training.Anomaly;
using Tiny.Training.Data;

namespace Tiny.Cli.Options;

/// <summary>The option that says which labels are normal.</summary>
internal sealed class NormalOption
{
    internal Option<string?> Option { get; } = new("--normal")
    {
        Description = "For anomaly detection: the labels that are normal. Rows with other labels are tested on but never trained on. "
            + "Default: all rows are normal, or what the model was trained with",
        HelpName = "A,B,..",
    };

    /// <summary>The labels; none if none were named.</summary>
    internal string[] Read(ParseResult parsed) => parsed.GetValue(Option) is string text ? CsvText.Fields(text) : [];

    /// <summary>
    /// The rows that a detector is tried on, each with whether it is normal: by the labels named, else by those that it learned as normal.
    /// </summary>
    /// <exception cref="UsageException">Neither is known.</exception>
    /// <exception cref="DataException">A label is not in the data.</exception>
    internal (float[] Row, bool IsNormal)[] Rows(ParseResult parsed, AnomalyModel model, TrainingRows rows, CancellationToken cancel)
    {
        string[] named = Read(parsed);
        if (named.Length == 0 && model.Normal.Count == 0)
        {
            throw new UsageException("Say with --normal which labels are normal: the model was trained on rows without labels.");
        }

        IReadOnlyList<string> classes = rows.Schema.OutputNames;
        bool[] isNormal = named.Length > 0 ? Of(classes, named) : [.. classes.Select(model.Normal.Contains)];
        return [.. AnomalyText.Rows(rows.Test ?? rows.Train, rows.Schema.ColumnCount, cancel)
            .Select(row => (row.Row, isNormal[row.Answer]))];
    }

    /// <summary>Tells of each class whether it is normal.</summary>
    /// <param name="classes">The classes of the data.</param>
    /// <param name="normal">The labels that are normal; none for all.</param>
    /// <exception cref="DataException">A label is not in the data.</exception>
    internal static bool[] Of(IReadOnlyList<string> classes, IReadOnlyList<string> normal)
    {
        if (normal.FirstOrDefault(name => !classes.Contains(name)) is string unknown)
        {
            throw new DataException($"--normal {unknown}: the data have no such label. There are {string.Join(", ", classes.Take(20))}.");
        }

        return [.. classes.Select(name => normal.Count == 0 || normal.Contains(name))];
    }
}
