namespace Tiny.Cli.Report;

/// <summary>The rows that the model is furthest off on, drawn.</summary>
internal static class ExampleGallery
{
    internal static string Render(ReportData data)
    {
        string figures = string.Concat(data.Worst.Select(example =>
            $"<figure>{Draw(data, example)}<figcaption>row {example.Row}: is <b>{Html.Text(example.Is)}</b>, told {Html.Text(example.Told)}<br><span class=\"soft\">{Html.Text(example.Detail)}</span></figcaption></figure>\n"));
        string intro = data.Inputs.PictureWidth > 0
            ? "The rows it is furthest off on, as pictures."
            : "The rows it is furthest off on; a bar for each input, as far from its middle as the input is within its range.";
        return Html.Section("worst", "Furthest off", Html.Paragraph(intro) + $"<div class=\"gallery\">\n{figures}</div>");
    }

    private static string Draw(ReportData data, ReportExample example)
    {
        ReportInputs inputs = data.Inputs;
        if (inputs.PictureWidth > 0)
        {
            float least = inputs.Least.Min();
            float range = Math.Max(inputs.Greatest.Max() - least, float.Epsilon);
            return Html.Image(Png.Ink([.. example.Inputs.Select(value => (value - least) / range)], inputs.PictureWidth), $"Row {example.Row}, a picture of {example.Is}");
        }

        double[] shares = [.. example.Inputs.Select((value, i) => Share(value, inputs.Least[i], inputs.Greatest[i]))];
        string most = string.Join(", ", Enumerable.Range(0, shares.Length).OrderByDescending(i => Math.Abs(shares[i])).Take(3).Select(i => $"{inputs.Names[i]} {(shares[i] > 0 ? "high" : "low")}"));
        return Charts.Bars($"Inputs of row {example.Row}: {most}", shares);
    }

    /// <summary>From -1 at the least value to 1 at the greatest.</summary>
    private static double Share(float value, float least, float greatest) => greatest > least ? 2.0 * (value - least) / (greatest - least) - 1 : 0;
}
