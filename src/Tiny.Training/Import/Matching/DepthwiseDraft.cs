using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>
/// A depthwise convolution: also, with one tap, what multiplies and adds to channels, or has
/// an activation, where no layer before can take it up.
/// </summary>
/// <param name="node">The node that it stands for.</param>
/// <param name="input">What it reads; null for the sample.</param>
/// <param name="channels">Channels.</param>
/// <param name="window">The window.</param>
/// <param name="weight">A weight by channel and tap, taps in the order of the window.</param>
internal sealed class DepthwiseDraft(OnnxNode node, Draft? input, int channels, WindowDescription window, Func<int, int, double> weight)
    : WeightedDraft(input, node, channels, window.Height * window.Width!.Value)
{
    /// <inheritdoc/>
    internal override LayerDescription Describe() => new DepthwiseConv2DDescription(window, Function) { ActivationParameter = Parameter };

    /// <inheritdoc/>
    protected override double Weight(int row, int input) => weight(row, input);
}
