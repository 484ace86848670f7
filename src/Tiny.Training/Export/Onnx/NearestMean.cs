using Tiny.Anomaly;
using Tiny.Core.Layers;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>The distance to the nearest mean, in the operators it consists of.</summary>
internal sealed class NearestMean : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan)
    {
        OnnxFile file = graph.File;
        NearestMeanLayer nearest = (NearestMeanLayer)layer;
        string row = file.Node($"{name}_row", "Reshape",
            [graph.Row(plan.Sources[0]), file.Constant($"{name}_row_shape", -1, 1, layer.Inputs)]);
        string means = file.Constant(
            $"{name}_means", [.. nearest.Means.Take(nearest.Count).SelectMany(mean => mean[..layer.Inputs])], nearest.Count, layer.Inputs);
        string off = file.Node($"{name}_off", "Sub", [row, means]);
        string weighed = file.Node($"{name}_weighed", "Mul",
            [file.Node($"{name}_squares", "Mul", [off, off]),
                file.Constant($"{name}_precisions", nearest.Precisions[..layer.Inputs], layer.Inputs)]);
        string distances = file.Node($"{name}_distances", "ReduceSum", [weighed, file.Constant($"{name}_axes", 2)], ("keepdims", 0));
        string least = file.Node($"{name}_least", "ReduceMin", [distances], ("axes", new[] { 1 }), ("keepdims", 1));
        string held = file.Node($"{name}_held", "Min", [least, file.Constant($"{name}_farthest", [NearestMeanLayer.Farthest], 1)]);
        graph.AddRow(Shape.Vector(1), file.Node(name, "Div", [held, file.Constant($"{name}_inputs", [layer.Inputs], 1)]));
    }
}
