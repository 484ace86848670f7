using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Native.Float32;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>
/// Kernels that go value by value, and sparse rows, against the managed arithmetic: sizes 1 to 70, and the ends of what floats have.
/// </summary>
public class ValueKernelTests
{
    [CompilerFact]
    public void Activations_give_the_bits_of_the_managed_ones()
    {
        SigmoidTable.Prepare();
        for (int n = 1; n <= 70; n++)
        {
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                float[] z = activation == Activation.Softmax ? Draw(2 * n, n, 40f) : Extremes(2 * n, n);
                float[] expected = [.. z];
                int rows = activation == Activation.Maxout ? 2 * n : n;
                ActivationFunction.Forward(expected, activation, 0.25f, rows);
                NativeActivation.Forward(z, activation, 0.25f, rows);
                Assert.Equal(Bits(expected), Bits(z));
            }
        }
    }

    [CompilerFact]
    public void Exponential_square_root_and_softmax_are_the_managed_ones()
    {
        foreach (float x in Extremes(3000, 1).Concat(Draw(3000, 2, 90f)))
        {
            Assert.Equal(Bits(Exponential.Exp(x)), Bits(C.tiny_exp_f32(x)));
            Assert.Equal(Bits(SquareRoot.Of(x)), Bits(C.tiny_sqrt_f32(x)));
        }

        for (int n = 1; n <= 70; n++)
        {
            float[] z = n % 3 == 0 ? Extremes(n, n) : Draw(n, n, 50f);
            float[] expected = new float[n];
            float[] p = new float[n];
            Assert.Equal(Softmax.Run(z, expected, n), C.tiny_softmax_f32(z, p, n));
            Assert.Equal(Bits(expected), Bits(p));
            C.tiny_add_f32(z, p, p, n);
            Assert.Equal(Bits([.. z.Zip(expected, (a, b) => a + b)]), Bits(p));
        }
    }

    [CompilerFact]
    public void Sums_of_dense_rows_at_the_ends_of_what_floats_have_are_plain_loops()
    {
        for (int n = 1; n <= 70; n++)
        {
            int rows = 1 + n % 5;
            (float[] x, float[] w, float[] b) = (Extremes(n, n), Extremes(n * rows, n + 1), Extremes(rows, n + 2));
            float[] z = new float[rows];
            FloatKernels.Dense(x, w, b, z, n, rows, float.NegativeInfinity);
            float[] expected = [.. Enumerable.Range(0, rows)
                .Select(row => Enumerable.Range(0, n).Aggregate(b[row], (sum, i) => sum + w[row * n + i] * x[i]))];
            Assert.Equal(Bits(expected), Bits(z));
        }
    }

    [CompilerFact]
    public void Sparse_rows_are_the_sums_of_what_is_there()
    {
        for (int n = 1; n <= 70; n++)
        {
            Random random = new(n);
            ushort[] counts = [.. Enumerable.Range(0, 6).Select(_ => (ushort)random.Next(n + 1))];
            ushort[] inputs = [.. Enumerable.Range(0, counts.Sum(count => count)).Select(_ => (ushort)random.Next(n))];
            (float[] x, float[] w, float[] b, float[] z) = (Draw(n, n), Draw(inputs.Length, n + 1), Draw(6, n + 2), new float[6]);
            Assert.Equal(1, C.tiny_sparse_f32(x, z, b, w, inputs, counts, 6, 0f));
            int at = 0;
            float[] expected = [.. counts.Select(
                (count, row) => Math.Max(0f, Enumerable.Range(0, count).Aggregate(b[row], (sum, _) => sum + w[at] * x[inputs[at++]])))];
            Assert.Equal(Bits(expected), Bits(z));
            x[0] = 1e30f;
            Assert.Equal(counts.Sum(count => count) > 0 && inputs.Contains((ushort)0) ? 0 : 1,
                C.tiny_sparse_f32(x, z, b, w, inputs, counts, 6, 0f));
            byte[] levels = new byte[n];
            random.NextBytes(levels);
            sbyte[] weights = [.. Enumerable.Range(0, 3 * inputs.Length).Select(_ => (sbyte)random.Next(-127, 128))];
            int[] starts = [.. Enumerable.Range(0, 18).Select(_ => random.Next(1000))];
            int[] sums = new int[18];
            C.tiny_sparse_s8(levels, weights, inputs, counts, starts, sums, 6);
            int from = 0;
            foreach ((ushort count, int group) in counts.Select((count, group) => (count, group)))
            {
                Assert.Equal([.. Enumerable.Range(0, 3).Select(lane => starts[3 * group + lane]
                    + Enumerable.Range(from, count).Sum(k => weights[3 * k + lane] * levels[inputs[k]]))],
                    sums[(3 * group)..(3 * group + 3)]);
                from += count;
            }
        }
    }
}
