using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>A dense layer is Gemm; maxout the larger of each two of its sums.</summary>
internal sealed class Dense : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan)
    {
        OnnxFile file = graph.File;
        int rows = layer.Rows();
        float[][] parameters = [.. layer.Parameters().Chunk(1 + layer.Inputs)];
        string weights = file.Constant($"{name}_weights", [.. parameters.SelectMany(row => row[1..])], rows, layer.Inputs);
        string biases = file.Constant($"{name}_biases", [.. parameters.Select(row => row[0])], rows);
        string sums = file.Node(name, "Gemm", [graph.Row(plan.Sources[0]), weights, biases], ("transB", 1));
        if (layer.Activation() == Activation.Maxout)
        {
            string pairs = file.Node($"{name}_pairs", "Reshape", [sums, file.Constant($"{name}_pairs_shape", -1, layer.Outputs, 2)]);
            sums = file.Node($"{name}_maxout", "ReduceMax", [pairs], ("axes", new[] { 2 }), ("keepdims", 0));
        }
        else
        {
            sums = Activated(graph, sums, layer);
        }

        graph.AddRow(Shape.Vector(layer.Outputs), sums);
    }
}
