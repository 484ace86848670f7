using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Convolution.Tests;

/// <summary>What each kind gives, against its definition in the order of summation that it promises, bit for bit.</summary>
public class ForwardTests
{
    public static TheoryData<int> Every => [.. Enumerable.Range(0, Sizes.Odd.Length)];

    [Fact]
    public void The_worked_example_of_a_signal()
    {
        Network network = Plans.Alone(new(5, 1, 1, 3, 1), Conv2D.Conv2DCode, 3, Plans.OfConv2D(new(5, 1, 1, 3, 1), 1, Activation.Linear));
        network.GetLayer(0).SetParameters([0f, 1f, 0f, -1f], 0, 4);
        float[] z = new float[3];
        network.Predict([1f, 2f, 3f, 4f, 5f], z);
        Assert.Equal([-2f, -2f, -2f], z);
    }

    [Fact]
    public void The_worked_example_of_max_pooling()
    {
        Sizes sizes = new(4, 1, 1, 2, 1, 2);
        float[] z = new float[2];
        Plans.Alone(sizes, MaxPooling.MaxPoolingCode, 2, sizes.Attributes).Predict([1f, 3f, 2f, 2f], z);
        Assert.Equal([3f, 2f], z);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_convolution_sums_bias_taps_and_channels_in_their_order(int number)
    {
        Sizes sizes = Sizes.Odd[number];
        foreach (int filters in new[] { 1, 2, 5 })
        {
            int places = sizes.OutputHeight * sizes.OutputWidth;
            Network network = Plans.Alone(sizes, Conv2D.Conv2DCode, places * filters, Plans.OfConv2D(sizes, filters, Activation.Linear));
            Random random = new(number);
            float[] w = Plans.Draw(random, filters * (1 + sizes.Down * sizes.Across * sizes.Channels));
            w[0] = -0f;
            network.GetLayer(0).SetParameters(w, 0, w.Length);
            float[] x = Plans.Draw(random, sizes.Values);
            float[] z = new float[places * filters];
            network.Predict(x, z);
            int each = w.Length / filters;
            Check(sizes, z, filters, (filter, row, column) =>
            {
                float sum = w[filter * each] + 0f;
                foreach ((int tap, int place) in sizes.Under(row, column))
                {
                    for (int channel = 0; channel < sizes.Channels; channel++)
                    {
                        sum += w[filter * each + 1 + tap * sizes.Channels + channel] * x[place * sizes.Channels + channel];
                    }
                }

                return sum;
            });
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_depthwise_convolution_sums_bias_and_taps_in_their_order(int number)
    {
        Sizes sizes = Sizes.Odd[number];
        int taps = sizes.Down * sizes.Across;
        int outputs = sizes.OutputHeight * sizes.OutputWidth * sizes.Channels;
        Network network = Plans.Alone(sizes, DepthwiseConv2D.DepthwiseConv2DCode, outputs, [.. sizes.Attributes, (byte)Activation.Linear]);
        Random random = new(number);
        float[] w = Plans.Draw(random, sizes.Channels * (1 + taps));
        network.GetLayer(0).SetParameters(w, 0, w.Length);
        float[] x = Plans.Draw(random, sizes.Values);
        float[] z = new float[outputs];
        network.Predict(x, z);
        Check(sizes, z, sizes.Channels, (channel, row, column) => sizes.Under(row, column)
            .Aggregate(w[channel * (1 + taps)],
            (sum, at) => sum + w[channel * (1 + taps) + 1 + at.Tap] * x[at.Place * sizes.Channels + channel]));
        float[] copied = new float[w.Length];
        network.GetLayer(0).CopyParameters(copied, 0, copied.Length);
        Assert.Equal(w, copied);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Pools_give_the_largest_and_the_mean_of_what_is_inside(int number)
    {
        Sizes sizes = Sizes.Odd[number];
        int outputs = sizes.OutputHeight * sizes.OutputWidth * sizes.Channels;
        float[] x = Plans.Draw(new(number), sizes.Values);
        float[] z = new float[outputs];
        Plans.Alone(sizes, MaxPooling.MaxPoolingCode, outputs, sizes.Attributes).Predict(x, z);
        Check(sizes, z, sizes.Channels,
            (channel, row, column) => sizes.Under(row, column).Max(at => x[at.Place * sizes.Channels + channel]));
        Plans.Alone(sizes, AveragePooling.AveragePoolingCode, outputs, sizes.Attributes).Predict(x, z);
        Check(sizes, z, sizes.Channels, (channel, row, column) =>
            sizes.Under(row, column).Aggregate(0f, (sum, at) => sum + x[at.Place * sizes.Channels + channel])
            * (1f / sizes.Under(row, column).Count()));
    }

    [Fact]
    public void The_global_average_is_of_all_places()
    {
        float[] z = new float[2];
        Plans.Alone(new(3, 1, 2, 1, 1), GlobalAverage.GlobalAverageCode, 2, []).Predict([1f, 10f, 2f, 20f, 4f, 30f], z);
        Assert.Equal([7f * (1f / 3f), 60f * (1f / 3f)], z);
    }

    [Fact]
    public void A_model_of_all_of_them_is_saved_and_loaded_to_the_same_bits()
    {
        Sizes sizes = new(8, 8, 2, 3, 3, 1, 1, 1, 1, 1, 1);
        Sizes behind = sizes with { Channels = 4 };
        Sizes pool = new(8, 8, 4, 2, 2, 2, 2);
        Network network = new PlanBuilder(sizes.Values, NetworkTask.Regression, Core.Losses.Loss.HalfSquaredError) { Height = 8, Width = 8 }
            .AddBehind(Conv2D.Conv2DCode, 256, 256, Plans.OfConv2D(sizes, 4, Activation.Relu))
            .AddBehind(DepthwiseConv2D.DepthwiseConv2DCode, 256, 256, [.. behind.Attributes, (byte)Activation.Tanh])
            .AddBehind(MaxPooling.MaxPoolingCode, 64, 64, pool.Attributes)
            .AddBehind(GlobalAverage.GlobalAverageCode, 4, 4, [])
            .AddDense(3, Activation.Linear).ToNetwork();
        Initializers.Draw(network, 5);
        float[] x = Plans.Draw(new(1), sizes.Values);
        float[] before = new float[3];
        float[] after = new float[3];
        network.Predict(x, before);
        byte[] blob = BlobWriter.ToArray(network);
        Network.FromBlob(blob).Predict(x, after);
        Assert.Equal(before, after);
        Assert.NotEqual(0f, before[0]);
        blob[^5] ^= 1;
        BlobWriter.Seal(blob, 0, blob.Length);
        Assert.Equal(BlobError.None, network.TryLoad(new BlobReader(), blob, 0, blob.Length));
    }

    private static void Check(Sizes sizes, float[] z, int channels, Func<int, int, int, float> expected)
    {
        int at = 0;
        for (int row = 0; row < sizes.OutputHeight; row++)
        {
            for (int column = 0; column < sizes.OutputWidth; column++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    float value = expected(channel, row, column);
                    Assert.True(BitConverter.SingleToInt32Bits(value) == BitConverter.SingleToInt32Bits(z[at]),
                        $"{row}, {column}, {channel}: {z[at]:R}, expected {value:R}");
                    at++;
                }
            }
        }

        Assert.Equal(z.Length, at);
    }
}
