using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>Batch normalization with the statistics of training.</summary>
internal static class BatchStatistics
{
    /// <summary>Factor and summand of each channel: y = x * factor + summand.</summary>
    /// <param name="node">The node.</param>
    /// <param name="constant">Its constant inputs.</param>
    internal static (double[] Factors, double[] Summands) Factors(OnnxNode node, Func<int, Tensor?> constant)
    {
        if (node.Int("training_mode", 0) != 0 || (node.Opset < 14 && node.Outputs.Count(name => name.Length > 0) > 1))
        {
            throw node.Fault("it is in the form for training, which normalizes by each batch. Save the model for inference: model.eval() "
                + "in PyTorch, training=False in Keras.");
        }

        Tensor[] all = [.. Enumerable.Range(1, 4)
            .Select(i => constant(i) ?? throw node.Fault($"input {i} is computed from the data, expected a constant."))];
        int count = all[0].Count;
        if (all.Any(tensor => tensor.Count != count))
        {
            throw node.Fault("scale, bias, mean and variance "
                + $"have {string.Join(", ", all.Select(tensor => tensor.Count))} values, expected as many of each.");
        }

        double epsilon = node.Float("epsilon", 1e-5f);
        double[] factors = [.. Enumerable.Range(0, count).Select(i => all[0][i] / Math.Sqrt(all[3][i] + epsilon))];
        return (factors, [.. Enumerable.Range(0, count).Select(i => all[1][i] - all[2][i] * factors[i])]);
    }

    internal static Tensor Batch(OnnxNode node, Tensor?[] inputs)
    {
        Tensor x = Operators.At(node, inputs, 0);
        (double[] factors, double[] summands) = Factors(node, i => i < inputs.Length ? inputs[i] : null);
        int channels = x.Shape.Length > 1 ? x.Shape[1] : 1;
        int each = x.Shape.Length > 2 ? (int)Dims.Count(x.Shape[2..]) : 1;
        if (factors.Length != channels)
        {
            throw node.Fault($"{factors.Length} channels are normalized, but the shape is {Dims.Words(x.Shape)}.");
        }

        return Tensor.Of(x.Shape,
            [.. x.ToDoubles().Select((value, i) => value * factors[i / each % channels] + summands[i / each % channels])]);
    }
}
