// Over 300 lines: a table of every fault a blob can have.
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests.Blobs;

/// <summary>Every way a blob can be wrong is refused with its own error, before anything changes.</summary>
public class BlobFaultTests
{
    [Fact]
    public void Every_single_byte_change_is_refused_and_changes_nothing()
    {
        Network source = Make.Iris();
        byte[] blob = BlobWriter.ToArray(source);
        Network target = Network.FromBlob(blob);
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
        Network network = new PlanBuilder(8, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddDense(16, Activation.Linear).AddDense(16, Activation.Linear).AddDense(8, Activation.Linear).ToNetwork(200);
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
    [InlineData(4, 3, BlobError.UnsupportedVersion)]
    [InlineData(4, 0, BlobError.UnsupportedVersion)]
    [InlineData(5, 2, BlobError.UnknownTask)]
    [InlineData(6, 5, BlobError.UnknownLoss)]
    [InlineData(6, 0, BlobError.LossDoesNotFit)]
    [InlineData(7, 0, BlobError.LayerCountOutOfRange)]
    [InlineData(7, 65, BlobError.LayerCountOutOfRange)]
    [InlineData(7, 1, BlobError.ReservedNotZero)] // what was a node is no padding
    [InlineData(7, 3, BlobError.BufferOutOfRange)] // what were names is no node
    [InlineData(32, 0, BlobError.InputCountOutOfRange)]
    [InlineData(32, 5, BlobError.BufferTooSmall)]
    [InlineData(36, 0x24, BlobError.UnknownSection)]
    [InlineData(36, 0x14, BlobError.LengthMismatch)]
    [InlineData(36, 7, BlobError.InputFormDoesNotFit)]
    [InlineData(36, 5, BlobError.ReadsBeforeWritten)] // levels, which a float layer does not take
    [InlineData(36, 12, BlobError.InputCountOutOfRange)] // a shape that is none
    [InlineData(37, 0, BlobError.BufferOutOfRange)]
    [InlineData(37, 17, BlobError.BufferOutOfRange)]
    [InlineData(38, 3, BlobError.UnknownActivation)]
    [InlineData(38, 0, BlobError.LossDoesNotFit)]
    [InlineData(39, 1, BlobError.LengthMismatch)]
    [InlineData(40, 3, BlobError.BufferTooSmall)]
    [InlineData(40, 0, BlobError.BufferOutOfRange)]
    [InlineData(42, 0x60, BlobError.BufferOutOfRange)] // a type that there is not
    [InlineData(42, 0x10, BlobError.BufferTooSmall)] // the sample is floats
    [InlineData(42, 0x0F, BlobError.BufferOutOfRange)] // a million floats
    [InlineData(43, 15, BlobError.BufferTooSmall)]
    [InlineData(45, 0x10, BlobError.BufferTypeDoesNotFit)]
    [InlineData(46, 63, BlobError.UnknownLayerKind)]
    [InlineData(46, 2, BlobError.InputFormDoesNotFit)]
    [InlineData(46, 3, BlobError.BufferTypeDoesNotFit)]
    [InlineData(47, 2, BlobError.AttributesMalformed)]
    [InlineData(47, 4, BlobError.AttributesMalformed)]
    [InlineData(48, 2, BlobError.BufferOutOfRange)]
    [InlineData(48, 0, BlobError.OutputOverInput)]
    [InlineData(49, 2, BlobError.BufferOutOfRange)]
    [InlineData(49, 1, BlobError.ReadsBeforeWritten)] // a cycle
    [InlineData(49, 255, BlobError.ReadsBeforeWritten)] // the sample as it is, in a network of values
    [InlineData(50, 0, BlobError.LayerWidthOutOfRange)]
    [InlineData(50, 17, BlobError.BufferTooSmall)]
    [InlineData(52, 9, BlobError.UnknownActivation)]
    [InlineData(52, 7, BlobError.UnknownActivation)]
    [InlineData(56, 0, BlobError.ReadsBeforeWritten)] // the sample is the first node's alone
    [InlineData(60, 8, BlobError.ReservedNotZero)] // the padding behind the names
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
        BitConverter.GetBytes(parameter).CopyTo(blob, 53);
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
        for (int at = 60; at < blob.Length; at += 4)
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
        foreach ((int at, float value) in new[] { (64, -1f), (72, 0f), (72, -2f) })
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
        PlanBuilder Regression() => new(4, NetworkTask.Regression, Loss.MeanSquaredError);
        (Network Model, BlobError Error)[] cases =
        [
            (Make.Classifier(5, 6, 3), BlobError.TooManyInputsForNetwork),
            (Make.Classifier(4, 7, 3), BlobError.BuffersDifferFromNetwork),
            (Make.Classifier(4, 6, 5), BlobError.BuffersDifferFromNetwork),
            (Make.Classifier(4, 5, 3, Activation.Maxout), BlobError.BuffersDifferFromNetwork),
            (Make.Classifier(4, 3, 3), BlobError.None),
            (Regression().AddDense(5, Activation.Linear).ToNetwork(), BlobError.TooManyOutputsForNetwork),
            (Regression().AddDense(3, Activation.Linear).ToNetwork(), BlobError.TooManyOutputsForNetwork),
            (Regression().AddDense(5, Activation.Linear).AddDense(3, Activation.Linear).AddDense(1, Activation.Linear).ToNetwork(),
                BlobError.TooManyLayersForNetwork),
            (new PlanBuilder(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(4, Activation.Relu)
                .AddDense(5, Activation.Softmax).ToNetwork(), BlobError.BuffersDifferFromNetwork),
        ];
        foreach ((Network model, BlobError error) in cases)
        {
            byte[] blob = BlobWriter.ToArray(model);
            Assert.Equal(error, network.TryLoad(new BlobReader(), blob, 0, blob.Length));
            if (error == BlobError.None)
            {
                network.Load(before);
                continue;
            }

            Assert.Equal(error, Assert.Throws<BlobException>(() => network.Load(blob)).Error);
        }

        Network longNames = network.WithOutputNames([.. Enumerable.Repeat(new string('x', 200), 3)]);
        byte[] tooLong = BlobWriter.ToArray(longNames);
        Assert.Equal(BlobError.NamesTooLongForNetwork, network.TryLoad(new BlobReader(), tooLong, 0, tooLong.Length));
        Assert.Equal(before, BlobWriter.ToArray(network));
    }

    [Fact]
    public void Names_that_reach_past_the_blob_are_refused()
    {
        byte[] blob = BlobWriter.ToArray(Make.Iris());
        for (int at = 60; at < blob.Length; at += 256)
        {
            blob[at] = 255;
        }

        Seal(blob);
        Assert.Equal(BlobError.NamesMalformed, new BlobReader().Open(blob, 0, blob.Length));
    }

    [Fact]
    public void A_layer_of_another_kind_than_the_networks_is_refused()
    {
        Network narrow = new PlanBuilder(9, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(9, Activation.Linear)
            .AddDense(1, Activation.Linear).AddDense(9, Activation.Linear).ToNetwork();
        byte[] wide = BlobWriter.ToArray(new PlanBuilder(9, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(1, Activation.Linear)
            .AddDense(9, Activation.Linear).AddDense(1, Activation.Linear).ToNetwork());
        Assert.Equal(BlobError.LayersDifferFromNetwork, narrow.TryLoad(new BlobReader(), wide, 0, wide.Length));
    }

    [Fact]
    public void Every_error_has_words_of_its_own()
    {
        BlobError[] errors = [.. Enum.GetValues<BlobError>().Where(e => e != BlobError.None)];
        string[] messages = [.. errors.Select(error => Message(error, 12, 34, 56))];
        Assert.Equal(43, errors.Length);
        Assert.Equal(errors.Length, messages.Distinct().Count());
        Assert.All(messages, message => Assert.DoesNotContain("nothing is wrong", message));
    }

    [Fact]
    public void A_kind_that_is_not_registered_is_told_with_the_assembly_and_the_line()
    {
        Assert.Contains("Int8Layers.Register()", Message(BlobError.UnknownLayerKind, 0, 2, 0));
        Assert.Contains("Tiny.Int8", Message(BlobError.UnknownLayerKind, 0, 3, 0));
        Assert.Contains("LayerKinds.Register", Message(BlobError.UnknownLayerKind, 0, 64, 0));
    }

    private static string Message(BlobError error, int offset, int found, int expected)
    {
        BlobReader reader = new();
        return Assert.Throws<BlobException>(() => reader.ThrowIf(reader.Fault(error, offset, found, expected))).Message;
    }

    /// <summary>Makes the checksums right again.</summary>
    private static void Seal(byte[] blob)
    {
        FloatBits.WriteInt32(blob, 24, Crc32.Compute(0, blob, 32, blob.Length - 32));
        FloatBits.WriteInt32(blob, 28, Crc32.Compute(0, blob, 0, 28));
    }
}
