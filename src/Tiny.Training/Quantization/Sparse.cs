using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Int8;
using Tiny.Planning;
using Tiny.Sparse;
using Tiny.Sparse.Int8;
using Tiny.Training.Pruning;

namespace Tiny.Training.Quantization;

/// <summary>
/// How sparse layers become int8: the first stays sparse, three rows together; one behind it is dense with zeros, three inputs to a long.
/// </summary>
internal sealed class Sparse : LayerQuantizer
{
    /// <inheritdoc/>
    public override bool GivesDigits(Layer layer) => layer.Activation() != Activation.Maxout;

    /// <inheritdoc/>
    public override double[] Sensitivity(Layer layer)
    {
        float[][] weights = SparseWeights.Of(layer);
        return [.. Enumerable.Range(0, layer.Inputs).Select(input => weights.Sum(row => (double)row[input] * row[input]))];
    }

    /// <inheritdoc/>
    public override void AddTo(Int8PlanWriter plan, Layer layer, QuantizedLayer quantized, Int8Place place)
    {
        PlanBuilder builder = plan.Plan;
        if (builder.CurrentBuffer != BlobFormat.Sample)
        {
            builder.AddInt8(layer.Outputs, layer.Activation(), layer.ActivationParameter(), place.IsLast);
            return;
        }

        int rows = layer.Rows();
        builder.InputForm = builder.InputForm == InputForm.Values ? InputForm.Levels : builder.InputForm;
        int floats = builder.AddBuffer(BlobFormat.Floats, place.IsLast ? rows : 1);
        int sums = builder.AddBuffer(BlobFormat.Integers, (rows + 2) / 3 * 3);
        int output = place.IsLast ? floats : builder.AddBuffer(BlobFormat.Longs, Int8Blocks.LongsFor(layer.Outputs));
        byte[] dense = PlanBuilder.DenseAttributes(layer.Outputs, layer.Activation(), layer.ActivationParameter());
        builder.AddNode(SparseLevels.SparseLevelsCode, BlobFormat.Sample, output, layer.Outputs,
            [.. dense[..3], (byte)(place.IsLast ? 1 : 0), (byte)sums, .. dense[3..]]);
    }

    /// <inheritdoc/>
    public override QuantizedLayer Quantize(Layer layer, LayerCalibration calibration)
    {
        double[][] weights = [.. SparseWeights.Of(layer).Select(row => row.Select(weight => (double)weight).ToArray())];
        double[] biases = [.. ((SparseLayer)layer).Biases.Take(weights.Length).Select(bias => (double)bias)];
        bool raw = ((SparseLayer)layer).Index.Raw != 0;
        for (int row = 0; row < weights.Length; row++)
        {
            for (int i = 0; i < layer.Inputs; i++)
            {
                // Weights for the sample as it is have its normalization in them.
                double scaled = weights[row][i] * (raw ? 1 : calibration.Factors[i]);
                biases[row] += scaled * (calibration.Centers[i] + (raw ? calibration.Offsets[i] : 0));
                weights[row][i] = scaled * calibration.Steps[i];
            }
        }

        DenseSection section = calibration.IsFirst
            ? new SparseSection(layer.Activation(), calibration, weights, biases)
            : new DenseSection(layer.Activation(), calibration, weights, biases);
        return calibration.Felt is null ? section.ToFloats() : section.ToDigits();
    }
}
