using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Quantization;

namespace Tiny.Features.Tests;

public class FeatureDescriptionTests
{
    [Fact]
    public void A_blob_carries_it_there_and_back()
    {
        FeatureDescription written = Make.Description(200, 100, channels: ["x", "é-axis", "z"], bands: [2f, 12.5f], rate: 104f);
        FeatureDescription read = FeatureDescription.Of(Network.FromBlob(Make.Model(written)));
        Assert.Equal(written.ToBytes(), read.ToBytes());
        Assert.Equal((200, 100, 24, Make.All, 2, 104f), (read.Window, read.Hop, read.Count, read.Kinds, read.Bands, read.Signal.Rate));
        Assert.Equal(
            ["x_mean", "x_std", "x_min", "x_max", "x_mad", "x_zcr", "x_2Hz", "x_12.5Hz", "é-axis_mean"],
                Enumerable.Range(0, 9).Select(read.GetName));
        Assert.Equal("g", read.Signal.GetUnit(1));
    }

    [Fact]
    public void It_survives_quantizing_and_saving_anew()
    {
        FeatureDescription description = Make.Description(20, 10, channels: ["x", "y"]);
        Network network = Network.FromBlob(Make.Model(description));
        Dataset data = Dataset.ForClassification(
            [.. Enumerable.Range(0, 12 * 50).Select(i => i % 29 - 14f)], DataColumns.Unnamed(12, false), new int[50], ["a", "b", "c"]);
        byte[] int8 = Quantizer.Quantize(network, data, [.. Enumerable.Range(0, 50)]);
        foreach (byte[] blob in new[] { int8, BlobWriter.ToArray(network), BlobWriter.ToArray(Network.FromBlob(int8)) })
        {
            Assert.Equal(description.ToBytes(), FeatureDescription.Of(Network.FromBlob(blob)).ToBytes());
        }
    }

    [Fact]
    public void Exported_source_carries_it_too()
    {
        FeatureDescription description = Make.Description(20, 10, channels: ["x", "y"]);
        string source = CSharpExporter.Export(Network.FromBlob(Make.Model(description)), "Models", "Model");
        Assert.Contains($"return new byte[] {{ {string.Join(", ", description.ToBytes())} }};", source);
        Assert.Equal(description.ToBytes(), FeatureDescription.FromBytes(description.ToBytes()).ToBytes());
        Assert.Equal(FeatureError.NoDescription, Assert.Throws<FeatureException>(() => FeatureDescription.FromBytes([])).Error);
    }

    [Fact]
    public void A_network_without_room_for_it_refuses_the_blob()
    {
        Network small = Network.FromBlob(Make.Model(Make.Description(20, 10)));
        Network large = Network.FromBlob(Make.Model(Make.Description(20, 10, channels: ["a channel of a long name indeed"])));
        byte[] blob = BlobWriter.ToArray(large);
        Assert.Equal(BlobError.NamesTooLongForNetwork, small.TryLoad(new BlobReader(), blob, 0, blob.Length));
        Assert.Equal("x", FeatureDescription.Of(small).Signal.GetName(0));
        byte[] other = BlobWriter.ToArray(small);
        Assert.Equal(BlobError.None, large.TryLoad(new BlobReader(), other, 0, other.Length));
        Assert.Equal("x", FeatureDescription.Of(large).Signal.GetName(0));
    }

    [Theory]
    [InlineData(0, 2, FeatureError.UnsupportedVersion)]
    [InlineData(1, 0, FeatureError.ChannelCountOutOfRange)]
    [InlineData(1, 17, FeatureError.ChannelCountOutOfRange)]
    [InlineData(1, 2, FeatureError.NamesMalformed)]
    [InlineData(2, 64, FeatureError.UnknownFeature)]
    [InlineData(3, 17, FeatureError.NamesMalformed)]
    [InlineData(3, 0, FeatureError.NamesMalformed)]
    [InlineData(4, 1, FeatureError.WindowOutOfRange)]
    [InlineData(5, 255, FeatureError.WindowOutOfRange)]
    [InlineData(6, 21, FeatureError.HopOutOfRange)]
    [InlineData(6, 0, FeatureError.HopOutOfRange)]
    [InlineData(11, 0xC2, FeatureError.RateOutOfRange)]
    [InlineData(15, 0xC0, FeatureError.BandOutOfRange)]
    [InlineData(19, 0x41, FeatureError.BandOutOfRange)]
    [InlineData(22, 2, FeatureError.NamesMalformed)]
    [InlineData(2, 15, FeatureError.InputsDiffer)]
    public void Each_fault_has_its_own_error(int at, byte value, FeatureError expected)
    {
        Network network = Network.FromBlob(Make.Model(Make.Description(20, 10, bands: [5f])));
        byte[] bytes = new byte[network.Notes.FeatureBytes];
        network.Notes.CopyFeatures(bytes, 0);
        Assert.Equal(24, bytes.Length);
        bytes[at] = value;
        FeatureException error = Assert.Throws<FeatureException>(() => FeatureDescription.Of(network.WithFeatures(bytes)));
        Assert.Equal(expected, error.Error);
        Assert.True(error.Message.Length > 20);
    }

