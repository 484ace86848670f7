using System.Text;
using Tiny.Cli.Output;
using Tiny.Core.Layers;
using Tiny.Training.Evaluation;
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
        html.Append(Html.Paragraph(
            "Weights: blue is negative, white is zero, orange is positive; full color is the layer's largest weight. Activations: the "
                + "mean output of each unit over the rows."));
        int number = 0;
        foreach (Layer layer in ModelText.Layers(data.Network))
        {
            html.Append($"<h3>Layer {number}: {layer.Inputs} to {layer.Outputs}, {Html.Text(ModelText.Activation(data.Network, layer))}, "
                + $"{Html.Text(ModelText.Weights(layer))}</h3>\n");
            html.Append(SparsityView.Render(data, layer, number));
            html.Append(Weights(data, layer, number)).Append('\n');
            Picture? shape = DeskKinds.Of(layer).ShapeOf(layer);
            double[] means = shape is null ? [.. data.Activations[number]] : OfChannels(data.Activations[number], shape.Channels);
            string units = shape is null ? "unit" : "channel";
            int silent = means.Count(mean => mean == 0);
            string silence = silent > 0 ? $"; {silent} never active" : "";
            html.Append(Charts.Bars($"Mean output of each of the {means.Length} {units}s of layer {number}{silence}", means, units))
                .Append('\n');
            if (silent > 0)
            {
                html.Append(Html.Paragraph($"{silent} "
                    + $"of {means.Length} {units}s are never active on these rows: a narrower layer may be enough."));
            }

            if (shape is not null && data.Typical.Count > 0)
            {
                html.Append(Maps(data, shape, number)).Append('\n');
            }

            number++;
        }

        return Html.Section("layers", "Layers", html.ToString());
    }

    private static double[] OfChannels(IReadOnlyList<double> values, int channels)
    {
        double[] means = new double[channels];
        for (int i = 0; i < values.Count; i++)
        {
            means[i % channels] += values[i] * channels / values.Count;
        }

        return means;
    }

    /// <summary>
    /// What a layer gives for an example, a picture a channel; of signals one with time from left to right and a row a channel.
    /// </summary>
    private static string Maps(ReportData data, Picture shape, int number)
    {
        ReportExample example = data.Typical[0];
        PredictionTrace trace = new(data.Network);
        trace.Run(example.Inputs);
        float[] values = trace.GetOutputs(number);
        bool signal = shape.Width == 1;
        int count = signal ? 1 : Math.Min(shape.Channels, MostPictures);
        IEnumerable<string> maps = Enumerable.Range(0, count).Select(channel => Html.Image(
            Png.AboutZero(signal
                ? Pixels.Shrunk(shape.Height, shape.Channels, ReportLimits.PicturePixels, (x, y) => values[x * shape.Channels + y],
                Pixels.Largest)
                : Pixels.Shrunk(shape.Width, shape.Height, ReportLimits.PicturePixels,
                (x, y) => values[(y * shape.Width + x) * shape.Channels + channel], Pixels.Largest)),
            signal ? $"Feature maps of layer {number}" : $"Feature map {channel} of layer {number}"));
        string some = count < shape.Channels && !signal
            ? $" The first {count} of {shape.Channels}." : signal ? " Time from left to right, a row a channel." : "";
        return $"{Html.Paragraph($"Feature maps: what the layer gives for row {example.Row}, {example.Actual}.{some}")}<div "
            + $"class=\"units\">{string.Concat(maps)}</div>";
    }

    private static string Weights(ReportData data, Layer layer, int number)
    {
        if (DeskKinds.Of(layer).UnitsOf(layer) is not float[][] units || units.Length == 0)
        {
            return Html.Paragraph(layer.ParameterCount == 0 ? "It has no weights." : $"{Format.Count(layer.ParameterCount, "parameter")}.");
        }

        if (DeskKinds.Of(layer).UnitShapeOf(layer) is Picture filter)
        {
            return Filters(data, units, filter, number);
        }

        int side = data.Inputs.PictureWidth;
        if (number == 0 && side > 0 && units[0].Length == side * side)
        {
            // What each unit looks for in a picture, each to its own scale.
            int count = Math.Min(units.Length, Math.Clamp(ReportLimits.WeightPixels / (side * side), FewestPictures, MostPictures));
            IEnumerable<string> pictures = units.Take(count).Select((unit, i) =>
                Html.Image(Png.AboutZero(Pixels.Shrunk(
                side, side, ReportLimits.PicturePixels, (x, y) => unit[y * side + x], Pixels.Largest)), $"Weights of unit {i}"));
            string some = count < units.Length ? Html.Paragraph($"The first {count} of {units.Length} units.") : "";
            return $"{some}{Html.Note("One picture per unit: its weights for the pixels of the input, in their places.")}<div "
                + $"class=\"units\">{string.Concat(pictures)}</div>";
        }

        Pixels weights = Pixels.Shrunk(units[0].Length, units.Length, ReportLimits.WeightPixels / data.Network.LayerCount,
            (input, row) => units[row][input], Pixels.Largest);
        string each = weights.IsShrunk
            ? "a pixel stands for several weights, the largest of which it shows" : "a row a unit, a column an input";
        return Html.Heat(Png.AboutZero(weights), $"Weights of layer {number}: {each}; the largest is {Format.Number(weights.Most)}",
            $"input 0 to {units[0].Length - 1}", $"unit 0 to {units.Length - 1}");
    }

    /// <summary>
    /// The weights of filters: of images a picture each and channel, of signals one with time from left to right and a row a channel.
    /// </summary>
    private static string Filters(ReportData data, float[][] filters, Picture shape, int number)
    {
        bool signal = shape.Width == 1;
        int pictures = signal ? 1 : shape.Channels;
        int most = Math.Clamp(ReportLimits.WeightPixels / (data.Network.LayerCount * filters[0].Length), FewestPictures, MostPictures);
        int count = Math.Min(filters.Length, Math.Max(1, most / pictures));
        StringBuilder html = new();
        for (int i = 0; i < count; i++)
        {
            float[] filter = filters[i];
            for (int channel = 0; channel < Math.Min(pictures, MostPictures); channel++)
            {
                int one = channel;
                Pixels pixels = signal
                    ? Pixels.Shrunk(shape.Height, shape.Channels, ReportLimits.PicturePixels, (x, y) => filter[x * shape.Channels + y],
                    Pixels.Largest)
                    : Pixels.Shrunk(shape.Width, shape.Height, ReportLimits.PicturePixels,
                    (x, y) => filter[(y * shape.Width + x) * shape.Channels + one], Pixels.Largest);
                html.Append(Html.Image(Png.AboutZero(pixels),
                    pictures == 1 ? $"Filter {i} of layer {number}" : $"Filter {i} of layer {number}, channel {channel}"));
            }
        }

        string some = count < filters.Length ? Html.Paragraph($"The first {count} of {filters.Length} filters.") : "";
        string what = signal ? "Filters: time from left to right, a row a channel."
            : pictures == 1 ? "Filters." : "Filters: a picture for each channel that they read.";
        return $"{Html.Paragraph(what)}{some}<div class=\"units\">{html}</div>";
    }
}
