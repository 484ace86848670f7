using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Quantization;

/// <summary>How dense layers become int8: rows of weights get a scale each.</summary>
internal sealed class Dense : LayerQuantizer
{
    /// <summary>Maxout takes two rows to an output: digits go from one row to the next layer.</summary>
    public override bool GivesDigits(Layer layer) => layer.Activation() != Activation.Maxout;

    /// <inheritdoc/>
    public override double[] Sensitivity(Layer layer)
    {
        double[][] weights = Weights(layer);
        return [.. Enumerable.Range(0, layer.Inputs).Select(input => weights.Sum(row => row[input] * row[input]))];
    }

    /// <inheritdoc/>
    public override void AddTo(Int8PlanWriter plan, Layer layer, QuantizedLayer quantized, Int8Place place) =>
        plan.Plan.AddInt8(layer.Outputs, layer.Activation(), layer.ActivationParameter(), place.IsLast);

    /// <inheritdoc/>
    public override QuantizedLayer Quantize(Layer layer, LayerCalibration calibration)
    {
        double[][] weights = Weights(layer);
        double[] biases = [.. layer.Parameters().Chunk(1 + layer.Inputs).Select(row => (double)row[0])];
        for (int row = 0; row < weights.Length; row++)
        {
            for (int i = 0; i < layer.Inputs; i++)
            {
                double scaled = weights[row][i] * calibration.Factors[i];
                biases[row] += scaled * calibration.Centers[i];
                weights[row][i] = scaled * calibration.Steps[i];
            }
        }

        DenseSection section = new(layer.Activation(), calibration, weights, biases);
        return calibration.Felt is null ? section.ToFloats() : section.ToDigits();
    }

    private static double[][] Weights(Layer layer) =>
        [.. layer.Parameters().Chunk(1 + layer.Inputs).Select(row => row.Skip(1).Select(weight => (double)weight).ToArray())];
}
