using System.CommandLine;
using Tiny.Training.Data;

namespace Tiny.Cli.Options;

/// <summary>The option that says which labels are normal.</summary>
internal sealed class NormalOption
{
    internal Option<string?> Option { get; } = new("--normal")
    {
        Description = "For anomalies: the labels that are normal; all others are anomalies, which are tested on and never learned from. Default: all rows are normal; when a model is tried, what it was trained on",
        HelpName = "A,B,..",
    };

    /// <summary>The labels; none if none were named.</summary>
    internal string[] Read(ParseResult parsed) => parsed.GetValue(Option) is string text ? CsvText.Fields(text) : [];

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
