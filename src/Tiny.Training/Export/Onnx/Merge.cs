using Tiny.Core.Layers;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>Branches that meet are Add, or Concat of their channels.</summary>
/// <param name="isSum">Whether they are added.</param>
internal sealed class Merge(bool isSum) : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan)
    {
        string[] read = [.. plan.Sources.Select(graph.Image)];
        Shape first = graph.ShapeOf(plan.Sources[0]);
        Shape output = isSum ? first : first with { Channels = first.Channels + graph.ShapeOf(plan.Sources[1]).Channels };
        string node = isSum ? graph.File.Node(name, "Add", read) : graph.File.Node(name, "Concat", read, ("axis", 1));
        graph.AddImage(output, Activated(graph, node, layer));
    }
}
