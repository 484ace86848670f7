namespace Tiny.Cli.Report;

/// <summary>The worst predictions, drawn.</summary>
internal static class ExampleGallery
{
    internal static string Render(ReportData data)
    {
        string figures = string.Concat(data.Worst.Select(example =>
            $"<figure>{Draw(data, example)}<figcaption>row {example.Row}: <b>{Html.Name(example.Actual)}</b>, predicted {Html.Name(example.Predicted)}<br><span class=\"soft\">{Html.Text(example.Detail)}</span></figcaption></figure>\n"));
        string intro = data.Inputs.PictureWidth > 0
            ? "The rows with the largest errors, as pictures."
            : "The rows with the largest errors; a bar for each input, as far from its middle as the input is within its range.";
        return Html.Section("worst", "Worst predictions", Html.Paragraph(intro) + $"<div class=\"gallery\">\n{figures}</div>");
    }

    private static string Draw(ReportData data, ReportExample example)
    {
        ReportInputs inputs = data.Inputs;
        if (inputs.PictureWidth > 0)
        {
            double least = inputs.Least.Min();
            double range = Math.Max(inputs.Greatest.Max() - least, float.Epsilon);
            Pixels picture = Pixels.Shrunk(inputs.PictureWidth, inputs.PictureWidth, ReportLimits.PicturePixels, (x, y) => example.Inputs[y * inputs.PictureWidth + x], Pixels.Mean);
            return Html.Image(Png.Ink(picture, value => (float)((value - least) / range)), $"Row {example.Row}, a picture of {Html.Short(example.Actual)}");
        }

        double[] shares = [.. example.Inputs.Select((value, i) => Share(value, inputs.Least[i], inputs.Greatest[i]))];
        string most = string.Join(", ", Enumerable.Range(0, shares.Length).OrderByDescending(i => Math.Abs(shares[i])).Take(3).Select(i => $"{Html.Short(inputs.Names[i])} {(shares[i] > 0 ? "high" : "low")}"));
        return Charts.Bars($"Inputs of row {example.Row}: {most}", shares);
    }

    /// <summary>From -1 at the least value to 1 at the greatest.</summary>
    private static double Share(float value, float least, float greatest) => greatest > least ? 2.0 * ((double)value - least) / ((double)greatest - least) - 1 : 0;
}
