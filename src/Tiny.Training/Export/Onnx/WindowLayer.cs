using Tiny.Convolution;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>What layers that walk a window have in common.</summary>
internal static class WindowLayer
{
    /// <summary>The attributes of a window as a blob says them: what is reached below and right is nowhere else.</summary>
    internal static (string, object)[] Attributes(PlanNode plan, int windowAt, bool hasDilations)
    {
        int[] window = [.. plan.Attributes[windowAt..(windowAt + Window.Bytes)].Select(value => (int)value)];
        (string, object)[] attributes = [("kernel_shape", window[..2]), ("strides", window[2..4]), ("pads", window[4..8])];
        return hasDilations ? [.. attributes, ("dilations", window[8..])] : attributes;
    }

    /// <summary>Writes a convolution whose filters are rows of a bias and weights, taps row by row.</summary>
    internal static void WriteFilters(
        OnnxGraph graph, string name, Layer layer, PlanNode plan, int windowAt, Window window, int filters, int channels, int groups)
    {
        int taps = window.Taps;
        float[] parameters = layer.Parameters();
        int each = parameters.Length / filters;
        float[] weights = new float[filters * channels * taps];
        for (int i = 0; i < weights.Length; i++)
        {
            (int filter, int channel, int tap) = (i / taps / channels, i / taps % channels, i % taps);
            weights[i] = parameters[filter * each + 1 + tap * channels + channel];
        }

        Shape output = new(window.OutputHeight, window.OutputWidth, filters);
        string constant = graph.File.Constant($"{name}_weights", weights, filters, channels, window.Height, window.Width);
        string biases = graph.File.Constant(
            $"{name}_biases", [.. Enumerable.Range(0, filters).Select(filter => parameters[filter * each])], filters);
        string node = graph.File.Node(name, "Conv", [graph.Image(plan.Sources[0]), constant, biases],
            [.. Attributes(plan, windowAt, hasDilations: true), ("group", groups)]);
        graph.AddImage(output, OnnxLayer.Activated(graph, node, layer));
    }
}