    /// <summary>Whatever the bytes are, they are a description or refused as one.</summary>
    [Fact]
    public void Every_byte_changed_to_every_value_is_read_or_refused()
    {
        Network network = Network.FromBlob(Make.Model(Make.Description(20, 10, bands: [5f])));
        byte[] good = new byte[network.Notes.FeatureBytes];
        network.Notes.CopyFeatures(good, 0);
        int refused = 0;
        for (int at = 0; at < good.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] bytes = [.. good];
                bytes[at] = (byte)value;
                try
                {
                    Assert.Equal(network.Inputs, FeatureDescription.Of(network.WithFeatures(bytes)).Count);
                }
                catch (FeatureException)
                {
                    refused++;
                }
            }
        }

        Assert.InRange(refused, 1000, 256 * good.Length);
    }

    [Fact]
    public void A_sensor_that_delivers_something_else_is_refused_with_the_difference()
    {
        Network network = Network.FromBlob(Make.Model(Make.Description(20, 10, channels: ["x", "y"])));
        Assert.Equal(network.Inputs, FeaturePipeline.For(network, new Signal(102f).AddAll(["x", "y"], "g")).Description.Count);
        Refused(FeatureError.ChannelCountDiffers, "3 channels", new Signal(100f).AddAll(["x", "y", "z"], "g"));
        Refused(FeatureError.ChannelDiffers, "Channel 0 of the sensor is y", new Signal(100f).AddAll(["y", "x"], "g"));
        Refused(FeatureError.UnitDiffers, "\"m/s2\"", new Signal(100f).AddAll(["x", "y"], "m/s2"));
        Refused(FeatureError.RateDiffers, "62.5 samples a second", new Signal(62.5f).AddAll(["x", "y"], "g"));
        Network table = new PlanBuilder(2, NetworkTask.Regression, Core.Losses.Loss.MeanSquaredError)
            .AddDense(1, Core.Activations.Activation.Linear).ToNetwork();
        Assert.Equal(FeatureError.NoDescription, Assert.Throws<FeatureException>(() => FeaturePipeline.For(table, new Signal(100f))).Error);

        void Refused(FeatureError error, string words, Signal sensor)
        {
            FeatureException thrown = Assert.Throws<FeatureException>(() => FeaturePipeline.For(network, sensor));
            Assert.Equal(error, thrown.Error);
            Assert.Contains(words, thrown.Message);
        }
    }

    [Fact]
    public void A_description_that_does_not_hold_together_makes_no_pipeline()
    {
        Assert.Equal(FeatureError.FeatureCountOutOfRange, Make.Description(20, 10, FeatureKinds.None).Check());
        Assert.Equal(FeatureError.ChannelCountOutOfRange, Make.Description(20, 10, channels: []).Check());
        Assert.Equal(FeatureError.WindowOutOfRange, Make.Description(4001, 10).Check());
        Assert.Equal(FeatureError.BandOutOfRange, Make.Description(20, 10, bands: [50f]).Check());
        Assert.Throws<FeatureException>(() => new FeaturePipeline(Make.Description(1, 1)));
        Assert.Throws<FeatureException>(() => Make.Description(20, 21).ToBytes());
        Assert.Throws<ArgumentException>(() => Network.FromBlob(Make.Model(Make.Description(20, 10))).WithFeatures(new byte[3]));
    }

    [Fact]
    public void What_it_does_not_have_is_refused()
    {
        FeatureDescription description = Make.Description(20, 10, FeatureKinds.Mean, ["x", "y"], [5f]);
        Assert.Equal("y_5Hz", description.GetName(3));
        Assert.All(new[] { -1, 4, int.MaxValue },
            feature => Assert.Throws<ArgumentOutOfRangeException>(() => description.GetName(feature)));
        Assert.All(new[] { -1, 1, FeatureDescription.MaxBands },
            band => Assert.Throws<ArgumentOutOfRangeException>(() => description.GetFrequency(band)));
        Assert.All(new[] { -1, 1, FeatureDescription.MaxBands },
            band => Assert.Throws<ArgumentOutOfRangeException>(() => description.GetCoefficient(band)));
        Assert.Equal(FeatureError.BandOutOfRange, Make.Description(20, 10).AddBand(float.NaN, 1f).Check());
        Assert.Equal(FeatureError.BandOutOfRange, Make.Description(20, 10).AddBand(5f, float.NaN).Check());
        Assert.All(new[] { 0, -1, 1 }, window => Assert.Throws<FeatureException>(() => new FeaturePipeline(Make.Description(window, 1))));
        Assert.All(new[] { 0, -1 }, hop => Assert.Throws<FeatureException>(() => new FeaturePipeline(Make.Description(20, hop))));
        Assert.All(new[] { float.NaN, -1f, float.PositiveInfinity },
            rate => Assert.Throws<ArgumentOutOfRangeException>(() => new Signal(rate)));
        Assert.Throws<ArgumentException>(() => SampleLine.Header(new Signal(50)));
    }
}
