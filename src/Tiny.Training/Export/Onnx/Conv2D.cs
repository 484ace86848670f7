using Tiny.Convolution;
using Tiny.Core.Layers;
using Tiny.Training.Kinds;

namespace Tiny.Training.Export.Onnx;

/// <summary>A convolution is Conv.</summary>
internal sealed class Conv2D : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan)
    {
        Conv2DLayer convolution = (Conv2DLayer)layer;
        WindowLayer.WriteFilters(graph, name, layer, plan, Convolution.Conv2D.WindowAt, convolution.Window, convolution.Filters.Rows,
            convolution.Window.Channels, groups: 1);
    }
}
