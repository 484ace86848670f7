using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Report;

/// <summary>The panel in which inputs are moved and the answer follows, computed in the page.</summary>
internal static class WhatIfPanel
{
    private const int MostSliders = 48;
    private const int MostListed = 512; // inputs to choose from by name; of more, by number

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>Whether there is a panel: the page holds the model and some rows, which must not be too large.</summary>
    internal static bool IsShown(ReportData data) => data.Blob.Length <= ReportLimits.PanelBlob
        && data.Network.Inputs <= ReportLimits.PanelInputs && KindScripts.For(data.Network) is not null;

    internal static string Render(ReportData data)
    {
        if (KindScripts.For(data.Network) is null)
        {
            return Html.Section("panel", "What if",
                Html.Paragraph("There is no panel: the model has a layer that this page cannot compute."));
        }

        if (!IsShown(data))
        {
            return Html.Section("panel", "What if", Html.Paragraph(
                $"There is no panel: the model has {Format.Bytes(data.Blob.Length)} and {Format.Count(data.Network.Inputs, "input")}, "
                + $"and the page holds at most {Format.Bytes(ReportLimits.PanelBlob)} and {Format.Count(ReportLimits.PanelInputs)}."));
        }

        (ReportExample Example, bool IsWorst)[] examples = [.. Chosen(data)];
        string worst = data.Result.Confusion is null ? ", large error" : ", misclassified";
        string choices = string.Concat(examples.Select(
            (entry, i) => $"<option value=\"{i}\">row {entry.Example.Row}, {Html.Name(entry.Example.Actual)}"
                + $"{(entry.IsWorst ? worst : "")}</option>"));
        string body = $"""
            <p>Start from a row of the data, change an input, and see how the prediction changes.
            The page computes it from the model itself.</p>
            <div id="what-if">
            <div class="controls">
            <p><label for="example">Start from</label> <select id="example">{choices}</select></p>
            {Inputs(data)}
            </div>
            <div class="answer" role="status" aria-live="polite" aria-atomic="true">
            <span class="soft">Prediction</span><output id="told"></output>{Meaning(data.Network)}<div id="meters"></div></div>
            </div>
            <script type="application/json" id="data">{Data(data, examples)}</script>
            """;
        return Html.Section("panel", "What if", body);
    }

    /// <summary>As many rows as the page has room for, half of them the worst.</summary>
    private static IEnumerable<(ReportExample, bool)> Chosen(ReportData data)
    {
        int most = Math.Max(2, ReportLimits.PanelValues / data.Network.Inputs);
        int worst = Math.Min(data.Worst.Count, most / 2);
        return data.Typical.Take(most - worst).Select(example => (example, false))
            .Concat(data.Worst.Take(worst).Select(example => (example, true)));
    }

    private static string Meaning(Network network) => network.Task == NetworkTask.Regression ? ""
        : $"<span class=\"soft\">{(AnswerValues.AreProbabilities(
        network) ? "Probabilities" : "Scores, not probabilities; the class with the largest is predicted")}</span>";

    private static string Inputs(ReportData data)
    {
        ReportInputs inputs = data.Inputs;
        int count = inputs.Names.Count;
        string paint = inputs.PictureWidth > 0
            ? $"<p><canvas id=\"paint\" width=\"{inputs.PictureWidth}\" "
            + $"height=\"{inputs.PictureWidth}\" role=\"img\" aria-label=\"The picture; draw on it with a finger or the "
            + "mouse\"></canvas></p><p><button type=\"button\" id=\"clear\">Clear</button> and draw your own.</p>"
            : "";
        if (count <= MostSliders && inputs.PictureWidth == 0)
        {
            return string.Concat(Enumerable.Range(0, count).Select(i => Slider(i, inputs)));
        }

        string options = string.Concat(
            Enumerable.Range(0, count).Take(MostListed).Select(i => $"<option value=\"{i}\">{Html.Name(inputs.Names[i])}</option>"));
        string which = count <= MostListed
            ? $"<select id=\"which\">{options}</select>"
            : $"<input type=\"number\" id=\"which\" min=\"0\" max=\"{count - 1}\" value=\"0\"> of 0 to {count - 1}";
        return paint + $"""
            <p><label for="which">Input</label> {which}</p>
            <div class="input"><label for="one">Its value</label><input type="range" id="one">
            <input type="number" id="one-number" step="any" aria-label="its value as a number"></div>
            """;
    }

    private static string Slider(int i, ReportInputs inputs)
    {
        string least = Text(inputs.Least[i]);
        string greatest = Text(inputs.Greatest[i]);
        double range = (double)inputs.Greatest[i] - inputs.Least[i];
        string step = range > 0 ? Text((float)(range / 200)) : "1";
        string name = Html.Text(Html.Full(inputs.Names[i]));
        return $"<div class=\"input\" data-index=\"{i}\"><label for=\"in{i}\">{name}</label><input type=\"range\" id=\"in{i}\" "
            + $"min=\"{least}\" max=\"{greatest}\" step=\"{step}\"><input type=\"number\" step=\"any\" aria-label=\"{name} as a "
            + "number\"></div>\n";
    }

    private static string Data(ReportData data, (ReportExample Example, bool IsWorst)[] examples)
    {
        ReportInputs inputs = data.Inputs;
        JsonObject json = new()
        {
            ["blob"] = Convert.ToBase64String(data.Blob),
            ["probabilities"] = AnswerValues.AreProbabilities(data.Network),
            ["ranges"] = new JsonArray([.. inputs.Least.Select((least, i) => (JsonNode)new JsonArray(least, inputs.Greatest[i]))]),
            ["examples"] = new JsonArray([.. examples.Select(
                entry => (JsonNode)new JsonObject { ["inputs"] = new JsonArray(
                    [.. entry.Example.Inputs.Select(value => (JsonNode)value)]) })]),
        };
        return json.ToJsonString(Plain);
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
