using Tiny.Convolution.Int8;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Saving;

namespace Tiny.Convolution.Tests.Int8;

/// <summary>A blob whose int8 convolution could not be computed exactly, or not at all, is refused with its own code.</summary>
public class RefusalTests
{
    private const int FirstAt =
        57; // attributes of the first node: behind 44 bytes of head and shape, three buffers and the node's own four
    private const int SecondAt = FirstAt + 16 + 4;

    [Theory]
    [InlineData(FirstAt + 1, 9, BlobError.BufferOutOfRange)]
    [InlineData(FirstAt + 1, 2, BlobError.BufferTypeDoesNotFit)]
    [InlineData(FirstAt + 1, 1, BlobError.OutputOverInput)]
    [InlineData(FirstAt + 4, 0, BlobError.AttributesMalformed)]
    [InlineData(FirstAt + 4, 9, BlobError.ShapeDoesNotFit)]
    [InlineData(FirstAt + 6, 0, BlobError.AttributesMalformed)]
    [InlineData(FirstAt + 8, 3, BlobError.ShapeDoesNotFit)]
    [InlineData(FirstAt + 14, 8, BlobError.ActivationNotForInt8)]
    [InlineData(FirstAt + 14, 1, BlobError.BufferTypeDoesNotFit)]
    [InlineData(FirstAt + 14, 7, BlobError.UnknownActivation)]
    [InlineData(FirstAt + 15, 0, BlobError.AttributesMalformed)]
    [InlineData(FirstAt + 15, 9, BlobError.AttributesMalformed)]
    [InlineData(FirstAt + 15, 6, BlobError.LayerWidthOutOfRange)]
    [InlineData(FirstAt - 3, 15, BlobError.AttributesMalformed)]
    [InlineData(SecondAt, 5, BlobError.AttributesMalformed)]
    [InlineData(SecondAt + 1, 0, BlobError.AttributesMalformed)]
    [InlineData(SecondAt + 5, 0xFF, BlobError.ScaleOutOfRange)]
    public void A_byte_of_the_plan_that_fits_nothing_else(int at, int value, BlobError expected) =>
    Assert.Equal(expected, With(blob => blob[at] = (byte)value));

    [Fact]
    public void What_is_right_is_taken() => Assert.Equal(BlobError.None, With(_ => { }));

    [Fact]
    public void Weights_with_which_a_lane_could_leave_its_bits()
    {
        int weights = 4 * 3 * 3 * 2;
        Assert.Equal(BlobError.SumOutOfRange, With(blob => blob[^1] = 0x80));
        Assert.Equal(BlobError.SumOutOfRange,
            With(blob => BitConverter.TryWriteBytes(blob.AsSpan(blob.Length - weights - 4 - 16), 1 << 20)));
        Assert.Equal(BlobError.SumOutOfRange,
            With(blob => BitConverter.TryWriteBytes(blob.AsSpan(blob.Length - weights - 4 - 16), (1 << 20) - 1)));
        Assert.Equal(BlobError.ShiftOutOfRange, With(blob => blob[^(weights + 4)] = 14));
        Assert.Equal(BlobError.ReservedNotZero, With(blob => blob[^(weights + 3)] = 1));
    }

    [Fact]
    public void Half_of_it_is_room_where_squares_are_pooled()
    {
        int weights = 4 * 3 * 3 * 2;
        Assert.Equal(BlobError.None, With(blob => BitConverter.TryWriteBytes(blob.AsSpan(blob.Length - weights - 4 - 16), 600_000)));
        Assert.Equal(BlobError.SumOutOfRange,
            With(blob => BitConverter.TryWriteBytes(blob.AsSpan(blob.Length - weights - 4 - 16), 600_000), pool: 2));
    }

    [Fact]
    public void A_model_of_another_shape_is_not_loaded_and_one_of_other_weights_is()
    {
        Int8Convolutions.Register();
        Network network = Network.FromBlob(Stack(1).Floats());
        byte[] sample = [.. Enumerable.Range(0, 50).Select(i => (byte)(5 * i))];
        float[] before = new float[network.Outputs];
        network.PredictLevels(sample, before);
        byte[] wider = new Int8Stack(5, 5, 2, 3).Conv(4, [3, 2, 1, 1, 1, 1, 1, 0, 1, 1]).Floats();
        Assert.Equal(BlobError.LayersDifferFromNetwork, network.TryLoad(new BlobReader(), wider, 0, wider.Length));
        float[] after = new float[network.Outputs];
        network.PredictLevels(sample, after);
        Assert.Equal(before, after);
        Int8Stack other = new Int8Stack(5, 5, 2, 9, seed: 4).Conv(4, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1]);
        byte[] blob = other.Floats();
        Assert.Equal(BlobError.None, network.TryLoad(new BlobReader(), blob, 0, blob.Length));
        network.PredictLevels(sample, after);
        Assert.Equal(other.Expected(sample).Select(value => (float)value), after);
    }

    private static Int8Stack Stack(int pool) => new Int8Stack(5, 5, 2, 3).Conv(4, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1], pool: pool);

    private static BlobError With(Action<byte[]> change, int pool = 1)
    {
        Int8Convolutions.Register();
        byte[] blob = Stack(pool).Floats();
        change(blob);
        BlobWriter.Seal(blob, 0, blob.Length);
        return new BlobReader().Open(blob, 0, blob.Length);
    }
}
