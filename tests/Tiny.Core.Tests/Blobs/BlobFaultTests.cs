using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;

namespace Tiny.Core.Tests.Blobs;

/// <summary>Every way a blob can be wrong is refused with its own error, before anything changes.</summary>
public class BlobFaultTests
{
    [Fact]
    public void Every_single_byte_change_is_refused_and_changes_nothing()
    {
        Network source = Make.Iris();
        byte[] blob = BlobWriter.ToArray(source);
        Network target = new(source.GetShape(), 64);
        target.Load(blob);
        byte[] before = BlobWriter.ToArray(target);
        for (int at = 0; at < blob.Length; at++)
        {
            for (int change = 1; change < 256; change++)
            {
                blob[at] ^= (byte)change;
                Assert.NotEqual(BlobError.None, target.TryLoad(new BlobReader(), blob, 0, blob.Length));
                blob[at] ^= (byte)change;
            }
        }

        Assert.Equal(before, BlobWriter.ToArray(target));
    }

    [Fact]
    public void Every_truncation_and_extension_is_refused()
    {
        byte[] blob = BlobWriter.ToArray(Make.Regression(3, 5, 2));
        BlobReader reader = new();
        for (int length = 0; length < blob.Length; length++)
        {
            BlobError expected = length < 32 ? BlobError.TooShort : BlobError.Truncated;
            Assert.Equal(expected, reader.Open(blob, 0, length));
        }

        Assert.Equal(BlobError.TrailingBytes, reader.Open([.. blob, 0], 0, blob.Length + 1));
        Assert.Equal(BlobError.None, reader.Open(blob, 0, blob.Length));
    }

