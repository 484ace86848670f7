using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests;

/// <summary>What the public edge is given and cannot use is refused: it neither answers nor runs for ever.</summary>
public class ArgumentTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_has_no_place_in_a_blob(float value)
    {
        byte[] bytes = [1, 2, 3, 4];
        Assert.Throws<ArgumentException>(() => FloatBits.ToBits(value));
        Assert.Throws<ArgumentException>(() => FloatBits.Write(bytes, 0, value));
        Assert.Equal([1, 2, 3, 4], bytes);
    }

    [Fact]
    public void The_logarithm_of_infinity_ends()
    {
        Assert.Equal(float.PositiveInfinity, Logarithm.FromOne(float.PositiveInfinity));
        Assert.Equal(float.NaN, Logarithm.FromOne(float.NaN));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0x1000001)]
    public void A_number_is_drawn_from_a_range_that_there_is(int bound)
    {
        SeededRandom random = new(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(bound));
        Assert.Equal(0, random.NextInt(1));
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(-1, 1)]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(int.MaxValue, 1)]
    public void A_checksum_is_of_bytes_in_the_array(int offset, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Crc32.Compute(0, new byte[4], offset, count));

    [Fact]
    public void What_is_missing_is_named()
    {
        (string Name, Action Call)[] calls =
        [
            ("bytes", () => Crc32.Compute(0, null!, 0, 0)),
            ("network", () => Initializers.Draw(null!, 1)),
            ("kind", () => Core.Layers.LayerKinds.Register(null!)),
            ("kind", () => LearnerKinds.Register(null!)),
            ("plan", () => Network.FromPlan(null!)),
            ("network", () => BlobWriter.ToArray(null!)),
            ("network", () => _ = new SgdLearner(null!)),
            ("bytes", () => new BlobReader().Open(null!, 0, 0)),
            ("reader", () => Make.Iris().TryLoad(null!, [], 0, 0)),
        ];
        Assert.All(calls, call => Assert.Equal(call.Name, Assert.Throws<ArgumentNullException>(call.Call).ParamName));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.1f)]
    [InlineData(float.PositiveInfinity)]
    public void A_learner_refuses_settings_it_cannot_learn_with(float value)
    {
        SgdLearner learner = new(Make.Iris()) { LearningRate = 0.5f, L2 = 0.25f, ClipNorm = 2f };
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.LearningRate = value);
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.L2 = value);
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.ClipNorm = value);
        Assert.Equal((0.5f, 0.25f, 2f), (learner.LearningRate, learner.L2, learner.ClipNorm));
    }
}
