using System.Globalization;
using Tiny.Cli.Output;

namespace Tiny.Cli.Report;

/// <summary>The inputs that the model relies on most: bars with their names, of pictures a heat map.</summary>
internal static class ImportanceView
{
    private const int MostShown = 20;

    /// <summary>The section.</summary>
    internal static string Render(ReportData data)
    {
        if (data.Importance is not Importance importance)
        {
            return Html.Section("importance", "Input importance",
                Html.Paragraph("Not measured: there are too few rows, or the model is too large to predict them often enough."));
        }

        bool classes = data.Result.Confusion is not null;
        string measure = classes ? "accuracy falls, in percentage points" : "RMSE rises";
        string words = $"Permutation importance: how much the {measure}, when the values of an input are shuffled among "
            + $"{Format.Count(importance.Rows, "row")}. The mean of {Importance.Repeats} shuffles with seed {Importance.Seed}.";
        return Html.Section("importance", "Input importance",
            Html.Paragraph(words) + (importance.Side > 0 ? Map(data, importance, classes) : Bars(importance, classes)));
    }

    private static string Map(ReportData data, Importance importance, bool classes)
    {
        int width = data.Inputs.PictureWidth;
        double[] values = new double[width * width];
        foreach (Importance.Part part in importance.Parts)
        {
            Array.ForEach(part.Inputs, input => values[input] = part.Loss);
        }

        Pixels pixels = Pixels.Shrunk(width, width, ReportLimits.PicturePixels, (x, y) => (float)values[y * width + x], Pixels.Largest);
        double most = importance.Parts.Max(part => part.Loss);
        string squares = importance.Side == width ? "a pixel" : $"one of {importance.Side} by {importance.Side} squares";
        return Html.Heat(Png.AboutZero(pixels), $"Importance of each part of the picture; the largest is {Amount(most, classes)}", "column",
            "row", "picture")
            + Html.Note($"Each place is {squares}. Orange: the model does worse without it; white: no difference; blue: it does better. "
            + $"Full orange is {Amount(pixels.Most, classes)}.");
    }

    private static string Bars(Importance importance, bool classes)
    {
        Importance.Part[] shown = [.. importance.Parts.OrderByDescending(part => part.Loss).Take(MostShown)];
        double most = Math.Max(double.Epsilon, shown.Max(part => Math.Abs(part.Loss)));
        string rows = string.Concat(shown.Select(part =>
            $"<li><span class=\"name\">{Html.Text(Html.Full(part.Name))}</span><i "
            + $"style=\"width:{Html.Number(Math.Max(0, 100 * part.Loss / most))}%\"></i><span>{Amount(part.Loss, classes)}</span></li>\n"));
        string left = importance.Parts.Count > shown.Length
            ? Html.Note($"The {shown.Length} most important of {Format.Count(importance.Parts.Count)}.") : "";
        return $"<ol class=\"bars\">\n{rows}</ol>" + left;
    }

    private static string Amount(double loss, bool classes) => classes
        ? (100 * loss).ToString("0.0", CultureInfo.InvariantCulture) : Format.Number(loss);
}