    [Fact]
    public void Random_bytes_throw_nothing_and_change_nothing()
    {
        Network network = Make.Iris();
        byte[] before = BlobWriter.ToArray(network);
        Random random = new(11);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] bytes = new byte[random.Next(0, 900)];
            random.NextBytes(bytes);
            Assert.NotEqual(BlobError.None, network.TryLoad(new BlobReader(), bytes, 0, bytes.Length));
        }

        Assert.Equal(before, BlobWriter.ToArray(network));
    }

    /// <summary>Past the checksums: what a broken or hostile writer could produce.</summary>
    [Fact]
    public void Random_changes_under_right_checksums_throw_nothing()
    {
        byte[] valid = BlobWriter.ToArray(Make.Classifier(4, 6, 3, Activation.Elu));
        Network network = new(new NetworkShape(8, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddLayer(16, Activation.Linear).AddLayer(16, Activation.Linear).AddLayer(8, Activation.Linear), 200);
        Random random = new(12);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. valid];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(5, random.Next(0, 2) == 0 ? 60 : bytes.Length)] = (byte)random.Next(256);
            }

            Seal(bytes);
            byte[] before = BlobWriter.ToArray(network);
            if (network.TryLoad(new BlobReader(), bytes, 0, bytes.Length) != BlobError.None)
            {
                refused++;
                Assert.Equal(before, BlobWriter.ToArray(network));
            }
        }

        Assert.InRange(refused, 5_000, 19_999);
    }

    [Theory]
    [InlineData(0, 0x00, BlobError.NotABlob)]
    [InlineData(4, 2, BlobError.UnsupportedVersion)]
    [InlineData(4, 0, BlobError.UnsupportedVersion)]
    [InlineData(5, 2, BlobError.UnknownTask)]
    [InlineData(6, 5, BlobError.UnknownLoss)]
    [InlineData(6, 0, BlobError.LossDoesNotFit)]
    [InlineData(7, 0, BlobError.LayerCountOutOfRange)]
    [InlineData(7, 17, BlobError.LayerCountOutOfRange)]
    [InlineData(32, 0, BlobError.InputCountOutOfRange)]
    [InlineData(32, 5, BlobError.LengthMismatch)]
    [InlineData(34, 1, BlobError.LengthMismatch)]
    [InlineData(48, 8, BlobError.NamesMalformed)]
    [InlineData(34, 23, BlobError.NamesMalformed)]
    [InlineData(39, 1, BlobError.LengthMismatch)]
    [InlineData(38, 1, BlobError.InputFormDoesNotFit)]
    [InlineData(38, 3, BlobError.InputFormDoesNotFit)]
    [InlineData(43, 1, BlobError.InputFormDoesNotFit)]
    [InlineData(47, 1, BlobError.Int8BehindFloat)]
    [InlineData(40, 0, BlobError.LayerWidthOutOfRange)]
    [InlineData(42, 9, BlobError.UnknownActivation)]
    [InlineData(42, 7, BlobError.SoftmaxBeforeLastLayer)]
    [InlineData(43, 2, BlobError.UnknownWeightFormat)]
    [InlineData(8, 10, BlobError.LengthMismatch)]
    public void A_changed_field_under_right_checksums_has_its_own_error(int at, byte value, BlobError expected)
    {
        byte[] blob = BlobWriter.ToArray(Make.Classifier(4, 16, 3));
        blob[at] = value;
        if (at == 8)
        {
            blob[9] = 0;
        }

        Seal(blob);
        Assert.Equal(expected, new BlobReader().Open(blob, 0, blob.Length));
        BlobException thrown = Assert.Throws<BlobException>(() => Network.FromBlob(blob));
        Assert.Equal(expected, thrown.Error);
        Assert.StartsWith("Byte ", thrown.Message);
    }

    [Theory]
    [InlineData(Activation.LeakyRelu, 1.5f)]
    [InlineData(Activation.LeakyRelu, float.NaN)]
    [InlineData(Activation.Elu, 0f)]
    public void An_activation_parameter_out_of_range_is_refused(Activation activation, float parameter)
    {
        byte[] blob = BlobWriter.ToArray(Make.Classifier(4, 5, 3, activation));
        BitConverter.GetBytes(parameter).CopyTo(blob, 48);
        Seal(blob);
        Assert.Equal(BlobError.ActivationParameterOutOfRange, new BlobReader().Open(blob, 0, blob.Length));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_wherever_it_stands(float value)
    {
        byte[] blob = BlobWriter.ToArray(Make.Regression(3, 4, 2));
        int looked = 0;
        for (int at = 48; at < blob.Length; at += 4)
        {
            byte[] changed = [.. blob];
            BitConverter.GetBytes(value).CopyTo(changed, at);
            Seal(changed);
            Assert.Equal(BlobError.NumberNotFinite, new BlobReader().Open(changed, 0, changed.Length));
            looked++;
        }

        Assert.Equal(3 * 2 + 2 * 2 + 4 * 4 + 2 * 5, looked);
    }

    [Fact]
    public void Scales_out_of_range_are_refused()
    {
        byte[] blob = BlobWriter.ToArray(Make.Regression(1, 2, 1));
        foreach ((int at, float value) in new[] { (52, -1f), (60, 0f), (60, -2f) })
        {
            byte[] changed = [.. blob];
            BitConverter.GetBytes(value).CopyTo(changed, at);
            Seal(changed);
            Assert.Equal(BlobError.ScaleOutOfRange, new BlobReader().Open(changed, 0, changed.Length));
        }
    }

    [Fact]
    public void A_damaged_header_and_a_damaged_payload_are_told_apart()
    {
        byte[] blob = BlobWriter.ToArray(Make.Iris());
        blob[13] ^= 1;
        Assert.Equal(BlobError.HeaderCorrupt, new BlobReader().Open(blob, 0, blob.Length));
        blob[13] ^= 1;
        blob[200] ^= 1;
        Assert.Equal(BlobError.PayloadCorrupt, new BlobReader().Open(blob, 0, blob.Length));
    }

    [Fact]
    public void What_does_not_fit_the_network_is_refused_with_its_own_error()
    {
        Network network = Make.Classifier(4, 6, 3);
        byte[] before = BlobWriter.ToArray(network);
        (Network Model, BlobError Error)[] cases =
        [
            (Make.Classifier(5, 6, 3), BlobError.TooManyInputsForNetwork),
            (Make.Classifier(4, 7, 3), BlobError.TooManyRowsForNetwork),
            (Make.Classifier(4, 6, 4), BlobError.TooManyOutputsForNetwork),
            (Make.Classifier(4, 5, 3, Activation.Maxout), BlobError.TooManyRowsForNetwork),
            (new Network(new NetworkShape(4, NetworkTask.Regression, Loss.MeanSquaredError)
                .AddLayer(5, Activation.Linear)), BlobError.TooManyOutputsForNetwork),
            (new Network(new NetworkShape(4, NetworkTask.Regression, Loss.MeanSquaredError)
                .AddLayer(3, Activation.Linear)), BlobError.TooManyOutputsForNetwork),
            (new Network(new NetworkShape(4, NetworkTask.Regression, Loss.MeanSquaredError)
                .AddLayer(5, Activation.Linear).AddLayer(3, Activation.Linear).AddLayer(1, Activation.Linear)), BlobError.TooManyLayersForNetwork),
        ];
        foreach ((Network model, BlobError error) in cases)
        {
            byte[] blob = BlobWriter.ToArray(model);
            Assert.Equal(error, network.TryLoad(new BlobReader(), blob, 0, blob.Length));
            Assert.Equal(error, Assert.Throws<BlobException>(() => network.Load(blob)).Error);
        }

        Network longNames = new(network.GetShape(), 800);
        longNames.SetOutputNames([.. Enumerable.Repeat(new string('x', 200), 3)]);
        byte[] tooLong = BlobWriter.ToArray(longNames);
        Assert.Equal(BlobError.NamesTooLongForNetwork, network.TryLoad(new BlobReader(), tooLong, 0, tooLong.Length));
        Assert.Equal(before, BlobWriter.ToArray(network));
    }

    [Fact]
    public void Every_error_has_words_of_its_own()
    {
        BlobError[] errors = [.. Enum.GetValues<BlobError>().Where(e => e != BlobError.None)];
        string[] messages = [.. errors.Select(e => BlobMessages.Describe(e, 12, 34, 56))];
        Assert.Equal(33, errors.Length);
        Assert.Equal(errors.Length, messages.Distinct().Count());
        Assert.All(messages, message => Assert.DoesNotContain("nothing is wrong", message));
    }

    /// <summary>Makes the checksums right again.</summary>
    private static void Seal(byte[] blob)
    {
        FloatBits.WriteInt32(blob, 24, Crc32.Compute(blob, 32, blob.Length - 32));
        FloatBits.WriteInt32(blob, 28, Crc32.Compute(blob, 0, 28));
    }
}
