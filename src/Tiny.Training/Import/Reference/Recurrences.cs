using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>GRU as the specification has it, forward, with the usual activations and a state of 0 at first.</summary>
internal static class Recurrences
{
    /// <summary>All states and the last one.</summary>
    internal static (Tensor Every, Tensor Last) Gru(OnnxNode node, Tensor?[] inputs)
    {
        Tensor x = Operators.At(node, inputs, 0);
        Tensor w = Operators.At(node, inputs, 1);
        Tensor r = Operators.At(node, inputs, 2);
        Tensor? b = inputs.Length > 3 ? inputs[3] : null;
        int units = r.Shape[2];
        int channels = w.Shape[2];
        int steps = x.Count / channels;
        bool linear = node.Int("linear_before_reset", 0) != 0;
        double[] h = new double[units];
        List<double> every = [];
        for (int step = 0; step < steps; step++)
        {
            double[] sample = [.. Enumerable.Range(step * channels, channels).Select(i => x[i])];
            double[] before = h;
            double[] Gate(int gate) =>
                [.. Enumerable.Range(gate * units, units).Select(row => 1 / (1 + Math.Exp(-(OfSample(row) + OfState(row, before)))))];
            double OfSample(int row) => (b?[row] ?? 0) + Dot(w, row, sample);
            double OfState(int row, double[] state) => (b?[3 * units + row] ?? 0) + Dot(r, row, state);
            double[] z = Gate(0);
            double[] reset = Gate(1);
            double[] held = [.. before.Select((value, u) => value * reset[u])];
            h = [.. Enumerable.Range(0, units).Select(u =>
            {
                int row = 2 * units + u;
                double n = Math.Tanh(OfSample(row) + (linear ? reset[u] * OfState(row, before) : OfState(row, held)));
                return (1 - z[u]) * n + z[u] * before[u];
            })];
            every.AddRange(h);
        }

        bool batchFirst = node.Int("layout", 0) != 0;
        return (Tensor.Of(batchFirst ? [1, steps, 1, units] : [steps, 1, 1, units], [.. every]), Tensor.Of([1, 1, units], h));
    }

    private static double Dot(Tensor weights, int row, double[] values)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[row * values.Length + i] * values[i];
        }

        return sum;
    }
}
