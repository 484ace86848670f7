using System.Text;
using Tiny.Cli.Output;
using Tiny.Core.Layers;

namespace Tiny.Cli.Report;

/// <summary>Weights and activations of each layer at a glance.</summary>
internal static class LayerViews
{
    private const int MostPictures = 64;

    internal static string Render(ReportData data)
    {
        StringBuilder html = new();
        html.Append(Html.Paragraph("Weights: blue below zero, white at zero, orange above, full at the layer's largest. Activations: the mean output of each unit over the rows tried."));
        int number = 0;
        foreach (Layer layer in ModelText.Layers(data.Network))
        {
            html.Append($"<h3>Layer {number}: {layer.Inputs} to {layer.Outputs}, {Html.Text(ModelText.Activation(layer))}, {Html.Text(ModelText.Weights(layer))}</h3>\n");
            html.Append(Weights(data, layer, number)).Append('\n');
            double[] means = [.. data.Activations[number]];
            int silent = means.Count(mean => mean == 0);
            string silence = silent > 0 ? $"; {silent} never active" : "";
            html.Append(Charts.Bars($"Mean output of each of the {means.Length} units of layer {number}{silence}", means)).Append('\n');
            if (silent > 0)
            {
                html.Append(Html.Paragraph($"{silent} of {means.Length} units are never active on these rows: a narrower layer may do as well."));
            }

            number++;
        }

        return Html.Section("layers", "Layers", html.ToString());
    }

    private static string Weights(ReportData data, Layer layer, int number)
    {
        float[][] rows = [.. Enumerable.Range(0, layer.Rows).Select(row => Enumerable.Range(0, layer.Inputs).Select(i => layer.GetWeight(row, i)).ToArray())];
        if (number == 0 && data.Inputs.PictureWidth > 0)
        {
            // What each unit looks for in a picture, each to its own scale.
            IEnumerable<string> pictures = rows.Take(MostPictures).Select((row, i) =>
                Html.Image(Png.AboutZero(row, data.Inputs.PictureWidth, row.Max(MathF.Abs)), $"Weights of unit {i}"));
            return $"<div class=\"units\">{string.Concat(pictures)}</div>";
        }

        float largest = rows.Max(row => row.Max(MathF.Abs));
        return Html.Image(Png.AboutZero([.. rows.SelectMany(row => row)], layer.Inputs, largest), $"Weights of layer {number}: a row a unit, a column an input, the largest {Format.Number(largest)}", "wide");
    }
}
