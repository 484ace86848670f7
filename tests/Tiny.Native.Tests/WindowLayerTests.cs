using Tiny.Convolution;
using Tiny.Convolution.Tests;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Native.Convolution;
using Tiny.Native.Float32;
using Tiny.Planning;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>Float32 layers of windows by native kernels predict and learn to the bits of managed ones.</summary>
public class WindowLayerTests
{
    private static readonly Activation[] Activations =
        [Activation.Linear, Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Swish];

    [CompilerFact]
    public void Convolutions_of_every_size_and_activation_predict_and_learn_to_the_same_bits()
    {
        for (int i = 0; i < Sizes.Odd.Length; i++)
        {
            Sizes sizes = Sizes.Odd[i];
            byte[] attributes = [.. sizes.Attributes, .. Function(i)];
            Check<NativeConv2DLayer>(sizes, Conv2D.Conv2DCode, 3, [3, 0, .. attributes]);
            Check<NativeDepthwiseConv2DLayer>(sizes, DepthwiseConv2D.DepthwiseConv2DCode, sizes.Channels, attributes);
        }
    }

    [CompilerFact]
    public void Pools_of_every_size_predict_and_pass_gradients_to_the_same_bits()
    {
        foreach (Sizes sizes in Sizes.Odd)
        {
            Check<NativeMaxPoolingLayer>(sizes, MaxPooling.MaxPoolingCode, sizes.Channels, sizes.Attributes);
            Check<NativeAveragePoolingLayer>(sizes, AveragePooling.AveragePoolingCode, sizes.Channels, sizes.Attributes);
            Check<NativeGlobalAverageLayer>(sizes, GlobalAverage.GlobalAverageCode, 0, []);
        }
    }

    /// <summary>A convolution first, so that gradients go through what is behind it.</summary>
    [CompilerFact]
    public void A_stack_of_all_kinds_learns_to_the_same_bits()
    {
        byte[] same = [3, 3, 1, 1, 1, 1, 1, 1, 1, 1];
        byte[] half = [2, 2, 2, 2, 0, 0, 0, 0, 1, 1];
        Learned(() => new PlanBuilder(8 * 8 * 2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 8, Width = 8 }
            .AddBehind(Conv2D.Conv2DCode, 64 * 5, 64 * 5, [5, 0, .. same, (byte)Activation.Relu])
            .AddBehind(MaxPooling.MaxPoolingCode, 16 * 5, 16 * 5, half)
            .AddBehind(DepthwiseConv2D.DepthwiseConv2DCode, 16 * 5, 16 * 5, [.. same, (byte)Activation.Tanh])
            .AddBehind(AveragePooling.AveragePoolingCode, 4 * 5, 4 * 5, half)
            .AddBehind(GlobalAverage.GlobalAverageCode, 5, 5, [])
            .AddDense(3, Activation.Softmax).ToNetwork(), 3, 0.01f);
    }

    /// <summary>The convolution in C reads the filters' weights in one array, which only native dense layers have.</summary>
    [CompilerFact]
    public void Where_other_dense_layers_are_registered_later_convolutions_are_managed()
    {
        LayerKinds.Register(new Dense());
        try
        {
            Sizes sizes = Sizes.Odd[3];
            Layer layer = Plan(sizes, Conv2D.Conv2DCode, 3, [3, 0, .. sizes.Attributes, (byte)Activation.Relu]).ToNetwork().GetLayer(0);
            Assert.Equal(typeof(Conv2DLayer), layer.GetType());
        }
        finally
        {
            NativeDense.Register();
        }
    }

    [CompilerFact]
    public void What_is_not_finite_is_refused_with_the_words_of_the_managed_layers()
    {
        Sizes sizes = Sizes.Odd[2];
        for (int kind = Conv2D.Conv2DCode; kind <= GlobalAverage.GlobalAverageCode; kind++)
        {
            byte[] function = kind <= DepthwiseConv2D.DepthwiseConv2DCode ? [0] : [];
            byte[] window = kind == GlobalAverage.GlobalAverageCode ? [] : sizes.Attributes;
            byte[] attributes = kind == Conv2D.Conv2DCode ? [2, 0, .. window, .. function] : [.. window, .. function];
            int channels = kind == Conv2D.Conv2DCode ? 2 : kind == GlobalAverage.GlobalAverageCode ? 0 : sizes.Channels;
            float[] sample = new float[sizes.Values];
            sample[7] = float.NaN;
            Network managed = Managed(() => Plan(sizes, kind, channels, attributes).ToNetwork());
            Network native = Plan(sizes, kind, channels, attributes).ToNetwork();
            string expected = Assert.Throws<ArgumentException>(() => Answer(managed, sample)).Message;
            Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Answer(native, sample)).Message);
        }
    }

    private static void Check<TLayer>(Sizes sizes, int kind, int channels, byte[] attributes)
    {
        Assert.IsType<TLayer>(Plan(sizes, kind, channels, attributes).ToNetwork().GetLayer(0));
        PlanBuilder Classes() => Plan(sizes, kind, channels, attributes, NetworkTask.Classification).AddDense(2, Activation.Softmax);
        Learned(() => Classes().ToNetwork(), sizes.Values, 0f);
    }

    private static PlanBuilder Plan(Sizes sizes, int kind, int channels, byte[] attributes, NetworkTask task = NetworkTask.Regression)
    {
        int outputs = channels == 0 ? sizes.Channels : sizes.OutputHeight * sizes.OutputWidth * channels;
        Loss loss = task == NetworkTask.Regression ? Loss.HalfSquaredError : Loss.SoftmaxCrossEntropy;
        return new PlanBuilder(sizes.Values, task, loss) { Height = sizes.Height, Width = sizes.Width }
            .AddBehind(kind, outputs, outputs, attributes);
    }

    /// <summary>An activation, with its parameter where it has one.</summary>
    private static byte[] Function(int i)
    {
        Activation activation = Activations[i % Activations.Length];
        byte[] parameter = ActivationTraits.HasParameter(activation) ? BitConverter.GetBytes(0.25f) : [];
        return [(byte)activation, .. parameter];
    }
}
