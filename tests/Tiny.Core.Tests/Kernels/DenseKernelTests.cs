using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Core.Wide;
using Tiny.Core.Wide.Kernels;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Core.Tests.Kernels;

/// <summary>
/// The kernels, small and wide, against plain loops in the documented order, bit for bit, at every width and beyond one block.
/// </summary>
public class DenseKernelTests
{
    public static TheoryData<int, bool> Widths()
    {
        TheoryData<int, bool> widths = [];
        foreach (int width in Enumerable.Range(1, 70).Concat([80, 81, 100, 121, 200]))
        {
            widths.Add(width, false);
            widths.Add(width, true);
        }

        return widths;
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_gives_the_bits_of_the_plain_loop(int width, bool wide)
    {
        foreach (int units in new[] { 1, 2, 5 })
        {
            (DenseLayer layer, float[][] rows) = Make(width, units, Activation.Linear, width + units, wide);
            float[] x = Random(width, seed: 7);
            float[] expected = new float[units];
            ReferenceKernel.Forward(expected, rows, x, units, width);
            float[] z = new float[units + 1];
            layer.Sums(z, x);
            Assert.Equal(Bits(expected), Bits(z[..units]));

            (DenseLayer rectified, _) = Make(width, units, Activation.Relu, width + units, wide);
            rectified.Sums(z, x);
            Assert.Equal(Bits([.. expected.Select(v => v < 0f ? 0f : v)]), Bits(z[..units]));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Learners_of_either_kernels_see_to_it_that_inputs_are_of_ordinary_size(int width, bool wide)
    {
        (DenseLayer layer, _) = Make(width, 4, Activation.Linear, width, wide);
        LayerLearner learner = layer.Learner();
        float[] x = [.. Random(width, seed: 3), 0f];
        Assert.True(learner.Forward(x, true, true));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f })
        {
            x[width - 1] = bad;
            Assert.False(learner.Forward(x, true, true));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Normalizing_on_the_way_gives_the_bits_of_normalizing_before(int width, bool wide)
    {
        if (!wide || width > WideDenseProducts.Widest)
        {
            return; // The others normalize before, always.
        }

        (DenseLayer layer, _) = Make(width, 4, Activation.Linear, width, wide);
        float[] x = Random(width, seed: 3);
        float[] means = Random(width, seed: 4);
        float[] scales = [.. Random(width, seed: 5).Select(Math.Abs)];
        float[] normalized = [.. x.Select((v, i) => (v - means[i]) * scales[i])];
        float[] before = new float[4];
        float[] onTheWay = new float[4];
        Assert.True(Run(normalized, null, null, before, false));
        Assert.True(Run(x, means, scales, onTheWay, true));
        Assert.Equal(Bits(before), Bits(onTheWay));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f })
        {
            x[width - 1] = bad;
            scales[width - 1] = 1f;
            Assert.False(Run(x, means, scales, onTheWay, true));
        }

        bool Run(float[] values, float[]? m, float[]? s, float[] z, bool measure) =>
            WideDenseProducts.Run(values, m, s, z, layer.Biases, layer.Weights, 4, width, float.NegativeInfinity, measure);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Input_gradient_gives_the_bits_of_the_plain_loop(int width, bool wide)
    {
        (DenseLayer layer, float[][] rows) = Make(width, 5, Activation.Linear, width, wide);
        float[] dz = [.. Random(5, seed: 2), 0f];
        dz[2] = 0f;
        dz[3] = 0f; // A pair that is passed over.
        float[] expected = new float[width];
        ReferenceKernel.InputGradient(expected, rows, dz, 5, width);
        float[] dx = new float[width];
        float squares = layer.InputGradient(dx, dz);
        Assert.Equal(Bits(expected), Bits(dx));
        Assert.Equal(expected.Sum(v => (double)v * v), squares, 1e-5 * squares);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Update_gives_the_bits_of_the_plain_loop(int width, bool wide)
    {
        (DenseLayer layer, float[][] rows) = Make(width, 5, Activation.Linear, width, wide);
        float[] x = Random(width, seed: 8);
        float[] dz = [.. Random(5, seed: 9), 0f];
        ReferenceKernel.Update(rows, x, dz, 0.01f, 1f, 5, width);
        Step(layer, x, dz, 1f);
        Assert.Equal(Bits([.. rows.SelectMany(row => row)]), Bits(layer.Parameters()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decay_then_update_gives_the_bits_of_the_plain_loop(bool wide)
    {
        (DenseLayer layer, float[][] rows) = Make(50, 3, Activation.Linear, 1, wide);
        float[] x = Random(50, seed: 8);
        float[] dz = [.. Random(3, seed: 9), 0f];
        ReferenceKernel.Update(rows, x, dz, 0.01f, 0.999f, 3, 50);
        Step(layer, x, dz, 0.999f);
        Assert.Equal(Bits([.. rows.SelectMany(row => row)]), Bits(layer.Parameters()));
    }

    [Fact]
    public void The_small_learner_refuses_a_layer_of_the_wide_kernels()
    {
        (DenseLayer layer, _) = Make(30, 3, Activation.Linear, 1, wide: true);
        Assert.Throws<InvalidOperationException>(() => new DenseLearner(layer));
    }

    private static void Step(DenseLayer layer, float[] x, float[] dz, float keep)
    {
        LayerLearner learner = layer.Learner();
        dz.CopyTo(learner.Sums, 0);
        learner.Decay(keep);
        learner.Step(x, 0.01f);
    }

    private static (DenseLayer Layer, float[][] Rows) Make(int inputs, int units, Activation activation, int seed, bool wide)
    {
        BlobReader reader = new();
        reader.OpenPlan(new PlanBuilder(inputs, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(units, activation).ToBytes());
        reader.Rewind();
        reader.Next();
        DenseLayer layer = (DenseLayer)(wide ? new WideDense() : new Dense()).Create(reader);
        layer.Read(reader, [new float[inputs + 1], new float[units + 1]]);
        float[][] rows = [.. Enumerable.Range(0, units).Select(unit => Random(1 + inputs, seed + 100 * unit))];
        layer.SetParameters([.. rows.SelectMany(row => row)], 0, layer.ParameterCount);
        return (layer, rows);
    }

    private static float[] Random(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2f - 1f)];
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
