using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Import.Tests.Graphs;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Export;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Export.Onnx;
using Tiny.Training.Import;
using Tiny.Training.Layers;
using Tiny.Training.Memory;
using Tiny.Training.Networks;
using Tiny.Training.Quantization;

namespace Tiny.Import.Tests.Import;

/// <summary>Models that were trained here, to ONNX and back: the same blob, and ONNX Runtime answers alike.</summary>
public class RoundTripTests
{
    private static readonly Dictionary<string, (Shape Shape, TrainingOptions Options)> Cases = new()
    {
        ["relu"] = (Shape.Vector(6), new() { HiddenLayers = [9, 5] }),
        ["elu"] = (Shape.Vector(6), new() { HiddenLayers = [9], Activation = Activation.Elu }),
        ["leaky relu, hinge"] = (Shape.Vector(6),
            new() { HiddenLayers = [9], Activation = Activation.LeakyRelu, Loss = Loss.MultiClassHinge }),
        ["swish"] = (Shape.Vector(6), new() { HiddenLayers = [9], Activation = Activation.Swish }),
        ["tanh"] = (Shape.Vector(6), new() { HiddenLayers = [9], Activation = Activation.Tanh }),
        ["maxout"] = (Shape.Vector(6), new() { HiddenLayers = [9], Activation = Activation.Maxout }),
        ["dense over an image"] = (new(4, 4, 2), new() { HiddenLayers = [9] }),
        ["image"] = (new(9, 8, 2), new()
        {
            Layers =
            [
                new Conv2DDescription(4, new(3), Activation.Linear), new BatchNormalizationDescription(Activation.Relu),
                new MaxPoolingDescription(new(2) { StrideDown = 2 }),
                new DepthwiseConv2DDescription(new(3) { IsValid = true }, Activation.Elu), new AveragePoolingDescription(new(2)),
                new GlobalAverageDescription(),
            ],
        }),
        ["signal"] = (new(30, 1, 3), new()
        {
            Layers = [new Conv2DDescription(4, new(5) { StrideDown = 2 }, Activation.LeakyRelu),
            new MaxPoolingDescription(new(3) { StrideDown = 2 }),
            new Conv2DDescription(5, new(3) { DilationDown = 2 }, Activation.Relu)]
        }),
    };

    public static TheoryData<string> Names() => [.. Cases.Keys];

    [RuntimeTheory]
    [MemberData(nameof(Names))]
    public void A_classifier_comes_back_as_the_same_blob(string name) =>
    Returns(Trained(Cases[name].Shape, Cases[name].Options, regression: false));

    [RuntimeFact]
    public void A_regression_comes_back_with_its_output_scaling() =>
    Returns(Trained(Shape.Vector(5), new TrainingOptions { HiddenLayers = [7] }, regression: true));

    [RuntimeFact]
    public void Two_classes_of_one_output_come_back()
    {
        Network network = Trained(
            Shape.Vector(4), new TrainingOptions { HiddenLayers = [5], Loss = Loss.BinaryCrossEntropy }, regression: false, classes: 2);
        Assert.Equal(1, network.Outputs);
        Returns(network);
    }

    [RuntimeFact]
    public void Branches_that_are_added_and_set_beside_each_other_come_back()
    {
        Shape sample = new(5, 6, 2);
        NodeDescription[] nodes =
        [
            new(new Conv2DDescription(3, new(3), Activation.Relu), NodeDescription.Sample),
            new(new Conv2DDescription(3, new(1), Activation.Linear), 0), new(new AddDescription(Activation.Relu), 0, 1),
            new(new MaxPoolingDescription(new(3) { StrideDown = 1 }), 2), new(new ConcatDescription(Activation.Linear), 2, 3),
            new(new GlobalAverageDescription(), 4), new(new DenseDescription(3, Activation.Linear), 5),
        ];
        PlanBuilder plan = PlanLayout.Of(new TrainingNetwork(sample, nodes, Loss.SoftmaxCrossEntropy), NetworkTask.Classification);
        plan.Normalization = [.. Enumerable.Range(0, sample.Values).SelectMany(i => new[] { 0.5f + i % sample.Channels, 2f })];
        Network network = DeviceMemory.Reckon(plan).ToNetwork();
        Initializers.Draw(network, 5);
        Returns(network);
    }

    [Fact]
    public void An_int8_model_is_refused()
    {
        (Dataset data, Network network) =
            Train(Shape.Vector(4), new TrainingOptions { HiddenLayers = [5], Epochs = 2, Threads = 1 }, regression: false, classes: 3);
        Network int8 = Network.FromBlob(Quantizer.Quantize(network, data, [.. Enumerable.Range(0, data.Rows)]));
        Assert.Contains("int8", Assert.Throws<ExportException>(() => OnnxExporter.Export(int8)).Message);
    }

    private static void Returns(Network network)
    {
        byte[] file = OnnxExporter.Export(network);
        ImportedModel imported = OnnxImporter.Import(file);
        Assert.Equal(BlobWriter.ToArray(network), imported.ToBlob());
        int[] shape = imported.ShapeOfGraph;
        Agreement agreement = Agreement.Of(imported, file, shape);
        Assert.InRange(agreement.Reference, 0, 1e-5);
        Assert.InRange(agreement.Core, 0, imported.UsesTable ? 1e-3 : 1e-5);
    }

    private static Network Trained(Shape shape, TrainingOptions options, bool regression, int classes = 3) =>
        Train(shape, options with { Epochs = 2, Threads = 1 }, regression, classes).Network;

    private static (Dataset Data, Network Network) Train(Shape shape, TrainingOptions options, bool regression, int classes = 3)
    {
        SeededRandom random = new(5);
        const int rows = 60;
        float[] inputs = [.. Enumerable.Range(0, rows * shape.Values).Select(i => 3f * random.NextSymmetric(1f) + i % shape.Channels)];
        DataColumns columns = DataColumns.Unnamed(
            shape.Values, shareUnit: false) with
        { Shape = shape.Values == shape.Channels ? null : shape };
        columns = shape.Values == shape.Channels
            ? new DataColumns([.. Enumerable.Range(0, shape.Values).Select(i => $"in {i}")], AreNamed: true, ShareUnit: false) : columns;
        Dataset data = regression
            ? Dataset.ForRegression(inputs, columns, [.. Enumerable.Range(0, rows).Select(row => 100f + 7f * inputs[row * shape.Values])],
            "volume")
            : Dataset.ForClassification(inputs, columns, [.. Enumerable.Range(0, rows).Select(row => row % classes)],
            [.. new[] { "left", "right", "über" }.Take(classes)]);
        return (data, BlobExporter.ToNetwork(new Trainer(data, [.. Enumerable.Range(0, rows)], options).Run().Model));
    }
}
