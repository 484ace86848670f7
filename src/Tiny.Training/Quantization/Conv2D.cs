using Tiny.Convolution;
using Tiny.Convolution.Int8;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Quantization;

/// <summary>How convolutions become int8: filters get a scale each.</summary>
internal sealed class Conv2D : LayerQuantizer
{
    /// <inheritdoc/>
    public override bool ReadsBytes => true;

    /// <inheritdoc/>
    public override bool GivesBytes => true;

    /// <inheritdoc/>
    public override bool CanPool(Layer layer) => FilterKind.MostPool(((Conv2DLayer)layer).Filters.Activation) > 1;

    /// <inheritdoc/>
    public override bool GivesDigits(Layer layer) => true;

    /// <summary>A channel is felt alike at all places.</summary>
    public override double[] Sensitivity(Layer layer)
    {
        Conv2DLayer conv = (Conv2DLayer)layer;
        double[] channels = new double[conv.Window.Channels];
        foreach (float[] filter in layer.Parameters().Chunk(layer.ParameterCount / conv.Filters.Rows))
        {
            for (int i = 1; i < filter.Length; i++)
            {
                channels[(i - 1) % channels.Length] += (double)filter[i] * filter[i];
            }
        }

        return [.. Enumerable.Range(0, layer.Inputs).Select(i => channels[i % channels.Length])];
    }

    /// <inheritdoc/>
    public override ByteForm FormBehind(Layer layer, ByteForm form) => ByteForm.Behind(((Conv2DLayer)layer).Filters.Activation);

    /// <inheritdoc/>
    public override void AddTo(Int8PlanWriter plan, Layer layer, QuantizedLayer quantized, Int8Place place)
    {
        Conv2DLayer conv = (Conv2DLayer)layer;
        Window window = conv.Window;
        int filters = conv.Filters.Rows;
        int outputs = window.OutputHeight / place.Pool * (window.OutputWidth / place.Pool) * filters;
        plan.AddBytes(
            Int8Conv2D.Int8Conv2DCode, place.Form, FormBehind(layer, place.Form).Type, outputs,
            [(byte)filters, (byte)(filters >> 8), .. WindowBytes.Of(window),
                .. WindowBytes.Of(conv.Filters.Activation, conv.Filters.ActivationParameter, place.Pool)],
            Strip(window, place.Pool));
    }

    /// <summary>
    /// Without places beyond the edges or between windows a first layer goes through the sample
    /// three rows of what it gives at a time; 0 where it takes it whole.
    /// </summary>
    private static int Strip(Window window, int pool)
    {
        byte[] bytes = WindowBytes.Of(window);
        bool padded = bytes[4..8].Any(side => side != 0);
        int high = (window.Height - 1) * window.DilationDown + 1;
        return padded || window.OutputHeight / pool < 3 || window.StrideDown > high
            ? 0 : ((3 * pool - 1) * window.StrideDown + high) * window.InputWidth * window.Channels;
    }

    /// <inheritdoc/>
    public override QuantizedLayer Quantize(Layer layer, LayerCalibration calibration)
    {
        Conv2DLayer conv = (Conv2DLayer)layer;
        int channels = conv.Window.Channels;
        return new Filters(layer, calibration, conv.Filters.Rows, (_, weight) => weight % channels)
            .Quantize(conv.Filters.Activation, channels);
    }
}
