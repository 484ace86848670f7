using Tiny.Convolution.Int8;
using Tiny.Convolution.Int8.Saving;
using Tiny.Convolution.Int8.Wide;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Saving;

namespace Tiny.Convolution.Tests.Int8;

/// <summary>Int8 convolutions and pools against their definition in plain loops: whole numbers, so every one of them.</summary>
public class StackTests
{
    public static TheoryData<int> Every => [.. Enumerable.Range(0, Sizes.Odd.Length)];

    [Theory]
    [MemberData(nameof(Every))]
    public void A_convolution_of_levels_gives_what_it_is_defined_to(int number)
    {
        Sizes sizes = Sizes.Odd[number];
        foreach (int filters in new[] { 1, 2, 3, 5, 9, 10, 19 })
        {
            foreach (Activation activation in new[] { Activation.Relu, Activation.Tanh })
            {
                Int8Stack stack = Over(sizes, filters).Conv(filters, sizes.Attributes, activation);
                Check(sizes.Values, stack, stack.Floats());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_depthwise_convolution_gives_what_it_is_defined_to(int number)
    {
        Sizes sizes = Sizes.Odd[number];
        foreach (Activation activation in new[] { Activation.Relu, Activation.Sigmoid, Activation.LeakyRelu, Activation.Linear })
        {
            Int8Stack stack = Over(sizes, number).Conv(0, sizes.Attributes, activation);
            Check(sizes.Values, stack, stack.Floats());
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Pools_give_the_largest_and_the_mean_of_what_is_inside(int number)
    {
        Sizes sizes = Sizes.Odd[number];
        foreach (bool max in new[] { false, true })
        {
            Int8Stack first = Over(sizes, number).Pool(sizes.Attributes, max);
            Check(sizes.Values, first, first.Floats());
            Int8Stack behind = Over(sizes, number).Conv(0, One, Activation.Tanh).Pool(sizes.Attributes, max);
            Check(sizes.Values, behind, behind.Floats());
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(16)]
    public void Pools_of_many_channels_give_the_same(int channels)
    {
        foreach (bool max in new[] { false, true })
        {
            foreach (byte[] window in new byte[][] { [2, 2, 2, 2, 0, 0, 0, 0, 1, 1], [3, 2, 1, 2, 1, 0, 1, 1, 1, 2],
                [17, 17, 9, 9, 8, 8, 8, 8, 1, 1] })
            {
                Int8Stack levels = new Int8Stack(18, 18, channels, 99).Pool(window, max);
                Check(18 * 18 * channels, levels, levels.Floats());
                Int8Stack digits = new Int8Stack(18, 18, channels, 3).Conv(0, One, Activation.Tanh).Pool(window, max);
                Check(18 * 18 * channels, digits, digits.Floats());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Layers_behind_layers_take_digits_of_either_sign(int number)
    {
        Sizes sizes = Sizes.Odd[number];
        foreach (Activation activation in new[] { Activation.Relu, Activation.Elu })
        {
            Int8Stack stack = Over(sizes, number).Conv(sizes.Channels, One, activation).Conv(7, sizes.Attributes, activation)
                .Conv(0, One, activation);
            Check(sizes.Values, stack, stack.Dense(4, average: number % 2 == 0));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Squares_pooled_in_the_layer_are_those_of_a_pooling_layer_behind(int pool)
    {
        byte[] window = [3, 3, 1, 1, 1, 1, 1, 1, 1, 1];
        foreach (int filters in new[] { 0, 4, 11 })
        {
            Int8Stack stack = new Int8Stack(11, 13, 5, 3).Conv(filters, window, pool: pool, largest: 8);
            Check(11 * 13 * 5, stack, stack.Floats());
        }
    }

    [Theory]
    [InlineData(Activation.Linear)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Elu)]
    public void Squares_are_pooled_in_the_layer_behind_every_activation_that_falls_nowhere(Activation activation)
    {
        byte[] window = [3, 3, 1, 1, 1, 1, 1, 1, 1, 1];
        foreach (int pool in new[] { 2, 3 })
        {
            foreach (int filters in new[] { 0, 4, 11 })
            {
                Int8Stack stack = new Int8Stack(11, 13, 5, 3).Conv(filters, window, activation, pool, largest: 8);
                Check(11 * 13 * 5, stack, stack.Floats());
            }
        }
    }

    /// <summary>
    /// What lets sums be compared in the place of digits: of every such activation the digit of a
    /// larger sum is as large or larger, whatever a sum is worth.
    /// </summary>
    [Theory]
    [InlineData(Activation.Linear, 0f)]
    [InlineData(Activation.Sigmoid, 0f)]
    [InlineData(Activation.Tanh, 0f)]
    [InlineData(Activation.LeakyRelu, 0f)]
    [InlineData(Activation.LeakyRelu, 0.01f)]
    [InlineData(Activation.LeakyRelu, 1f)]
    [InlineData(Activation.Elu, 0.1f)]
    [InlineData(Activation.Elu, 1f)]
    [InlineData(Activation.Elu, 1000f)]
    public void Digits_rise_with_sums(Activation activation, float parameter)
    {
        Core.Layers.Dense.Prepare(activation);
        sbyte[] table = new sbyte[256];
        float[] steps = new float[2];
        for (float sumStep = 1e-6f; sumStep < 10f; sumStep *= 1.02f)
        {
            foreach (float digitStep in new[] { 1f / 127, 0.3f / 127, sumStep, 0.37f * sumStep, 1e-4f, 5f })
            {
                byte[] numbers = [.. BitConverter.GetBytes(sumStep), .. BitConverter.GetBytes(digitStep)];
                Tiny.Int8.Int8Table.Read(new BlobReader { Bytes = numbers }, 0, activation, parameter, table, steps);
                for (int i = 1; i < table.Length; i++)
                {
                    Assert.True(table[i] >= table[i - 1],
                        $"{activation} {parameter}, a sum {sumStep:R}, a digit {digitStep:R}: {table[i - 1]}, then {table[i]}");
                }
            }
        }
    }

    [Fact]
    public void Behind_swish_which_falls_nothing_is_pooled()
    {
        Int8Convolutions.Register();
        byte[] blob = new Int8Stack(8, 8, 2, 3).Conv(4, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1], Activation.Swish, 2, largest: 8).Floats();
        Assert.Equal(BlobError.AttributesMalformed, new BlobReader().Open(blob, 0, blob.Length));
    }

    [Theory]
    [InlineData(4, 3, 3, 1)]
    [InlineData(6, 3, 2, 1)]
    [InlineData(4, 3, 3, 2)]
    [InlineData(12, 3, 1, 1)]
    [InlineData(1, 6, 6, 1)]
    [InlineData(1, 3, 3, 1)]
    [InlineData(1, 5, 5, 2)]
    public void Windows_that_have_a_kernel_of_their_own(int channels, int down, int across, int dilation)
    {
        byte d = (byte)dilation;
        foreach (int filters in new[] { 3, 5, 7, 8, 9, 10 })
        {
            Int8Stack stack = new Int8Stack(14, 15, channels, 3, filters)
                .Conv(filters, [(byte)down, (byte)across, 2, 1, 1, 0, 0, 0, d, d], largest: 9);
            Check(14 * 15 * channels, stack, stack.Floats());
        }
    }

    [Theory]
    [InlineData(1, 28, 28, 1, 0)]
    [InlineData(1, 28, 27, 2, 0)]
    [InlineData(1, 9, 5, 1, 1)]
    [InlineData(1, 7, 8, 2, 1)]
    [InlineData(1, 5, 4, 2, 1)]
    [InlineData(4, 13, 13, 2, 0)]
    [InlineData(4, 8, 9, 2, 1)]
    [InlineData(4, 8, 9, 1, 1)]
    public void Squares_of_few_channels_share_what_windows_have_in_common(int channels, int height, int width, int stride, int padding)
    {
        byte p = (byte)padding;
        foreach (int filters in new[] { 3, 4, 8 })
        {
            Int8Stack stack = new Int8Stack(height, width, channels, 40, filters)
                .Conv(filters, [3, 3, (byte)stride, (byte)stride, p, p, p, p, 1, 1], largest: 15);
            Check(height * width * channels, stack, stack.Floats());
        }
    }

    [Theory]
    [InlineData(1, 4, 3, 2, 1, 1)]
    [InlineData(1, 4, 3, 1, 1, 1)]
    [InlineData(1, 5, 5, 2, 1, 1)]
    [InlineData(2, 9, 3, 2, 2, 1)]
    [InlineData(3, 7, 2, 2, 1, 2)]
    [InlineData(3, 7, 3, 2, 1, 3)]
    public void Levels_are_made_of_some_rows_at_a_time_where_their_buffer_is_short(
    int channels, int filters, int size, int stride, int dilation, int pool)
    {
        const int height = 23;
        const int width = 14;
        byte[] window = [(byte)size, (byte)size, (byte)stride, (byte)stride, 0, 0, 0, 0, (byte)dilation, (byte)dilation];
        int strip = ((3 * pool - 1) * stride + (size - 1) * dilation + 1) * width * channels;
        Int8Stack Stack(int room) =>
            new Int8Stack(height, width, channels, 30, filters, strip: room).Conv(filters, window, pool: pool, largest: 9);
        byte[] blob = Stack(strip).Floats();
        byte[] tooShort = Stack(strip - 1).Floats();
        Assert.Equal(BlobError.BufferTooSmall, new BlobReader().Open(tooShort, 0, tooShort.Length));
        float[] sample = [.. Enumerable.Range(0, height * width * channels).Select(i => i * 37 % 256)];
        float[] expected = [.. Stack(0).Expected(Array.ConvertAll(sample, value => (byte)value)).Select(digit => (float)digit)];
        foreach (Action register in new Action[] { Int8Convolutions.Register, WideInt8Convolutions.Register })
        {
            register();
            Network network = Network.FromBlob(blob);
            float[] z = new float[network.Outputs];
            network.Predict(sample, z);
            Assert.Equal(expected, z);
            sample[^1] = float.NaN;
            Assert.Throws<ArgumentException>(() => network.Predict(sample, z));
            sample[^1] = 1000f;
            network.Predict(sample, z);
            sample[^1] = 255f;
            float[] held = [.. z];
            network.Predict(sample, z);
            Assert.Equal(z, held);
            sample[^1] = (sample.Length - 1) * 37 % 256;
        }
    }

    [Fact]
    public void Floats_become_levels_as_before_a_dense_layer()
    {
        Int8Stack stack = new Int8Stack(3, 3, 1).Conv(2, [2, 2, 1, 1, 0, 0, 0, 0, 1, 1]);
        byte[] blob = stack.Floats();
        Network network = Network.FromBlob(blob);
        float[] z = new float[network.Outputs];
        float[] sample = [0f, 1.5f, 254.99f, 255f, 1e30f, float.PositiveInfinity, float.NegativeInfinity, -3f, 17f];
        int[] expected = stack.Expected([0, 1, 254, 255, 255, 255, 0, 0, 17]);
        network.Run(sample, 2);
        network.GetLayer(1).CopyOutputs(z);
        Assert.Equal(expected, z.Select(value => (int)value));
        sample[4] = float.NaN;
        Assert.Throws<ArgumentException>(() => network.Run(sample, 2));
    }

    private static byte[] One => [1, 1, 1, 1, 0, 0, 0, 0, 1, 1];

    private static Int8Stack Over(Sizes sizes, int seed) => new(sizes.Height, sizes.Width, sizes.Channels, zero: 37 * (seed % 5), seed);

    /// <summary>With the small kernels and with the wide ones.</summary>
    private static void Check(int values, Int8Stack stack, byte[] blob)
    {
        Int8Convolutions.Register();
        Network small = Network.FromBlob(blob);
        WideInt8Convolutions.Register();
        Int8ConvolutionSaving.Register();
        Network wide = Network.FromBlob(blob);
        Random random = new(3);
        for (int i = 0; i < 4; i++)
        {
            byte[] sample = new byte[values];
            random.NextBytes(sample);
            if (i > 1)
            {
                Array.Fill(sample, (byte)(i == 2 ? 255 : 0));
            }

            int[] expected = stack.Expected(sample);
            float scale = small.GetLayer(small.LayerCount - 1).Kind == 3 ? 0.001f : 1f;
            foreach (Network network in new[] { small, wide })
            {
                Assert.Equal(blob, BlobWriter.ToArray(network));
                float[] z = new float[network.Outputs];
                network.PredictLevels(sample, z);
                Assert.Equal(expected.Select(sum => sum * scale), z);
            }
        }
    }
}
