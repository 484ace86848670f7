using Tiny.Convolution;
using Tiny.Core.Layers;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>Pooling is MaxPool or AveragePool, which counts the values within the edges.</summary>
/// <param name="isMax">Whether it is the largest value that is taken.</param>
internal sealed class Pooling(bool isMax) : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan)
    {
        Window window = ((Convolution.WindowLayer)layer).Window;
        if (!isMax && (window.DilationDown > 1 || window.DilationAcross > 1))
        {
            throw new ExportException(
                $"{name}: an average over taps that lie {window.DilationDown} x {window.DilationAcross} apart has no form in opset 17.");
        }

        Shape output = new(window.OutputHeight, window.OutputWidth, window.Channels);
        graph.AddImage(output, graph.File.Node(
            name, isMax ? "MaxPool" : "AveragePool", [graph.Image(plan.Sources[0])], WindowLayer.Attributes(plan, 0, isMax)));
    }
}
