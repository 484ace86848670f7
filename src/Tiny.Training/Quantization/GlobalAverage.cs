using Tiny.Convolution.Int8;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Training.Quantization;

/// <summary>How the global average becomes int8: a sum of bytes, times one factor, is a digit.</summary>
internal sealed class GlobalAverage : LayerQuantizer
{
    private const double One = 1 << 24;  // a factor of 1
    private const double Least = 1.0 / 64; // digits are not made finer than that

    /// <inheritdoc/>
    public override bool ReadsBytes => true;

    /// <inheritdoc/>
    public override bool HasWeights => false;

    /// <inheritdoc/>
    public override bool GivesDigits(Layer layer) => true;

    /// <inheritdoc/>
    public override double[] Sensitivity(Layer layer) => [.. Enumerable.Repeat(1.0, layer.Inputs)];

    /// <inheritdoc/>
    public override void AddTo(Int8PlanWriter plan, Layer layer, QuantizedLayer quantized, Int8Place place)
    {
        if (place.IsLast)
        {
            plan.AddFloats(Int8Vector.GlobalAverageCode, place.Form, layer.Outputs, BitConverter.ToSingle(quantized.Attributes));
        }
        else
        {
            plan.AddPacked(Int8Vector.GlobalAverageCode, place.Form, layer.Outputs, quantized.Attributes);
        }
    }

    /// <inheritdoc/>
    public override QuantizedLayer Quantize(Layer layer, LayerCalibration calibration)
    {
        int places = layer.Inputs / layer.Outputs;
        double[] steps = [.. calibration.Steps.Take(layer.Outputs)];
        if (calibration.Felt is null)
        {
            return new QuantizedLayer([], []) { Attributes = BitConverter.GetBytes((float)(steps[0] / places)) };
        }

        // Averages are smaller than what they are of: the largest that calibration shows becomes the largest digit.
        double largest = calibration.Outputs.Max(
            sample => sample.Zip(steps, (value, step) => step == 0 ? 0 : Math.Abs(value) / step).Max());
        double coarser = Math.Max(largest / Int8Layer.LargestDigit, Least);
        return new QuantizedLayer([],
            [.. steps.Select(step => step * coarser)])
        { Attributes = BitConverter.GetBytes((int)Math.Round(One / (places * coarser))) };
    }
}
