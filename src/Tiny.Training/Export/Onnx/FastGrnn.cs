using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Recurrence;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>
/// FastGRNN units, for which ONNX has no operator, are written step by step: the product with
/// the samples for all of them at once, then a few nodes for each.
/// </summary>
internal sealed class FastGrnn : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan)
    {
        OnnxFile file = graph.File;
        RecurrentLayer grnn = (RecurrentLayer)layer;
        (int units, int channels) = (grnn.Units, grnn.Channels);
        int steps = grnn.Inputs / channels;
        float[][] rows = [.. grnn.Parameters().Take(units * (1 + channels + units)).Chunk(1 + channels + units)];
        float[] behind = grnn.Parameters()[(units * (1 + channels + units))..];
        string samples = file.Node(
            $"{name}_samples", "Reshape", [graph.Row(plan.Sources[0]), file.Constant($"{name}_samples_shape", -1, steps, channels)]);
        string w = file.Constant(
            $"{name}_w", [.. Enumerable.Range(0, channels).SelectMany(channel => rows.Select(row => row[1 + channel]))], channels, units);
        string product = file.Node($"{name}_product", "MatMul", [samples, w]);
        string sums = file.Node($"{name}_sums", "Add", [product, file.Constant($"{name}_b", [.. rows.Select(row => row[0])], units)]);
        StepNames names = new(
            file.Constant($"{name}_u", [.. Enumerable.Range(0, units).SelectMany(state => rows.Select(row => row[1 + channels + state]))],
                units, units),
            file.Constant($"{name}_c", behind[..units], units),
            file.Constant($"{name}_zeta", [behind[units]], 1),
            file.Constant($"{name}_most", [behind[units] + behind[units + 1]], 1));
        List<string> states = [];
        for (int step = 0; step < steps; step++)
        {
            string at = $"{name}_step{step}";
            string a = file.Node($"{at}_x", "Gather", [sums, file.Constant($"{at}_index", step)], ("axis", 1));
            a = file.Node($"{at}_sum", "Squeeze", [a, file.Constant($"{at}_axes", 1)]);
            states.Add(Step(file, at, a, step == 0 ? null : states[^1], names));
        }

        if (!grnn.GivesEvery)
        {
            graph.AddRow(Shape.Vector(units), states[^1]);
            return;
        }

        graph.AddRow(graph.ShapeOf(plan.Sources[0]) with { Channels = units },
            steps == 1 ? states[0] : file.Node(name, "Concat", states, ("axis", 1)));
    }

    /// <summary>From the sample's part of the sum and the state before, null for 0, to the next state.</summary>
    private static string Step(OnnxFile file, string at, string a, string? h, StepNames names)
    {
        a = h is null ? a : file.Node($"{at}_a", "Add", [a, file.Node($"{at}_u", "MatMul", [h, names.U])]);
        string z = file.Node($"{at}_z", "Sigmoid", [a]);
        string n = file.Node($"{at}_n", "Tanh", [file.Node($"{at}_moved", "Add", [a, names.C])]);
        string part = file.Node($"{at}_part", "Mul", [n, names.Zeta]);
        string whole = file.Node($"{at}_whole", "Mul", [n, names.Most]);
        string left = h is null ? file.Node($"{at}_left", "Neg", [part]) : file.Node($"{at}_left", "Sub", [h, part]);
        return file.Node($"{at}_h", "Add", [whole, file.Node($"{at}_kept", "Mul", [left, z])]);
    }

    private sealed record StepNames(string U, string C, string Zeta, string Most);
}
