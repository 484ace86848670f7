using System.Text;
using Tiny.Cli.Output;
using Tiny.Core.Layers;
using Tiny.Training.Kinds;

namespace Tiny.Cli.Report;

/// <summary>Weights and activations of each layer at a glance.</summary>
internal static class LayerViews
{
    private const int MostPictures = 64;
    private const int FewestPictures = 4;

    internal static string Render(ReportData data)
    {
        StringBuilder html = new();
        html.Append(Html.Paragraph("Weights: blue below zero, white at zero, orange above, full at the layer's largest. Activations: the mean output of each unit over the rows tried."));
        int number = 0;
        foreach (Layer layer in ModelText.Layers(data.Network))
        {
            html.Append($"<h3>Layer {number}: {layer.Inputs} to {layer.Outputs}, {Html.Text(ModelText.Activation(data.Network, layer))}, {Html.Text(ModelText.Weights(layer))}</h3>\n");
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
        if (DeskKinds.Of(layer).UnitsOf(layer) is not float[][] units || units.Length == 0)
        {
            return Html.Paragraph(layer.ParameterCount == 0 ? "It has no weights." : $"{Format.Count(layer.ParameterCount, "parameter")}.");
        }

        int side = data.Inputs.PictureWidth;
        if (number == 0 && side > 0 && units[0].Length == side * side)
        {
            // What each unit looks for in a picture, each to its own scale.
            int count = Math.Min(units.Length, Math.Clamp(ReportLimits.WeightPixels / (side * side), FewestPictures, MostPictures));
            IEnumerable<string> pictures = units.Take(count).Select((unit, i) =>
                Html.Image(Png.AboutZero(Pixels.Shrunk(side, side, ReportLimits.PicturePixels, (x, y) => unit[y * side + x], Pixels.Largest)), $"Weights of unit {i}"));
            string some = count < units.Length ? Html.Paragraph($"The first {count} of {units.Length} units.") : "";
            return $"{some}<div class=\"units\">{string.Concat(pictures)}</div>";
        }

        Pixels weights = Pixels.Shrunk(units[0].Length, units.Length, ReportLimits.WeightPixels / data.Network.LayerCount, (input, row) => units[row][input], Pixels.Largest);
        string each = weights.IsShrunk ? "a pixel stands for several weights, the largest of which it shows" : "a row a unit, a column an input";
        return Html.Image(Png.AboutZero(weights), $"Weights of layer {number}: {each}; the largest is {Format.Number(weights.Most)}", "wide");
    }
}
