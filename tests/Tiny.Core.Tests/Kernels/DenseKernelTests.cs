using Tiny.Core.Activations;
using Tiny.Core.Kernels;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Core.Tests.Kernels;

/// <summary>The unrolled kernels against plain loops in the documented order, bit for bit, at every width and beyond one block.</summary>
public class DenseKernelTests
{
    public static TheoryData<int> Widths() => [.. Enumerable.Range(1, 70), 80, 81, 100, 121, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_gives_the_bits_of_the_plain_loop(int width)
    {
        foreach (int units in new[] { 1, 2, 5 })
        {
            (DenseLayer layer, float[][] rows) = Make(width, units, Activation.Linear, seed: width + units);
            float[] x = Random(width, seed: 7);
            float[] expected = new float[units];
            ReferenceKernel.Forward(expected, rows, x, units, width);
            float[] z = new float[units + 1];
            Assert.True(layer.Sums(z, x, new float[DenseForward.Widest], measure: true));
            Assert.Equal(Bits(expected), Bits(z[..units]));

            (DenseLayer rectified, _) = Make(width, units, Activation.Relu, seed: width + units);
            rectified.Sums(z, x, new float[DenseForward.Widest], measure: false);
            Assert.Equal(Bits([.. expected.Select(v => v < 0f ? 0f : v)]), Bits(z[..units]));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Normalising_on_the_way_gives_the_bits_of_normalising_before(int width)
    {
        if (width > DenseForward.Widest)
        {
            return; // Wider layers normalise before, always.
        }

        (DenseLayer layer, _) = Make(width, 4, Activation.Linear, seed: width);
        float[] x = Random(width, seed: 3);
        float[] means = Random(width, seed: 4);
        float[] scales = [.. Random(width, seed: 5).Select(Math.Abs)];
        float[] normalised = new float[width];
        Normalisation.Run(normalised, x, means, scales, width);
        Assert.Equal(Bits([.. x.Select((v, i) => (v - means[i]) * scales[i])]), Bits(normalised));
        float[] before = new float[4];
        float[] onTheWay = new float[4];
        Assert.True(DenseForward.Run(normalised, null, null, before, layer, 0, width, layer.floor, false));
        Assert.True(DenseForward.Run(x, means, scales, onTheWay, layer, 0, width, layer.floor, true));
        Assert.Equal(Bits(before), Bits(onTheWay));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f })
        {
            x[width - 1] = bad;
            scales[width - 1] = 1f;
            Assert.False(DenseForward.Run(x, means, scales, onTheWay, layer, 0, width, layer.floor, true));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Input_gradient_gives_the_bits_of_the_plain_loop(int width)
    {
        (DenseLayer layer, float[][] rows) = Make(width, 5, Activation.Linear, seed: width);
        float[] dz = [.. Random(5, seed: 2), 0f];
        dz[2] = 0f;
        dz[3] = 0f; // A pair that is passed over.
        float[] expected = new float[width];
        ReferenceKernel.InputGradient(expected, rows, dz, 5, width);
        float[] dx = new float[width];
        float squares = layer.InputGradient(dx, dz, new float[Math.Max(width, DenseForward.Widest)], new float[DenseForward.Widest]);
        Assert.Equal(Bits(expected), Bits(dx));
        Assert.Equal(expected.Sum(v => (double)v * v), squares, 1e-5 * squares);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Update_gives_the_bits_of_the_plain_loop(int width)
    {
        (DenseLayer layer, float[][] rows) = Make(width, 5, Activation.Linear, seed: width);
        float[] x = Random(width, seed: 8);
        float[] dz = [.. Random(5, seed: 9), 0f];
        ReferenceKernel.Update(rows, x, dz, 0.01f, 1f, 5, width);
        layer.Update(x, dz, 0.01f, new float[DenseForward.Widest]);
        Assert.Equal(Bits([.. rows.SelectMany(row => row)]), Bits(layer.Parameters()));
    }

    [Fact]
    public void Decay_then_update_gives_the_bits_of_the_plain_loop()
    {
        (DenseLayer layer, float[][] rows) = Make(50, 3, Activation.Linear, seed: 1);
        float[] x = Random(50, seed: 8);
        float[] dz = [.. Random(3, seed: 9), 0f];
        ReferenceKernel.Update(rows, x, dz, 0.01f, 0.999f, 3, 50);
        layer.Decay(0.999f);
        layer.Update(x, dz, 0.01f, new float[DenseForward.Widest]);
        Assert.Equal(Bits([.. rows.SelectMany(row => row)]), Bits(layer.Parameters()));
    }

    private static (DenseLayer Layer, float[][] Rows) Make(int inputs, int units, Activation activation, int seed)
    {
        DenseLayer layer = new(units, inputs);
        layer.Define(new NetworkShape(inputs, NetworkTask.Regression, Loss.MeanSquaredError).AddLayer(units, activation), 0);
        float[][] rows = [.. Enumerable.Range(0, units).Select(unit => Random(1 + inputs, seed + 100 * unit))];
        for (int unit = 0; unit < units; unit++)
        {
            layer.SetBias(unit, rows[unit][0]);
            for (int input = 0; input < inputs; input++)
            {
                layer.SetWeight(unit, input, rows[unit][1 + input]);
            }
        }

        return (layer, rows);
    }

    private static float[] Random(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2f - 1f)];
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
