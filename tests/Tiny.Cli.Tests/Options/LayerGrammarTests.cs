using Tiny.Cli.Options;
using Tiny.Core.Activations;
using Tiny.Training.Layers;

namespace Tiny.Cli.Tests.Options;

public class LayerGrammarTests
{
    [Fact]
    public void Every_kind_is_read()
    {
        IReadOnlyList<LayerDescription> layers =
            LayerGrammar.Read("conv:8:5:2:valid,dwconv:3x5:1x2,sepconv:6:3,maxpool:2,avgpool:3:2:valid,gap,32", Activation.Relu, null,
            0.25f, normalizes: false);
        Assert.Equal(
        [
            new Conv2DDescription(8, new(5) { StrideDown = 2, IsValid = true }, Activation.Relu) { Dropout = 0.25f },
            new DepthwiseConv2DDescription(new(3, 5) { StrideDown = 1, StrideAcross = 2 }, Activation.Relu) { Dropout = 0.25f },
            new DepthwiseConv2DDescription(new(3), Activation.Linear),
            new Conv2DDescription(6, new(1), Activation.Relu) { Dropout = 0.25f },
            new MaxPoolingDescription(new(2) { StrideDown = 2 }),
            new AveragePoolingDescription(new(3) { StrideDown = 2, IsValid = true }),
            new GlobalAverageDescription(),
            new DenseDescription(32, Activation.Relu) { Dropout = 0.25f },
        ], layers);
    }

    [Fact]
    public void A_recurrent_layer_gives_every_state_where_a_layer_over_signals_follows() => Assert.Equal(
        [new GruDescription(8) { GivesEvery = true }, new FastGrnnDescription(5) { GivesEvery = true }, new GruDescription(4),
            new DenseDescription(6, Activation.Relu)],
        LayerGrammar.Read("gru:8,fastgrnn:5,gru:4,6", Activation.Relu, null, 0f, normalizes: false));

    [Fact]
    public void Batch_normalization_stands_behind_convolutions_alone()
    {
        IReadOnlyList<LayerDescription> layers = LayerGrammar.Read("conv:4:3,maxpool:2,8", Activation.Relu, null, 0.5f, normalizes: true);
        Assert.Equal(
        [
            new Conv2DDescription(4, new(3), Activation.Linear), new BatchNormalizationDescription(Activation.Relu) { Dropout = 0.5f },
            new MaxPoolingDescription(new(2) { StrideDown = 2 }),
            new DenseDescription(8, Activation.Relu) { Dropout = 0.5f },
        ], layers);
    }

    [Fact]
    public void Of_a_stream_windows_are_valid_unless_they_say_same() => Assert.Equal(
        [new Conv2DDescription(4, new(3) { IsValid = true }, Activation.Relu),
            new Conv2DDescription(4, new(3) { StrideDown = 2 }, Activation.Relu),
            new MaxPoolingDescription(new(2) { StrideDown = 2, IsValid = true })],
        LayerGrammar.Read("conv:4:3,conv:4:3:2:same,maxpool:2", Activation.Relu, null, 0f, normalizes: false, streams: true));

    [Theory]
    [InlineData("conv:8", "\"conv:8\": it ends too early; expected conv:FILTERS:SIZE[:STRIDE][:valid|:same]")]
    [InlineData("conv:0:3", "\"0\" is no number of filters from 1 to 16384")]
    [InlineData("conv:8:256", "\"256\" is no size from 1 to 255")]
    [InlineData("conv:8:3x", "\"3x\" is no size")]
    [InlineData("conv:8:5:2:some", "\"some\" is one field too many, or neither \"valid\" nor \"same\"")]
    [InlineData("maxpool:2:two", "\"two\" is no stride")]
    [InlineData("gru:0", "\"0\" is no number of units from 1 to 16384")]
    [InlineData("fastgrnn", "expected fastgrnn:UNITS")]
    [InlineData("gap:2", "\"2\" is one field too many")]
    [InlineData("8,cnov:8:3", "Did you mean conv?")]
    [InlineData("conv:8:3,", "\"\" is no layer")]
    public void An_element_that_is_none_is_told_with_what_was_expected(string text, string told) =>
        Assert.Contains(told, Assert.Throws<UsageException>(() => LayerGrammar.Read(text, Activation.Relu, null, 0f, false)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Convolutions_have_no_maxout() =>
        Assert.Contains("maxout", Assert.Throws<UsageException>(
        () => LayerGrammar.Read("conv:8:3", Activation.Maxout, null, 0f, false)).Message, StringComparison.Ordinal);
}
