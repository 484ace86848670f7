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
/// Gated recurrent units in int8: what they give, against plain loops and against float32; how blobs come back; and what is refused.
/// </summary>
public class Int8GruTests
{
    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(5, 3, 20)]
    [InlineData(16, 3, 50)]
    [InlineData(12, 3, 9)]
    [InlineData(16, 4, 9)]
    [InlineData(17, 16, 9)]
    [InlineData(33, 21, 5)]
    [InlineData(40, 5, 7)]
    public void The_states_are_those_of_plain_whole_numbers_and_near_those_of_floats(int units, int channels, int steps)
    {
        Network network = Int8Models.Float(steps, channels, [units, 2]);
        byte[] blob = Int8Models.Int8(network);
        Network int8 = Network.FromBlob(blob);
        float[] x = Plans.Draw(new(4), network.Inputs, 2.2f); // a little beyond what calibration showed
        int8.Run(x, 1);
        network.Run(x, 1);
        float[] given = int8.GetLayer(0).Output[..(steps * units)];
        Assert.Equal([.. Int8Reference.Run(Int8Models.SectionOf(blob, 0).Section, units, channels, x).SelectMany(state => state)], given);
        double error = Math.Sqrt(given.Zip(network.GetLayer(0).Output, (a, b) => (a - b) * (double)(a - b)).Average());
        Assert.InRange(error, 1e-4, 0.03);
    }

    [Fact]
    public void A_stream_of_single_samples_gives_the_bits_of_the_window()
    {
        const int Steps = 30;
        byte[] blob = Int8Models.Int8(Int8Models.Float(Steps, 3, [7, 5]));
        Network window = Network.FromBlob(blob);
        Network stream = Plans.Over(1, 3).AddRecurrent(Int8Gru.Int8GruCode, 7, 1, RecurrentKind.GivesEvery | RecurrentKind.KeepsState)
            .AddRecurrent(Int8Gru.Int8GruCode, 5, 1, RecurrentKind.KeepsState).AddDense(3, Activation.Softmax).ToNetwork();
        byte[] streamed = BlobWriter.ToArray(stream);
        byte[] weights = blob[Int8Models.SectionOf(blob, 0).At..];
        weights.CopyTo(streamed, streamed.Length - weights.Length);
        for (int i = 0; i < 3; i++)
        {
            BitConverter.GetBytes(1f).CopyTo(streamed, streamed.Length - weights.Length - 24 + 8 * i + 4);
        }

        BlobWriter.Seal(streamed, 0, streamed.Length);
        stream = Network.FromBlob(streamed);
        float[] x = Plans.Draw(new(5), window.Inputs, 2f);
        float[] expected = new float[3];
        float[] answer = new float[3];
        window.Predict(x, expected);
        for (int round = 0; round < 2; round++)
        {
            for (int step = 0; step < Steps; step++)
            {
                stream.Predict(x[(3 * step)..(3 * step + 3)], answer);
            }

            Assert.Equal(expected, answer);
            ((RecurrentLayer)stream.GetLayer(0)).Reset();
            ((RecurrentLayer)stream.GetLayer(1)).Reset();
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 3)]
    [InlineData(19, 18)]
    public void A_blob_comes_back_as_it_was(int units, int channels)
    {
        Network network = Int8Models.Float(4, channels, [units, 3]);
        byte[] blob = Int8Models.Int8(network);
        Network int8 = Network.FromBlob(blob);
        byte[] again = BlobWriter.ToArray(int8);
        Assert.Equal(blob[BlobFormat.HeaderBytes..], again[BlobFormat.HeaderBytes..]);
        float[] p = network.GetLayer(0).Parameters();
        float[] q = int8.GetLayer(0).Parameters();
        Assert.Equal(units * (3 * (channels + units) + 4), q.Length);
        Assert.InRange(q[0], p[0] - 0.01f, p[0] + 0.01f);
        Assert.InRange(q[channels + units], p[channels + units] - 0.01f, p[channels + units] + 0.01f);
        Assert.InRange(q[1 + channels + units + 2], p[units * (1 + channels + units) + 2] - 0.01f,
            p[units * (1 + channels + units) + 2] + 0.01f);
    }

    [Fact]
    public void Layers_behind_stay_float_and_so_do_those_that_are_kept()
    {
        Network network = Int8Models.Float(6, 3, [4, 5]);
        Network int8 = Network.FromBlob(Int8Models.Int8(network));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(i => DeskKinds.Of(int8.GetLayer(i)).IsInt8));
        Assert.True(int8.CanLearn());
        Network kept = Network.FromBlob(Int8Models.Int8(network, keepFloat: 2));
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(i => DeskKinds.Of(kept.GetLayer(i)).IsInt8));
        Assert.Throws<QuantizationException>(() => Int8Models.Int8(int8));
        Assert.Throws<QuantizationException>(() => Int8Models.Int8(network, keepFloat: 3));
    }

    /// <summary>What computes its gates in float32 reads them from a table in int8, as all do.</summary>
    [Fact]
    public void A_layer_with_exact_gates_becomes_one_like_others()
    {
        byte[] plain = Int8Models.Int8(Int8Models.Float(6, 3, [4]));
        byte[] exact = Int8Models.Int8(Int8Models.Float(6, 3, [4], RecurrentKind.Exact));
        Assert.Equal(plain, exact);
    }

    /// <summary>Weights of 1e6 have no step at which sums fit.</summary>
    [Fact]
    public void Weights_that_fit_no_lane_are_refused_in_words()
    {
        Network network = Int8Models.Float(3, 2, [3]);
        network.GetLayer(0).SetParameters([1e6f], 1, 1);
        Assert.Contains("--keep-float", Assert.Throws<QuantizationException>(() => Int8Models.Int8(network)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>A layer before may give infinities, which saturate, or what is no number, which is told.</summary>
    [Fact]
    public void Infinities_saturate_and_what_is_no_number_is_told()
    {
        Network int8 = Network.FromBlob(Int8Models.Int8(Int8Models.Float(1, 3, [4])));
        Int8GruLayer layer = (Int8GruLayer)int8.GetLayer(0);
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
        byte[] blob = Int8Models.Int8(Int8Models.Float(3, 2, [3]));
        (int at, _) = Int8Models.SectionOf(blob, 0);
        int factors = at + 12 + 48;
        (int At, byte[] Bytes, BlobError Error)[] changes =
        [
            (at, BitConverter.GetBytes(float.NaN), BlobError.NumberNotFinite),
            (at + 4, BitConverter.GetBytes(0f), BlobError.ScaleOutOfRange),
            (at + 8, [0], BlobError.ShiftOutOfRange),
            (at + 8, [16], BlobError.ShiftOutOfRange),
            (at + 9, [1], BlobError.ReservedNotZero),
            (at + 12, BitConverter.GetBytes(1 << 20), BlobError.SumOutOfRange),
            (at + 24, BitConverter.GetBytes(int.MinValue), BlobError.SumOutOfRange),
            (factors + 3, [0], BlobError.ScaleOutOfRange),
            (factors + 18, [1], BlobError.ReservedNotZero),
            (factors + 20, [0x80], BlobError.SumOutOfRange),
            (factors + 20 + 45, [1], BlobError.ReservedNotZero),
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
        byte[] blob = Int8Models.Int8(Int8Models.Float(4, 2, [3, 2]));
        Assert.InRange(DamagedBlobs.Refused(blob, 2000), 100, 1999);
    }
}
