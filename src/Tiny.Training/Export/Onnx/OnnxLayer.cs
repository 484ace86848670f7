using Tiny.Core.Layers;
using Tiny.Training.Kinds;

namespace Tiny.Training.Export.Onnx;

/// <summary>How layers of a kind become nodes of an ONNX graph.</summary>
/// <seealso cref="OnnxExporter"/>
public abstract class OnnxLayer
{
    /// <summary>Writes a layer's nodes, and adds what it gives to the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The layer's name there.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="plan">Its node: which layers it reads, -1 for the sample, and what a blob says of it.</param>
    /// <exception cref="CSharp.ExportException">It has no equal in ONNX.</exception>
    public abstract void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan);

    /// <summary>The activation behind a node, by what the desk knows of the layer.</summary>
    internal static string Activated(OnnxGraph graph, string node, Layer layer)
    {
        DeskKind kind = DeskKinds.Of(layer);
        return graph.Activate(node, kind.ActivationOf(layer) ?? Core.Activations.Activation.Linear, kind.ActivationParameterOf(layer));
    }
}
