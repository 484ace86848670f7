using Tiny.Convolution;
using Tiny.Convolution.Int8;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Quantization;

/// <summary>How depthwise convolutions become int8: the filter of each channel gets a scale.</summary>
internal sealed class DepthwiseConv2D : LayerQuantizer
{
    /// <inheritdoc/>
    public override bool ReadsBytes => true;

    /// <inheritdoc/>
    public override bool GivesBytes => true;

    /// <inheritdoc/>
    public override bool CanPool(Layer layer) => FilterKind.MostPool(((DepthwiseConv2DLayer)layer).Activation) > 1;

    /// <inheritdoc/>
    public override bool GivesDigits(Layer layer) => true;

    /// <inheritdoc/>
    public override double[] Sensitivity(Layer layer)
    {
        int taps = ((DepthwiseConv2DLayer)layer).Window.Taps;
        double[] channels = [.. layer.Parameters().Chunk(1 + taps).Select(filter => filter.Skip(1).Sum(weight => (double)weight * weight))];
        return [.. Enumerable.Range(0, layer.Inputs).Select(i => channels[i % channels.Length])];
    }

    /// <inheritdoc/>
    public override ByteForm FormBehind(Layer layer, ByteForm form) => ByteForm.Behind(((DepthwiseConv2DLayer)layer).Activation);

    /// <inheritdoc/>
    public override void AddTo(Int8PlanWriter plan, Layer layer, QuantizedLayer quantized, Int8Place place)
    {
        DepthwiseConv2DLayer conv = (DepthwiseConv2DLayer)layer;
        Window window = conv.Window;
        int outputs = window.OutputHeight / place.Pool * (window.OutputWidth / place.Pool) * window.Channels;
        plan.AddBytes(
            Int8DepthwiseConv2D.Int8DepthwiseConv2DCode, place.Form, FormBehind(layer, place.Form).Type, outputs,
            [.. WindowBytes.Of(window), .. WindowBytes.Of(conv.Activation, conv.ActivationParameter, place.Pool)]);
    }

    /// <inheritdoc/>
    public override QuantizedLayer Quantize(Layer layer, LayerCalibration calibration)
    {
        DepthwiseConv2DLayer conv = (DepthwiseConv2DLayer)layer;
        return new Filters(layer, calibration, conv.Window.Channels, (filter, _) => filter).Quantize(conv.Activation, conv.Window.Channels);
    }
}
