using Tiny.Cli.Output;

namespace Tiny.Cli.Report;

/// <summary>The worst predictions, drawn.</summary>
internal static class ExampleGallery
{
    internal static string Render(ReportData data)
    {
        string rows = Format.Count(data.Examined, "row");
        if (data.Worst.Count == 0)
        {
            return Html.Section("worst", "Worst predictions", Html.Paragraph($"None of {rows} is misclassified."));
        }

        string figures = string.Concat(data.Worst.Select(example =>
            $"<figure>{Draw(data, example)}<figcaption>{Where(data, example)}: <b>{Html.Name(example.Actual)}</b>, predicted "
            + $"{Html.Name(example.Predicted)}<br><span class=\"soft\">{Html.Text(example.Detail)}</span></figcaption></figure>\n"));
        string which = data.Result.Confusion is null
            ? $"The rows with the largest errors, of {rows}." : $"The misclassified rows with the largest errors, of {rows}.";
        string legend = data.Traces.Count > 0 ? TraceView.Legend(data.Traces.Values.First().Channels) : "";
        string wide = data.Traces.Count > 0 ? " wide" : "";
        return Html.Section("worst", "Worst predictions",
            Html.Paragraph($"{which} {Drawn(data)}") + legend + $"<div class=\"gallery{wide}\">\n{figures}</div>");
    }

    private static string Drawn(ReportData data) =>
        data.Traces.Count > 0 ? "Each is a window of a recording, drawn with the samples around it; all channels of a drawing are on one "
        + "scale."
        : data.Inputs.PictureWidth > 0 ? ""
        : "There is a bar for each input, up where its value is above the middle of its range and down where it is below.";

    private static string Where(ReportData data, ReportExample example) => data.Traces.TryGetValue(example.Row, out RecordingTrace? trace)
        ? Html.Text($"{Html.Short(trace.Recording)}, samples {Format.Count(trace.First)} to {Format.Count(trace.Last)}")
        : $"row {example.Row}";

    private static string Draw(ReportData data, ReportExample example)
    {
        if (data.Traces.TryGetValue(example.Row, out RecordingTrace? trace))
        {
            return TraceView.Draw(trace);
        }

        ReportInputs inputs = data.Inputs;
        if (inputs.PictureWidth > 0)
        {
            double least = inputs.Least.Min();
            double range = Math.Max(inputs.Greatest.Max() - least, float.Epsilon);
            Pixels picture = Pixels.Shrunk(inputs.PictureWidth, inputs.PictureWidth, ReportLimits.PicturePixels,
                (x, y) => example.Inputs[y * inputs.PictureWidth + x], Pixels.Mean);
            return Html.Image(Png.Ink(picture, value => (float)((value - least) / range)),
                $"Row {example.Row}, a picture of {Html.Short(example.Actual)}");
        }

        double[] shares = [.. example.Inputs.Select((value, i) => Share(value, inputs.Least[i], inputs.Greatest[i]))];
        string most = string.Join(", ", Enumerable.Range(0, shares.Length).OrderByDescending(i => Math.Abs(shares[i])).Take(3)
            .Select(i => $"{Html.Short(inputs.Names[i])} {(shares[i] > 0 ? "high" : "low")}"));
        return Charts.Bars($"Inputs of row {example.Row}: {most}", shares, "input");
    }

    /// <summary>From -1 at the least value to 1 at the greatest.</summary>
    private static double Share(float value, float least, float greatest) => greatest > least
        ? 2.0 * ((double)value - least) / ((double)greatest - least) - 1 : 0;
}
