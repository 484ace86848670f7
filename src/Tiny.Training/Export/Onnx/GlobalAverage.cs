using Tiny.Core.Layers;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>The global average is GlobalAveragePool.</summary>
internal sealed class GlobalAverage : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan) =>
        graph.AddImage(Shape.Vector(layer.Outputs), graph.File.Node(name, "GlobalAveragePool", [graph.Image(plan.Sources[0])]));
}
