using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Recurrence;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>Gated recurrent units are GRU with linear_before_reset: samples in front, the batch behind them.</summary>
internal sealed class Gru : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan)
    {
        OnnxFile file = graph.File;
        GruLayer gru = (GruLayer)layer;
        (int units, int channels) = (gru.Units, gru.Channels);
        int steps = gru.Inputs / channels;
        string signal = file.Node(
            $"{name}_signal", "Reshape", [graph.Row(plan.Sources[0]), file.Constant($"{name}_signal_shape", -1, steps, channels)]);
        string samples = file.Node($"{name}_samples", "Transpose", [signal], ("perm", new[] { 1, 0, 2 }));
        (float[] w, float[] r, float[] b) = Weights(gru.Parameters(), units, channels);
        string[] read = [samples, file.Constant($"{name}_w", w, 1, 3 * units, channels), file.Constant($"{name}_r", r, 1, 3 * units, units),
            file.Constant($"{name}_b", b, 1, 6 * units)];
        (string, object)[] attributes = [("hidden_size", units), ("linear_before_reset", 1)];
        if (!gru.GivesEvery)
        {
            string last = $"{name}_last";
            file.NodeOf("", ["", last], "GRU", read, attributes);
            graph.AddRow(Shape.Vector(units), file.Node(name, "Squeeze", [last, file.Constant($"{name}_direction", 0)]));
            return;
        }

        file.NodeOf("", [$"{name}_every"], "GRU", read, attributes);
        string states = file.Node($"{name}_states", "Squeeze", [$"{name}_every", file.Constant($"{name}_direction", 1)]);
        string rows = file.Node($"{name}_rows", "Transpose", [states], ("perm", new[] { 1, 0, 2 }));
        graph.AddRow(graph.ShapeOf(plan.Sources[0]) with { Channels = units },
            file.Node(name, "Reshape", [rows, file.Constant($"{name}_shape", -1, steps * units)]));
    }

    /// <summary>
    /// Rows of z, r and n for the sample, for the state, and two biases of each; z and r have one, which stands with those of the sample.
    /// </summary>
    private static (float[] W, float[] R, float[] B) Weights(float[] p, int units, int channels)
    {
        int joined = 1 + channels + units;
        int sampleRows = 2 * units * joined;
        int stateRows = sampleRows + units * (1 + channels);
        (int Sample, int State)[] rows = [.. Enumerable.Range(0, 3 * units).Select(row => row < 2 * units
            ? (row * joined, row * joined + channels)
            : (sampleRows + (row - 2 * units) * (1 + channels), stateRows + (row - 2 * units) * (1 + units)))];
        return (
            [.. rows.SelectMany(row => p[(row.Sample + 1)..(row.Sample + 1 + channels)])],
            [.. rows.SelectMany(row => p[(row.State + 1)..(row.State + 1 + units)])],
            [.. rows.Select(row => p[row.Sample]), .. new float[2 * units], .. rows[(2 * units)..].Select(row => p[row.State])]);
    }
}
