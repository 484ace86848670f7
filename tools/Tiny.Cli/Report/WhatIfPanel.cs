using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tiny.Cli.Report;

/// <summary>The panel in which inputs are moved and the answer follows, computed in the page.</summary>
internal static class WhatIfPanel
{
    private const int MostSliders = 48;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Default };

    internal static string Render(ReportData data)
    {
        ReportExample[] examples = [.. data.Typical, .. data.Worst];
        string choices = string.Concat(examples.Select((example, i) => $"<option value=\"{i}\">row {example.Row}, {Html.Text(example.Is)}{(i < data.Typical.Count ? "" : ", furthest off")}</option>"));
        string body = $"""
            <p>Begin with a row of the data, move an input, and see what the model makes of it. This page computes it from the model's own bytes.</p>
            <div id="what-if">
            <div class="controls">
            <p><label for="example">Begin with</label> <select id="example">{choices}</select></p>
            {Inputs(data)}
            </div>
            <div class="answer" role="status" aria-live="polite" aria-atomic="true"><span class="soft">The model's answer</span><output id="told"></output><div id="meters"></div></div>
            </div>
            <script type="application/json" id="data">{Data(data, examples)}</script>
            """;
        return Html.Section("panel", "What if", body);
    }

    private static string Inputs(ReportData data)
    {
        ReportInputs inputs = data.Inputs;
        int count = inputs.Names.Count;
        string paint = inputs.PictureWidth > 0
            ? $"<p><canvas id=\"paint\" width=\"{inputs.PictureWidth}\" height=\"{inputs.PictureWidth}\" role=\"img\" aria-label=\"The picture; draw on it with a finger or the mouse\"></canvas></p><p><button type=\"button\" id=\"clear\">Clear</button> and draw your own.</p>"
            : "";
        if (count <= MostSliders && inputs.PictureWidth == 0)
        {
            return string.Concat(Enumerable.Range(0, count).Select(i => Slider(i, inputs)));
        }

        string options = string.Concat(Enumerable.Range(0, count).Select(i => $"<option value=\"{i}\">{Html.Text(inputs.Names[i])}</option>"));
        return paint + $"""
            <p><label for="which">Input</label> <select id="which">{options}</select></p>
            <div class="input"><label for="one">its value</label><input type="range" id="one"><input type="number" id="one-number" step="any" aria-label="its value as a number"></div>
            """;
    }

    private static string Slider(int i, ReportInputs inputs)
    {
        string least = Text(inputs.Least[i]);
        string greatest = Text(inputs.Greatest[i]);
        float range = inputs.Greatest[i] - inputs.Least[i];
        string step = range > 0 ? Text(range / 200) : "1";
        string name = Html.Text(inputs.Names[i]);
        return $"<div class=\"input\" data-index=\"{i}\"><label for=\"in{i}\" title=\"{name}\">{name}</label><input type=\"range\" id=\"in{i}\" min=\"{least}\" max=\"{greatest}\" step=\"{step}\">"
            + $"<input type=\"number\" step=\"any\" aria-label=\"{name} as a number\"></div>\n";
    }

    private static string Data(ReportData data, ReportExample[] examples)
    {
        ReportInputs inputs = data.Inputs;
        JsonObject json = new()
        {
            ["blob"] = Convert.ToBase64String(data.Blob),
            ["ranges"] = new JsonArray([.. inputs.Least.Select((least, i) => (JsonNode)new JsonArray(least, inputs.Greatest[i]))]),
            ["examples"] = new JsonArray([.. examples.Select(example => (JsonNode)new JsonObject { ["inputs"] = new JsonArray([.. example.Inputs.Select(value => (JsonNode)value)]) })]),
        };
        return json.ToJsonString(Plain);
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
