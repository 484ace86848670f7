using System.Text;
using Tiny.Cli.Output;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Report;

/// <summary>The confusion matrix as a table; of many classes as a heat map, with the worst of it in tables.</summary>
internal static class ConfusionView
{
    private const int MostConfusions = 30;
    private const int MostClasses = 20;
    private const int MostNamed = 12;
    private const int ShortName = 8;
    private const int RowName = 28;

    /// <summary>The matrix.</summary>
    /// <param name="confusion">What was predicted.</param>
    /// <param name="names">The classes' names.</param>
    /// <param name="counted">What is counted in it.</param>
    internal static string Render(ConfusionMatrix confusion, string[] names, string counted = "Rows") =>
        names.Length <= ReportLimits.MatrixClasses ? Matrix(confusion, names, counted) : Worst(confusion, names);

    /// <summary>Columns are headed by names where all are short, else by numbers, which the rows and a legend explain.</summary>
    private static string Matrix(ConfusionMatrix confusion, string[] names, string counted)
    {
        bool numbered = names.Length > MostNamed || names.Any(name => name.Length > ShortName);
        StringBuilder html = new();
        html.Append($"<thead><tr><th rowspan=\"2\" scope=\"col\">actual ↓</th><th "
            + $"colspan=\"{names.Length}\" scope=\"colgroup\" class=\"axis-name\">predicted →</th>");
        html.Append("<th rowspan=\"2\" scope=\"col\">recall</th><th rowspan=\"2\" scope=\"col\">precision</th><th rowspan=\"2\" "
            + "scope=\"col\">F1</th></tr>\n<tr>");
        html.AppendJoin("", names.Select((name, i) =>
            $"<th scope=\"col\" title=\"{Html.Text(Html.Full(name))}\"{(numbered ? $" aria-label=\"{Html.Name(name)}\"" : "")}>"
            + $"{(numbered ? Number(i) : Html.Text(name))}</th>")).Append("</tr></thead><tbody>\n");
        for (int i = 0; i < names.Length; i++)
        {
            string shown = numbered ? $"{Number(i)} {Html.Text(Cells.Cut(names[i], RowName))}" : Html.Text(names[i]);
            html.Append($"<tr><th scope=\"row\" title=\"{Html.Text(Html.Full(names[i]))}\">{shown}</th>");
            html.AppendJoin("", confusion.Counts[i].Select((count, predicted) => Cell(count, confusion.RowsOf(i), predicted == i)));
            html.AppendJoin("", Figures(confusion, i).Select(figure => $"<td>{figure}</td>")).Append("</tr>\n");
        }

        string table = Html.Scrolled($"{counted} of each actual class, by the class predicted",
            names.Length > MostNamed ? "confusion many" : "confusion", html.Append("</tbody>").ToString());
        return table + (numbered && names.Any(name => Cells.Width(name) > RowName) ? Legend(names) : "");
    }

    private static string Number(int index) => $"<span class=\"number\">{index + 1}</span>";

    /// <summary>A count, shaded by its share of the class.</summary>
    private static string Cell(long count, long rows, bool isRight)
    {
        string share = count == 0 ? "" : $" style=\"--share:{Html.Number(100.0 * count / rows)}%\"";
        return $"<td class=\"{(count == 0 ? "none" : isRight ? "hit" : "miss")}\"{share}>{(count == 0 ? "·" : Format.Count(count))}</td>";
    }

    /// <summary>The names in full.</summary>
    private static string Legend(string[] names) =>
        "<details open><summary>Class names</summary><ol "
        + $"class=\"names\">{string.Concat(names.Select(name => $"<li>{Html.Text(Html.Full(name))}</li>\n"))}</ol></details>\n";

    private static string Worst(ConfusionMatrix confusion, string[] names)
    {
        Confusion[] all = Confusion.AllOf(confusion);
        string pairs = all.Length == 0 ? Html.Paragraph("No class was confused with another.") : Html.Table(
            $"The most frequent confusions, of {Format.Count(all.Length)} that occur",
            ["actual", "predicted", "rows", "of the class"],
            all.Take(MostConfusions).Select(pair => new[] { Html.Name(names[pair.Actual]),
                Html.WordsCell(Html.Short(names[pair.Predicted])), Format.Count(pair.Rows), Format.Percent(pair.Share) }));
        int[] present = Confusion.LowestRecall(confusion);
        string classes = Html.Table(
            $"The classes with the lowest recall, of {Format.Count(present.Length)} that occur",
            ["class", "rows", "recall", "precision", "F1"],
            present.Take(MostClasses).Select(
                i => new[] { Html.Name(names[i]), Format.Count(confusion.RowsOf(i)) }.Concat(Figures(confusion, i))));
        string intro = $"{Format.Count(names.Length)} classes are too many for a table; this is the matrix as a heat map. tiny eval "
            + "--json prints all of it.";
        return Html.Paragraph(intro) + Map(confusion, names.Length) + pairs + classes;
    }

    /// <summary>Shares of each actual class: right ones blue, wrong ones orange.</summary>
    private static string Map(ConfusionMatrix confusion, int classes)
    {
        Pixels pixels = Pixels.Shrunk(
            classes, classes, ReportLimits.PicturePixels, (predicted, actual) => Share(confusion, actual, predicted), Pixels.Largest);
        return Html.Heat(Png.AboutZero(pixels), "Confusion matrix: the diagonal holds the right predictions", "predicted class",
            "actual class", "picture")
            + Html.Note("Blue: the share of a class that is predicted right. Orange: the share that is predicted as another class.");
    }

    private static float Share(ConfusionMatrix confusion, int actual, int predicted)
    {
        long count = confusion.Counts[actual][predicted];
        float share = count == 0 ? 0f : (float)count / confusion.RowsOf(actual);
        return actual == predicted ? -share : share;
    }

    private static string[] Figures(ConfusionMatrix confusion, int i) =>
        [Format.Percent(confusion.Recall(i)), Format.Percent(confusion.Precision(i)), Format.Percent(F1(confusion, i))];

    private static double F1(ConfusionMatrix confusion, int i) => 2 * confusion.Recall(i) * confusion.Precision(i)
        / (confusion.Recall(i) + confusion.Precision(i));
}
