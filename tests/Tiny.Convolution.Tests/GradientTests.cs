using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Convolution.Tests;

/// <summary>
/// What a step on the device takes off every weight, against central differences of the loss:
/// of the layer itself, and through it of a layer below.
/// </summary>
public class GradientTests
{
    public static TheoryData<int> Every => [.. Enumerable.Range(0, Sizes.Odd.Length)];

    [Theory]
    [MemberData(nameof(Every))]
    public void A_convolution_over_a_convolution(int number) =>
        Check(Sizes.Odd[number], Conv2D.Conv2DCode, 3, sizes => Plans.OfConv2D(sizes, 3, Activation.Elu));

    [Theory]
    [MemberData(nameof(Every))]
    public void A_depthwise_convolution_over_a_convolution(int number) =>
        Check(Sizes.Odd[number], DepthwiseConv2D.DepthwiseConv2DCode, Sizes.Odd[number].Channels,
        sizes => [.. sizes.Attributes, (byte)Activation.Elu, .. BitConverter.GetBytes(1f)]);

    [Theory]
    [MemberData(nameof(Every))]
    public void Max_pooling_over_a_convolution(int number) =>
    Check(Sizes.Odd[number], MaxPooling.MaxPoolingCode, Sizes.Odd[number].Channels, sizes => sizes.Attributes);

    [Theory]
    [MemberData(nameof(Every))]
    public void Average_pooling_over_a_convolution(int number) =>
    Check(Sizes.Odd[number], AveragePooling.AveragePoolingCode, Sizes.Odd[number].Channels, sizes => sizes.Attributes);

    [Theory]
    [MemberData(nameof(Every))]
    public void A_global_average_over_a_convolution(int number)
    {
        Sizes sizes = Sizes.Odd[number];
        Check(Start(sizes).AddBehind(GlobalAverage.GlobalAverageCode, sizes.Channels, sizes.Channels, []), number, sizes.Values);
    }

    [Fact]
    public void The_worked_example_of_a_signal()
    {
        // z - target = (1, 2, 3): the loss is half the sum of squares.
        Sizes sizes = new(5, 1, 1, 3, 1);
        Network network = Plans.Alone(sizes, Conv2D.Conv2DCode, 3, Plans.OfConv2D(sizes, 1, Activation.Linear));
        network.GetLayer(0).SetParameters([0f, 1f, 0f, -1f], 0, 4);
        new SgdLearner(network) { LearningRate = 0.5f }.Learn([1f, 2f, 3f, 4f, 5f], [-3f, -4f, -5f]);
        float[] w = new float[4];
        network.GetLayer(0).CopyParameters(w, 0, 4);
        Assert.Equal([-3f, 1f - 7f, 0f - 10f, -1f - 13f], w);
    }

    [Fact]
    public void Clipping_takes_the_norm_over_all_places()
    {
        Sizes sizes = new(6, 6, 2, 3, 3);
        float[] x = Plans.Draw(new(3), sizes.Values);
        float[][] changes = [.. new[] { 0f, 0.01f }.Select(clip =>
        {
            Network network = Start(sizes).AddBehind(DepthwiseConv2D.DepthwiseConv2DCode, 32, 32,
                [.. sizes.Attributes, (byte)Activation.Elu, .. BitConverter.GetBytes(1f)]).AddDense(2, Activation.Linear).ToNetwork();
            Initializers.Draw(network, 7);
            float[] before = Parameters(network);
            new SgdLearner(network) { LearningRate = 1f, ClipNorm = clip }.Learn(x, [1f, -1f]);
            return before.Zip(Parameters(network), (a, b) => a - b).ToArray();
        })];
        double norm = Math.Sqrt(changes[0].Sum(change => (double)change * change));
        Assert.InRange(Math.Sqrt(changes[1].Sum(change => (double)change * change)), 0.00999, 0.01001);
        Assert.All(changes[0].Zip(changes[1]), pair => Assert.Equal(pair.First * 0.01 / norm, pair.Second, 1e-5));
    }

    private static void Check(Sizes sizes, int kind, int channels, Func<Sizes, byte[]> attributes)
    {
        int outputs = sizes.OutputHeight * sizes.OutputWidth * channels;
        Check(Start(sizes).AddBehind(kind, outputs, outputs, attributes(sizes)), sizes.Values, sizes.Values);
    }

    /// <summary>A convolution of one tap that gives the shape it takes, so that what is behind it passes a gradient on.</summary>
    private static PlanBuilder Start(Sizes sizes)
    {
        Sizes one = sizes with
        {
            Down = 1,
            Across = 1,
            StrideDown = 1,
            StrideAcross = 1,
            Above = 0,
            Left = 0,
            Below = 0,
            Right = 0,
            DilationDown = 1,
            DilationAcross = 1
        };
        return new PlanBuilder(sizes.Values, NetworkTask.Regression, Core.Losses.Loss.HalfSquaredError)
        {
            Height = sizes.Height,
            Width = sizes.Width
        }
            .AddBehind(Conv2D.Conv2DCode, sizes.Values, sizes.Values, Plans.OfConv2D(one, sizes.Channels, Activation.Elu));
    }

    private static void Check(PlanBuilder plan, int seed, int values)
    {
        Network network = plan.AddDense(2, Activation.Linear).ToNetwork();
        Random random = new(seed);
        Initializers.Draw(network, seed);
        float[] x = Plans.Draw(random, values);
        float[] target = Plans.Draw(random, 2);
        float[] before = Parameters(network);
        double[] expected = [.. Enumerable.Range(0, before.Length).Select(i => Difference(network, x, target, i))];
        Assert.Equal(LearningResult.Learned, new SgdLearner(network) { LearningRate = 1f }.Learn(x, target));
        float[] after = Parameters(network);
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.True(Math.Abs(before[i] - after[i] - expected[i]) < 0.004 * largest + 1e-4,
                $"parameter {i}: {before[i] - after[i]}, expected {expected[i]}");
        }
    }

    private static double Difference(Network network, float[] x, float[] target, int parameter)
    {
        const float Step = 0.001f;
        (Core.Layers.Layer layer, int index) = Find(network, parameter);
        float[] value = new float[1];
        layer.CopyParameters(value, index, 1);
        float original = value[0];
        float[] up = [original + Step];
        layer.SetParameters(up, index, 1);
        double above = Loss(network, x, target);
        float[] down = [original - Step];
        layer.SetParameters(down, index, 1);
        double below = Loss(network, x, target);
        layer.SetParameters([original], index, 1);
        return (above - below) / ((double)up[0] - down[0]);
    }

    private static double Loss(Network network, float[] x, float[] target)
    {
        float[] y = new float[2];
        network.Predict(x, y);
        return y.Zip(target, (a, b) => 0.5 * ((double)a - b) * ((double)a - b)).Sum();
    }

    private static (Core.Layers.Layer Layer, int Index) Find(Network network, int parameter)
    {
        int layer = 0;
        while (parameter >= network.GetLayer(layer).ParameterCount)
        {
            parameter -= network.GetLayer(layer++).ParameterCount;
        }

        return (network.GetLayer(layer), parameter);
    }

    private static float[] Parameters(Network network)
    {
        List<float> all = [];
        for (int i = 0; i < network.LayerCount; i++)
        {
            float[] some = new float[network.GetLayer(i).ParameterCount];
            network.GetLayer(i).CopyParameters(some, 0, some.Length);
            all.AddRange(some);
        }

        return [.. all];
    }
}
