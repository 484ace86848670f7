using Tiny.Convolution;
using Tiny.Convolution.Int8;
using Tiny.Core.Layers;

namespace Tiny.Training.Quantization;

/// <summary>How max and average pooling become int8: bytes keep what they are worth.</summary>
/// <param name="code">The code of the int8 kind.</param>
internal sealed class Pooling(int code) : LayerQuantizer
{
    /// <inheritdoc/>
    public override bool ReadsBytes => true;

    /// <inheritdoc/>
    public override bool GivesBytes => true;

    /// <inheritdoc/>
    public override bool HasWeights => false;

    /// <inheritdoc/>
    public override bool GivesDigits(Layer layer) => true;

    /// <inheritdoc/>
    public override double[] Sensitivity(Layer layer) => [.. Enumerable.Repeat(1.0, layer.Inputs)];

    /// <inheritdoc/>
    public override void AddTo(Int8PlanWriter plan, Layer layer, QuantizedLayer quantized, Int8Place place) =>
        plan.AddBytes(code, place.Form, place.Form.Type, layer.Outputs, WindowBytes.Of(((WindowLayer)layer).Window));

    /// <inheritdoc/>
    public override QuantizedLayer Quantize(Layer layer, LayerCalibration calibration)
    {
        int channels = ((WindowLayer)layer).Window.Channels;
        return new QuantizedLayer([], [.. Enumerable.Range(0, layer.Outputs).Select(i => calibration.Steps[i % channels])]);
    }

    /// <summary>
    /// The side of the squares that a pool takes the largest of, where the convolution before can do that at once; else 1.
    /// </summary>
    internal static int SideOf(Layer layer)
    {
        if (layer is not MaxPoolingLayer pool)
        {
            return 1;
        }

        Window w = pool.Window;
        int side = w.Height;
        bool square = side is >= 2 and <= FilterKind.LargestPool && w.Width == side && w.StrideDown == side && w.StrideAcross == side
            && w.DilationDown == 1 && w.DilationAcross == 1;
        return square && w.Above == 0 && w.Left == 0 && w.OutputHeight == w.InputHeight / side && w.OutputWidth == w.InputWidth / side
            ? side : 1;
    }
}
