using Tiny.Convolution;
using Tiny.Core.Layers;
using Tiny.Training.Kinds;

namespace Tiny.Training.Export.Onnx;

/// <summary>A depthwise convolution is Conv with a group for each channel.</summary>
internal sealed class DepthwiseConv2D : OnnxLayer
{
    /// <inheritdoc/>
    public override void Write(OnnxGraph graph, string name, Layer layer, PlanNode plan)
    {
        Window window = ((DepthwiseConv2DLayer)layer).Window;
        WindowLayer.WriteFilters(graph, name, layer, plan, windowAt: 0, window, window.Channels, channels: 1, window.Channels);
    }
}
