using Tiny.Training.Evaluation;

namespace Tiny.Cli.Output;

/// <summary>
/// The confusion matrix in text, no wider than the screen: with the classes' names, with their numbers, or its worst parts.
/// </summary>
internal static class ConfusionText
{
    private const int MostConfusions = 10;
    private const int MostClasses = 10;
    private const int NameColumns = 20;
    private const string Corner = "actual \\ predicted";

    /// <summary>The matrix, actual classes down and predicted ones across.</summary>
    internal static string Of(ConfusionMatrix confusion, string[] names)
    {
        TextTable named = Matrix(confusion, names, names, names);
        if (named.Width <= Screen.Width)
        {
            return named.ToString();
        }

        string[] numbers = [.. Enumerable.Range(1, names.Length).Select(number => $"{number}")];
        int room = Math.Max(NameColumns, Screen.Width - Matrix(confusion, numbers, numbers, names).WidthOfFigures - 2);
        string[] rows = [.. names.Select((name, i) => Cells.Cut($"{numbers[i]} {name}", room))];
        TextTable numbered = Matrix(confusion, rows, numbers, names);
        return numbered.Width <= Screen.Width ? numbered.ToString() : Worst(confusion, names);
    }

    private static TextTable Matrix(ConfusionMatrix confusion, string[] rows, string[] columns, string[] names)
    {
        TextTable table = new TextTable().Add([Corner, .. columns, "recall", "precision"]);
        for (int i = 0; i < names.Length; i++)
        {
            table.Add([rows[i], .. confusion.Counts[i].Select(n => n == 0 ? "." : Format.Count(n)), Format.Percent(confusion.Recall(i)),
                Format.Percent(confusion.Precision(i))]);
        }

        return table;
    }

    private static string Worst(ConfusionMatrix confusion, string[] names)
    {
        Confusion[] all = Confusion.AllOf(confusion);
        TextTable pairs = new TextTable().Add("actual", "predicted", "rows", "of the class");
        foreach (Confusion pair in all.Take(MostConfusions))
        {
            pairs.Add(Cells.Cut(names[pair.Actual], NameColumns), Cells.Cut(names[pair.Predicted], NameColumns), Format.Count(pair.Rows),
                Format.Percent(pair.Share));
        }

        int[] present = Confusion.LowestRecall(confusion);
        TextTable classes = new TextTable().Add("class", "rows", "recall", "precision");
        foreach (int i in present.Take(MostClasses))
        {
            classes.Add(names[i], Format.Count(confusion.RowsOf(i)), Format.Percent(confusion.Recall(i)),
                Format.Percent(confusion.Precision(i)));
        }

        string confused = all.Length == 0 ? $"No class was confused with another.{Environment.NewLine}"
            : $"The most frequent of {Format.Count(all.Length, "confusion")}:{Environment.NewLine}{pairs}";
        return Cells.Wrap($"{Format.Count(names.Length)} classes are too many for a matrix here; tiny eval --json prints all of it.",
            Screen.Width) + Environment.NewLine
            + confused + $"The classes with the lowest recall, of {Format.Count(present.Length)}:{Environment.NewLine}{classes}";
    }
}
