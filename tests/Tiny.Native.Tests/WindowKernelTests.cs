using Tiny.Convolution;
using Tiny.Convolution.Tests;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Planning;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>Float32 kernels of windows against the managed layers, at odd sizes and up to 70 channels.</summary>
public class WindowKernelTests
{
    private static readonly IEnumerable<Sizes> All =
        [.. Sizes.Odd, .. Enumerable.Range(1, 70).Select(channels => new Sizes(4, 3, channels, 3, 2, 1, 1, 1, 1, 1, 0))];

    [CompilerFact]
    public void A_convolution_gives_the_bits_of_the_managed_layer()
    {
        foreach (Sizes sizes in All)
        {
            const int filters = 3;
            float[] x = Draw(sizes.Values, sizes.Values);
            Conv2DLayer layer = (Conv2DLayer)Layer(
                sizes, Conv2D.Conv2DCode, filters, [filters, 0, .. sizes.Attributes, (byte)Activation.Relu], x);
            float[] parameters = new float[layer.ParameterCount];
            layer.CopyParameters(parameters, 0, parameters.Length);
            float[][] rows = [.. parameters.Chunk(parameters.Length / filters)];
            float[] z = new float[layer.Outputs];
            C.tiny_conv2d_f32(x, [.. rows.SelectMany(row => row[1..])], [.. rows.Select(row => row[0])], z, Window(sizes), filters, 0f,
                new float[rows[0].Length]);
            Assert.Equal(Bits(layer.Output[..z.Length]), Bits(z));
        }
    }

    [CompilerFact]
    public void A_depthwise_convolution_gives_the_bits_of_the_managed_layer()
    {
        foreach (Sizes sizes in All)
        {
            float[] x = Draw(sizes.Values, sizes.Values);
            DepthwiseConv2DLayer layer = (DepthwiseConv2DLayer)Layer(sizes, DepthwiseConv2D.DepthwiseConv2DCode, sizes.Channels,
                [.. sizes.Attributes, (byte)Activation.Linear], x);
            float[] z = new float[layer.Outputs];
            C.tiny_depthwise_f32(x, layer.Weights, layer.Biases, z, Window(sizes));
            Assert.Equal(Bits(layer.Output[..z.Length]), Bits(z));
        }
    }

    [CompilerFact]
    public void Pools_give_the_bits_of_the_managed_layers()
    {
        foreach (Sizes sizes in All)
        {
            float[] x = Draw(sizes.Values, sizes.Values);
            Layer largest = Layer(sizes, MaxPooling.MaxPoolingCode, sizes.Channels, sizes.Attributes, x);
            Layer mean = Layer(sizes, AveragePooling.AveragePoolingCode, sizes.Channels, sizes.Attributes, x);
            Layer global = Layer(sizes, GlobalAverage.GlobalAverageCode, 0, [], x);
            float[] z = new float[largest.Outputs];
            C.tiny_max_pool_f32(x, z, Window(sizes));
            Assert.Equal(Bits(largest.Output[..z.Length]), Bits(z));
            C.tiny_average_pool_f32(x, z, Window(sizes));
            Assert.Equal(Bits(mean.Output[..z.Length]), Bits(z));
            int places = sizes.Height * sizes.Width;
            C.tiny_global_average_f32(x, z, places, sizes.Channels, 1f / places);
            Assert.Equal(Bits(global.Output[..sizes.Channels]), Bits(z[..sizes.Channels]));
        }
    }

    /// <summary>A managed layer alone in its network, which has taken x.</summary>
    private static Layer Layer(Sizes sizes, int kind, int channels, byte[] attributes, float[] x) => Managed(() =>
    {
        int outputs = channels == 0 ? sizes.Channels : sizes.OutputHeight * sizes.OutputWidth * channels;
        Network network = new PlanBuilder(
            sizes.Values, NetworkTask.Regression, Loss.HalfSquaredError)
        { Height = sizes.Height, Width = sizes.Width }
            .AddBehind(kind, outputs, outputs, attributes).ToNetwork();
        Layer layer = network.GetLayer(0);
        if (layer.ParameterCount > 0)
        {
            layer.SetParameters(Draw(layer.ParameterCount, kind), 0, layer.ParameterCount);
        }

        for (int i = 0; i < x.Length; i++)
        {
            network.Scaling.InputScales[i] = 1f;
        }

        network.Run(x, 1);
        return layer;
    });

    private static int[] Window(Sizes s) =>
        [s.Down, s.Across, s.StrideDown, s.StrideAcross, s.Above, s.Left, s.Below, s.Right, s.DilationDown, s.DilationAcross, s.Height,
        s.Width, s.Channels, s.Width + s.Left + s.Right, s.OutputHeight, s.OutputWidth];
}
