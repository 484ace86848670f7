using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Desk;
using Tiny.Recurrence.Int8;
using Tiny.Saving;
using Tiny.Training.Kinds;
using Tiny.Training.Quantization;

namespace Tiny.Recurrence.Tests.Int8;

/// <summary>
/// FastGRNN units in int8: what they give, against plain loops and against float32; how blobs come back; and what is refused.
/// </summary>
public class Int8FastGrnnTests
{
    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(5, 3, 20)]
    [InlineData(16, 3, 50)]
    [InlineData(17, 16, 9)]
    [InlineData(33, 21, 5)]
    [InlineData(40, 5, 7)]
    public void The_states_are_those_of_plain_whole_numbers_and_near_those_of_floats(int units, int channels, int steps)
    {
        Network network = Float(steps, channels, units, 2);
        byte[] blob = Int8Models.Int8(network);
        Network int8 = Network.FromBlob(blob);
        float[] x = Plans.Draw(new(4), network.Inputs, 2.2f); // a little beyond what calibration showed
        int8.Run(x, 1);
        network.Run(x, 1);
        float[] given = int8.GetLayer(0).Output[..(steps * units)];
        Assert.Equal([.. Int8FastGrnnReference.Run(Int8Models.SectionOf(blob, 0).Section, units, channels, x).SelectMany(state => state)],
            given);
        double error = Math.Sqrt(given.Zip(network.GetLayer(0).Output, (a, b) => (a - b) * (double)(a - b)).Average());
        double spread = Math.Sqrt(network.GetLayer(0).Output.Take(given.Length).Average(value => value * (double)value));
        Assert.InRange(error / spread, 1e-5, 0.06);
    }

    /// <summary>
    /// Where much comes in at every step and little is forgotten, states come far beyond 1; what
    /// calibration did not show is held, never wrapped.
    /// </summary>
    [Fact]
    public void States_beyond_one_have_scales_of_their_own_and_are_held_beyond_calibration()
    {
        Network network = Float(40, 2, 5);
        float[] p = network.GetLayer(0).Parameters();
        for (int unit = 0; unit < 5; unit++)
        {
            p[8 * unit] = 3f;
        }

        (p[^2], p[^1]) = (1f, 1f);
        network.GetLayer(0).SetParameters(p, 0, p.Length);
        byte[] blob = Int8Models.Int8(network);
        Network int8 = Network.FromBlob(blob);
        foreach (float within in new[] { 2f, 60f })
        {
            float[] x = Plans.Draw(new(6), network.Inputs, within);
            int8.Run(x, 1);
            float[] expected = Int8FastGrnnReference.Run(Int8Models.SectionOf(blob, 0).Section, 5, 2, x)[^1];
            Assert.Equal(expected, int8.GetLayer(0).Output[..5]);
            Assert.True(expected.Max(Math.Abs) > 2f);
        }
    }

    [Fact]
    public void A_stream_of_single_samples_gives_the_bits_of_the_window()
    {
        const int Steps = 30;
        Network window = Network.FromBlob(Int8Models.Int8(Float(Steps, 3, 7)));
        Int8FastGrnnLayer layer = (Int8FastGrnnLayer)window.GetLayer(0);
        float[] x = Plans.Draw(new(5), window.Inputs, 2f);
        window.Run(x, 1);
        float[] expected = layer.Output[..7];
        for (int round = 0; round < 2; round++)
        {
            layer.Reset();
            for (int step = 0; step < Steps; step++)
            {
                layer.Advance(x, 3 * step);
            }

            Assert.Equal(expected, layer.State[..7]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 3)]
    [InlineData(19, 18)]
    public void A_blob_comes_back_as_it_was(int units, int channels)
    {
        Network network = Float(4, channels, units, 3);
        byte[] blob = Int8Models.Int8(network);
        Network int8 = Network.FromBlob(blob);
        Assert.Equal(blob[BlobFormat.HeaderBytes..], BlobWriter.ToArray(int8)[BlobFormat.HeaderBytes..]);
        float[] p = network.GetLayer(0).Parameters();
        float[] q = int8.GetLayer(0).Parameters();
        Assert.Equal(p.Length, q.Length);
        Assert.All(p.Zip(q), pair => Assert.InRange(pair.Second, pair.First - 0.02f, pair.First + 0.02f));
    }

    /// <summary>A plan without weights is a model too, as the trainer measures memory by it.</summary>
    [Fact]
    public void A_layer_without_weights_is_one_that_a_blob_can_have()
    {
        Network empty = Plans.Over(5, 2).AddRecurrent(Int8FastGrnn.Int8FastGrnnCode, 4, 5, 0).AddDense(2, Activation.Softmax).ToNetwork();
        byte[] blob = BlobWriter.ToArray(empty);
        Assert.Equal(BlobError.None, new BlobReader().Open(blob, 0, blob.Length));
    }

    [Fact]
    public void Layers_behind_stay_float()
    {
        Network int8 = Network.FromBlob(Int8Models.Int8(Float(6, 3, 4, 5)));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(i => DeskKinds.Of(int8.GetLayer(i)).IsInt8));
        Assert.True(int8.CanLearn());
    }

    /// <summary>Weights of 1e6 have no step at which sums fit.</summary>
    [Fact]
    public void Weights_that_fit_no_lane_are_refused_in_words()
    {
        Network network = Float(3, 2, 3);
        network.GetLayer(0).SetParameters([1e6f], 1, 1);
        Assert.Contains("--keep-float", Assert.Throws<QuantizationException>(() => Int8Models.Int8(network)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Infinities_saturate_and_what_is_no_number_is_told()
    {
        Int8FastGrnnLayer layer = (Int8FastGrnnLayer)Network.FromBlob(Int8Models.Int8(Float(1, 3, 4))).GetLayer(0);
        float[] State(params float[] x)
        {
            layer.Reset();
            layer.Advance(x, 0);
            return [.. layer.State];
        }

        Assert.Equal(State(1e6f, -1e6f, 0f), State(float.PositiveInfinity, float.NegativeInfinity, -0f));
        Assert.NotEqual(State(1e6f, -1e6f, 0f), State(-1e6f, 1e6f, 0f));
        Assert.Throws<InvalidOperationException>(() => layer.Advance([0f, float.NaN, 0f], 0));
    }

    [Fact]
    public void Sections_that_are_none_are_refused_with_their_code()
    {
        byte[] blob = Int8Models.Int8(Float(3, 2, 3));
        (int at, _) = Int8Models.SectionOf(blob, 0);
        int shares = at + 4 * 5;
        int factors = shares + 12 + 24;
        (int At, byte[] Bytes, BlobError Error)[] changes =
        [
            (at, BitConverter.GetBytes(float.NaN), BlobError.NumberNotFinite),
            (at + 4, BitConverter.GetBytes(0f), BlobError.ScaleOutOfRange),
            (at + 8, BitConverter.GetBytes(131073f), BlobError.ScaleOutOfRange),
            (shares, BitConverter.GetBytes(1.5f), BlobError.ScaleOutOfRange),
            (shares + 4, BitConverter.GetBytes(-0.5f), BlobError.ScaleOutOfRange),
            (shares + 8, [0], BlobError.ShiftOutOfRange),
            (shares + 8, [16], BlobError.ShiftOutOfRange),
            (shares + 9, [1], BlobError.ReservedNotZero),
            (shares + 12, BitConverter.GetBytes(1 << 20), BlobError.SumOutOfRange),
            (shares + 16, BitConverter.GetBytes(int.MinValue), BlobError.SumOutOfRange),
            (factors + 3, [0], BlobError.ScaleOutOfRange),
            (factors + 6, [1], BlobError.ReservedNotZero),
            (factors + 8, [0x80], BlobError.SumOutOfRange),
            (factors + 8 + 15, [1], BlobError.ReservedNotZero),
        ];
        foreach ((int where, byte[] bytes, BlobError error) in changes)
        {
            byte[] changed = [.. blob];
            bytes.CopyTo(changed, where);
            BlobWriter.Seal(changed, 0, changed.Length);
            Assert.Equal(error, new BlobReader().Open(changed, 0, changed.Length));
        }
    }

    [Fact]
    public void Damaged_blobs_are_refused_or_answer()
    {
        byte[] blob = Int8Models.Int8(Float(4, 2, 3, 2));
        Assert.InRange(DamagedBlobs.Refused(blob, 2000), 100, 1999);
    }

    private static Network Float(int steps, int channels, params int[] units) =>
        Int8Models.Float(steps, channels, units, kind: FastGrnn.FastGrnnCode);
}
