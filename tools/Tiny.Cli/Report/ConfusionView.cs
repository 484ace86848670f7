using Tiny.Cli.Output;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Report;

/// <summary>The confusion matrix as a table; of many classes the worst of it.</summary>
internal static class ConfusionView
{
    private const int MostConfusions = 30;
    private const int MostClasses = 20;

    internal static string Render(ConfusionMatrix confusion, string[] names) =>
        names.Length <= ReportLimits.MatrixClasses ? Matrix(confusion, names) : Worst(confusion, names);

    private static string Matrix(ConfusionMatrix confusion, string[] names)
    {
        string[] head = ["actual \\ predicted", .. names.Select(Html.Short), "recall", "precision", "F1"];
        IEnumerable<IEnumerable<string>> rows = names.Select((name, i) => new[] { Html.Name(name) }
            .Concat(confusion.Counts[i].Select((count, predicted) => $"<td{(count == 0 ? "" : predicted == i ? " class=\"hit\"" : " class=\"miss\"")}>{(count == 0 ? "·" : Format.Count(count))}</td>"))
            .Concat(Figures(confusion, i)));
        return Html.Table("Rows of each class (down) by the class predicted (across)", head, rows);
    }

    private static string Worst(ConfusionMatrix confusion, string[] names)
    {
        long[] sizes = [.. confusion.Counts.Select(row => row.Sum())];
        var confusions = confusion.Counts.SelectMany((row, actual) => row.Select((count, predicted) => (Actual: actual, Predicted: predicted, Count: count)))
            .Where(cell => cell.Count > 0 && cell.Actual != cell.Predicted).ToArray();
        string pairs = confusions.Length == 0 ? Html.Paragraph("No class was taken for another.") : Html.Table(
            $"The most frequent confusions, of {Format.Count(confusions.Length)} that occur",
            ["actual", "predicted", "rows", "of the class"],
            confusions.OrderByDescending(cell => cell.Count).ThenBy(cell => cell.Actual).ThenBy(cell => cell.Predicted).Take(MostConfusions)
                .Select(cell => new[] { Html.Name(names[cell.Actual]), Html.Name(names[cell.Predicted]), Format.Count(cell.Count), Format.Percent((double)cell.Count / sizes[cell.Actual]) }));
        string classes = Html.Table(
            $"The classes of the lowest recall, of {Format.Count(sizes.Count(size => size > 0))} that occur",
            ["class", "rows", "recall", "precision", "F1"],
            Enumerable.Range(0, names.Length).Where(i => sizes[i] > 0).OrderBy(confusion.Recall).ThenBy(i => i).Take(MostClasses)
                .Select(i => new[] { Html.Name(names[i]), Format.Count(sizes[i]) }.Concat(Figures(confusion, i))));
        return Html.Paragraph($"{Format.Count(names.Length)} classes are too many for the whole matrix; this is the worst of it. tiny eval --json prints all.") + pairs + classes;
    }

    private static string[] Figures(ConfusionMatrix confusion, int i) => [Format.Percent(confusion.Recall(i)), Format.Percent(confusion.Precision(i)), Format.Percent(F1(confusion, i))];

    private static double F1(ConfusionMatrix confusion, int i) => 2 * confusion.Recall(i) * confusion.Precision(i) / (confusion.Recall(i) + confusion.Precision(i));
}
