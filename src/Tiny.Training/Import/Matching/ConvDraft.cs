using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>A convolution.</summary>
/// <param name="node">The node that it stands for.</param>
/// <param name="input">What it reads; null for the sample.</param>
/// <param name="filters">Filters.</param>
/// <param name="channels">Channels read.</param>
/// <param name="window">The window.</param>
/// <param name="weight">A weight by filter, tap and channel, taps in the order of the window.</param>
internal sealed class ConvDraft(
    OnnxNode node, Draft? input, int filters, int channels, WindowDescription window, Func<int, int, int, double> weight)
    : WeightedDraft(input, node, filters, window.Height * window.Width!.Value * channels)
{
    /// <inheritdoc/>
    internal override LayerDescription Describe() => new Conv2DDescription(Rows, window, Function) { ActivationParameter = Parameter };

    /// <inheritdoc/>
    protected override double Weight(int row, int input) => weight(row, input / channels, input % channels);
}
