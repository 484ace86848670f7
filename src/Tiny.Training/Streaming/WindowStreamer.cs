using Tiny.Core.Layers;
using Tiny.Training.Kinds;

namespace Tiny.Training.Streaming;

/// <summary>
/// Convolutions and pools: before them stands a ring with the rows that their next windows have in common with those before.
/// </summary>
/// <param name="windowAt">Where among the attributes the window stands, see BLOB-FORMAT.md: taps, strides, padding, dilation.</param>
internal sealed class WindowStreamer(int windowAt) : LayerStreamer
{
    private const int Stride = 2;
    private const int Above = 4;
    private const int Below = 6;
    private const int Dilation = 8;

    /// <inheritdoc/>
    internal override int StrideOf(PlanNode node) => node.Attributes[windowAt + Stride];

    /// <inheritdoc/>
    internal override void Add(StreamDraft draft, PlanNode node, Layer layer)
    {
        byte[] attributes = [.. node.Attributes];
        Span<byte> window = attributes.AsSpan(windowAt);
        int stride = window[Stride];
        int extent = (window[0] - 1) * window[Dilation] + 1;
        int height = (draft.Height + window[Above] + window[Below] - extent) / stride + 1;

        // A multiple of the stride, so that windows begin where those of the model's own window begin.
        int kept = extent <= stride ? 0 : (extent - 1) / stride * stride;
        draft.Pad(window[Above], window[Below]);
        window[Above] = 0;
        window[Below] = 0;
        draft.Keep(kept);
        draft.Reach(height, stride);
        int outputs = layer.Outputs / height * draft.Rows;
        draft.Add(node.Kind, outputs, outputs, attributes);
    }
}
