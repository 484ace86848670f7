using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Training.Data;
using Tiny.Training.Export;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Quantization;

namespace Tiny.Training.Tests.Quantization;

/// <summary>Chains of convolutions, pools and dense layers as int8, against the float model.</summary>
[Collection("Networks of convolutions")] // a kind measures one node at a time
public class ConvolutionQuantizerTests
{
    private static readonly Dictionary<string, (Shape Sample, int KeepFloat, LayerDescription[] Layers)> Cases = new()
    {
        ["strided"] = (new(9, 9, 1), 0, [Conv(6, 3, Activation.Relu, 2, valid: true), Conv(8, 3, Activation.Relu)]),
        ["edges, three channels"] = (new(7, 6, 3), 0, [Conv(6, 3, Activation.Relu), Conv(5, 3, Activation.LeakyRelu, 2)]),
        ["pooled at once"] = (new(8, 8, 2), 0, [Conv(6, 3, Activation.Relu), Pool(2, 2), Conv(8, 3, Activation.Relu), Pool(2, 2)]),
        ["pooled at once behind tanh"] = (new(8, 8, 2), 0,
            [Conv(6, 3, Activation.Tanh), Pool(2, 2), new DepthwiseConv2DDescription(new(3), Activation.LeakyRelu), Pool(2, 2)]),
        ["pools that overlap"] = (new(9, 9, 2), 0,
            [Conv(6, 3, Activation.Relu), Pool(3, 2), new AveragePoolingDescription(new(2) { StrideDown = 2 })]),
        ["depthwise, tanh"] = (new(8, 8, 2), 0,
            [Conv(5, 3, Activation.Tanh), new DepthwiseConv2DDescription(new(3), Activation.Tanh), Conv(6, 1, Activation.Relu)]),
        ["a pool first"] = (new(10, 10, 2), 0, [Pool(2, 2), Conv(6, 3, Activation.Relu)]),
        ["a signal"] = (new(40, 1, 3), 0, [Conv(6, 5, Activation.Relu, 2), Conv(8, 5, Activation.Relu, 2), new GlobalAverageDescription()]),
        ["an average before floats"] = (new(8, 8, 1), 1,
            [Conv(6, 3, Activation.Relu), Conv(8, 3, Activation.Relu, 2), new GlobalAverageDescription()]),
        ["a convolution before floats"] = (new(8, 8, 1), 2,
            [Conv(6, 3, Activation.Relu), Pool(2, 2), new DenseDescription(8, Activation.Relu)]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_stay_near_the_float_models(string name)
    {
        (Shape sample, int keepFloat, LayerDescription[] layers) = Cases[name];
        Network model = Drawn(sample, layers);
        Dataset data = Data(sample);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        Network int8 = Network.FromBlob(Quantizer.Quantize(model, data, rows, keepFloat));
        double spread = 0;
        double error = 0;
        float[] expected = new float[1];
        float[] found = new float[1];
        foreach (int row in rows)
        {
            model.Predict(data.Row(row).ToArray(), expected);
            int8.Predict(data.Row(row).ToArray(), found);
            spread += expected[0] * expected[0];
            error += (expected[0] - found[0]) * (expected[0] - found[0]);
        }

        Assert.InRange(Math.Sqrt(error / spread), 1e-6, 0.06);
        Assert.Equal(int8.LayerCount - keepFloat,
            Enumerable.Range(0, int8.LayerCount).Count(layer => DeskKinds.Of(int8.GetLayer(layer)).IsInt8));
        Assert.Equal(Int8Outline.Of(model, model.LayerCount - keepFloat).ToNetwork().LayerCount, int8.LayerCount);
    }

    [Theory]
    [InlineData(Activation.Relu, true)]
    [InlineData(Activation.Tanh, true)]
    [InlineData(Activation.Linear, true)]
    [InlineData(Activation.Swish, false)]
    public void A_pool_of_squares_is_a_layer_of_its_own_only_behind_what_falls(Activation activation, bool atOnce)
    {
        Network model = Drawn(new(8, 8, 2), [Conv(6, 3, activation), Pool(2, 2)]);
        Assert.Equal(atOnce ? 3 : 4, Int8Outline.Of(model, model.LayerCount).ToNetwork().LayerCount);
    }

    private static Conv2DDescription Conv(int filters, int size, Activation activation, int stride = 1, bool valid = false) =>
        new(filters, new(size) { StrideDown = stride, IsValid = valid }, activation);

    private static MaxPoolingDescription Pool(int size, int stride) => new(new(size) { StrideDown = stride });

    /// <summary>A regression with drawn weights; its inputs are normalized channel by channel, its output has deviation 1.</summary>
    private static Network Drawn(Shape sample, LayerDescription[] layers)
    {
        TrainingNetwork network =
            new(sample, NodeDescription.Chain([.. layers, new DenseDescription(1, Activation.Linear)]), Core.Losses.Loss.MeanSquaredError);
        PlanBuilder plan = PlanLayout.Of(network, NetworkTask.Regression);
        plan.Normalization = [.. Enumerable.Range(0, sample.Values)
            .SelectMany(i => new[] { 2f * (i % sample.Channels), 1f / (1 + i % sample.Channels) })];
        Network drawn = plan.ToNetwork();
        Initializers.Draw(drawn, 11);
        return drawn;
    }

    private static Dataset Data(Shape sample)
    {
        Random random = new(5);
        float[] inputs = [.. Enumerable.Range(0, 300 * sample.Values)
            .Select(i => (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2 * (1 + i % sample.Channels))
            + 2 * (i % sample.Channels))];
        DataColumns columns = DataColumns.Unnamed(sample.Values, shareUnit: false) with { Shape = sample };
        return Dataset.ForRegression(inputs, columns, new float[300], "y");
    }
}
