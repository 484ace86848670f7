using System.Text;
using Tiny.Cli.Output;
using Tiny.Training.Anomaly;
using static System.FormattableString;

namespace Tiny.Cli.Report;

/// <summary>
/// A detector to look at: the scores of rows with the threshold, and what each input adds to
/// those of the strangest. One file that asks the network for nothing.
/// </summary>
internal static class AnomalyPage
{
    private const int Strangest = 8;
    private const int Bins = 48;
    private const int MostInputs = 12;

    /// <summary>The file's text.</summary>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="dataPath">The data's file.</param>
    /// <param name="model">The detector.</param>
    /// <param name="inputs">The inputs' names.</param>
    /// <param name="rows">The rows, each with whether it is normal.</param>
    internal static string Render(string modelPath, string dataPath, AnomalyModel model, IReadOnlyList<string> inputs,
        IReadOnlyList<(float[] Row, bool IsNormal)> rows)
    {
        AnomalyResult result = AnomalyResult.Of(model, rows);
        (string, string)[] tiles =
        [
            ("AUC", result.Auc is double auc ? Format.Number(auc) : "-"),
            ("precision at the threshold", result.Precision is double precision ? Format.Percent(precision) : "-"),
            ("recall at the threshold", result.Recall is double recall ? Format.Percent(recall) : "-"),
            ("threshold", Format.Number(model.Threshold)),
            ("blob", Format.Bytes(model.Blob.Length)),
        ];
        StringBuilder page = new();
        page.Append(ReportPage.Begin(Path.GetFileName(modelPath), Path.GetFileName(dataPath),
            $"{(model.IsAutoencoder ? "Autoencoder" : "Distance")}, {ModelText.Shape(model.Network)}; "
                + $"{Format.Count(result.Rows, "row")} of {Path.GetFileName(dataPath)}, scored by Tiny.Anomaly as the device will."));
        page.Append(ReportPage.Tiles(tiles));
        page.Append(Html.Section("scores", "Scores", Histogram(result)
            + Html.Note("The share of the rows with each score, on a logarithmic scale. A score above the threshold is an anomaly.")));
        page.Append(Html.Section("contributions", "Contributions of the inputs", Contributions(model, inputs, rows)));
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Histogram(AnomalyResult result)
    {
        const int width = 640;
        const int height = 240;
        const int bottom = 28;
        float[] all = [.. result.Normal.Concat(result.Anomalies).Append(result.Threshold).Select(score => Math.Max(score, 1e-6f))];
        double least = Math.Log10(all.Min());
        double range = Math.Max(1e-6, Math.Log10(all.Max()) - least);
        double At(float score) => (Math.Log10(Math.Max(score, 1e-6f)) - least) / range * (width - 20) + 10;
        StringBuilder svg = new(Invariant(
            $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"Scores of normal rows and of anomalies\">"));
        svg.Append("<title>Scores of normal rows (bars) and of anomalies (dashed line)</title>");
        double[] normal = Shares(result.Normal, At, width);
        double[] anomalies = Shares(result.Anomalies, At, width);
        double most = Math.Max(normal.Max(), anomalies.Max());
        double Up(double share) => (height - bottom) * (1 - share / (most == 0 ? 1 : most) * 0.9);
        double step = (double)width / Bins;
        svg.Append("<path class=\"bar\" d=\"");
        for (int i = 0; i < Bins; i++)
        {
            svg.Append(Invariant($"M{Html.Number(i * step)} {height - bottom}h{Html.Number(step - 1)}V{Html.Number(Up(
                normal[i]))}h-{Html.Number(step - 1)}z"));
        }

        svg.Append("\"/>");
        bool hasAnomalies = result.Anomalies.Count > 0;
        if (hasAnomalies)
        {
            svg.Append("<polyline class=\"b\" points=\"")
                .AppendJoin(' ', Enumerable.Range(0, Bins).Select(i => $"{Html.Number((i + 0.5) * step)},{Html.Number(Up(anomalies[i]))}"))
                .Append("\"/>");
        }

        double at = At(result.Threshold);
        (double beside, string anchor) = at > width / 2 ? (at - 6, "end") : (at + 6, "start");
        svg.Append(Invariant(
            $"<line class=\"mark\" x1=\"{Html.Number(at)}\" x2=\"{Html.Number(at)}\" y1=\"4\" y2=\"{height - bottom}\"/>"));
        svg.Append(Label(beside, 18, anchor, $"threshold {Format.Number(result.Threshold)}"));
        svg.Append(Label(10, height - 8, "start", Format.Number(all.Min())));
        svg.Append(Label(width / 2, height - 8, "middle", "score"));
        svg.Append(Label(width - 10, height - 8, "end", Format.Number(all.Max())));
        string legend = Charts.Key("bar", "normal rows") + (hasAnomalies ? Charts.Key("b", "anomalies") : "");
        return svg.Append(Invariant($"</svg>\n<ul class=\"legend\">{legend}</ul>\n")).ToString();
    }

    private static string Label(double x, int y, string anchor, string text) =>
        Invariant($"<text x=\"{Html.Number(x)}\" y=\"{y}\" text-anchor=\"{anchor}\">{Html.Text(text)}</text>");

    private static double[] Shares(IReadOnlyList<float> scores, Func<float, double> at, int width)
    {
        double[] shares = new double[Bins];
        foreach (float score in scores)
        {
            shares[Math.Clamp((int)(at(score) / width * Bins), 0, Bins - 1)] += 1.0 / scores.Count;
        }

        return shares;
    }

    private static string Contributions(AnomalyModel model, IReadOnlyList<string> inputs, IReadOnlyList<(float[] Row, bool IsNormal)> rows)
    {
        (int Number, float[] Row, bool IsNormal, float Score)[] strangest =
            [.. rows.Select((row, i) => (i + 1, row.Row, row.IsNormal, model.Score(row.Row))).OrderByDescending(row => row.Item4)
            .Take(Strangest)];
        IEnumerable<IEnumerable<string>> cells = strangest.Select(row =>
        {
            float[] parts = model.Contributions(row.Row);
            IEnumerable<string> largest = parts.Select((part, i) => (part, i)).OrderByDescending(pair => pair.part).Take(MostInputs)
                .Where(pair => pair.part > 0.01f * row.Score)
                .Select(pair => $"{inputs[pair.i]} {Format.Percent(pair.part / row.Score)}");
            return new[] { Html.Whole(Format.Count(row.Number)), row.IsNormal ? "normal" : "anomaly", Html.Text(Format.Number(row.Score)),
                Html.WordsCell(string.Join(", ", largest)) };
        });
        string table = Html.Table(
            "The rows with the highest scores, and the share of each input", ["row", "actual", "score", "inputs"], cells)
            + Html.Note("Row numbers count the rows that were scored, from 1.");
        return inputs.Count <= MostInputs ? table
            : table + string.Concat(strangest.Take(3).Select(row => Html.Paragraph(
            $"Row {row.Number}: what each input adds, in their order.") + Charts.Bars(
            $"What each input adds to the score of row {row.Number}",
            [.. model.Contributions(row.Row).Select(part => (double)part)], "input")));
    }
}
