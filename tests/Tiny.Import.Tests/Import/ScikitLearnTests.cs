using Tiny.Core;
using Tiny.Import.Tests.Graphs;
using Tiny.Training.Import;

namespace Tiny.Import.Tests.Import;

/// <summary>Graphs as skl2onnx writes them: what makes labels of numbers becomes class names.</summary>
public class ScikitLearnTests
{
    private const string Ml = "ai.onnx.ml";

    [Fact]
    public void A_pipeline_of_a_scaler_and_a_network_of_three_classes_has_its_names_and_normalization()
    {
        GraphMaker maker = new(1, 4);
        maker.Name = maker.File.NodeOf(
            Ml, ["scaled"], "Scaler", ["x"], ("offset", new[] { 1f, 2f, 3f, 4f }), ("scale", new[] { 0.5f, 2f, 1f, 0.25f }));
        maker.MatMulAdd(6).Then("Relu").MatMulAdd(3).Then("Softmax");
        string probabilities = maker.Name;
        maker.Then("ArgMax", ("axis", 1));
        maker.File.NodeOf(Ml, ["label"], "ArrayFeatureExtractor", [maker.File.Constant("classes", 3, 5, 8), maker.Name]);
        maker.File.NodeOf(Ml, ["output_probability"], "ZipMap", [probabilities],
            ("classlabels_strings", new[] { "three", "five", "eight" }));
        maker.File.Output("label", 1);
        maker.File.Output("output_probability", 3);
        ImportedModel imported = OnnxImporter.Import(maker.File.ToBytes("test"));
        Assert.Equal(NetworkTask.Classification, imported.Network.Task);
        Assert.Equal(2, imported.Network.LayerCount);
        Assert.Equal(["three", "five", "eight"], Enumerable.Range(0, 3).Select(imported.Network.GetOutputName));
        Assert.Equal([1f, 2f, 3f, 4f], imported.Network.Scaling.InputMeans[..4]);
        Assert.Equal([0.5f, 2f, 1f, 0.25f], imported.Network.Scaling.InputScales[..4]);
        Assert.InRange(imported.Check(imported.DrawRows()).Relative, 0, 1e-5);
    }

    [Fact]
    public void A_network_of_two_classes_becomes_one_output()
    {
        GraphMaker maker = new GraphMaker(2, 5).MatMulAdd(6).Then("Relu").MatMulAdd(1).Then("Sigmoid");
        string second = maker.Name;
        string first = maker.File.Node("first", "Sub", [maker.File.Constant("one", [1f]), second]);
        maker.File.Node("both", "Concat", [first, second], ("axis", 1));
        maker.File.Node("index", "ArgMax", ["both"], ("axis", 1));
        maker.File.NodeOf(Ml, ["output_label"], "ArrayFeatureExtractor", [maker.File.Constant("classes", 0, 1), "index"]);
        maker.File.Output("output_label", 1);
        maker.File.Output("both", 2);
        ImportedModel imported = OnnxImporter.Import(maker.File.ToBytes("test"));
        Assert.Equal((1, 2), (imported.Network.Outputs, imported.Network.ClassCount));
        Assert.Equal(["0", "1"], Enumerable.Range(0, 2).Select(imported.Network.GetOutputName));
        Assert.True(imported.Check(imported.DrawRows()).Passed);
    }

    [Theory]
    [InlineData("SOFTMAX", 3, 3)]
    [InlineData("LOGISTIC", 2, 1)]
    public void A_linear_classifier_becomes_one_dense_layer(string transform, int classes, int outputs)
    {
        GraphMaker maker = new(3, 4);
        float[] row = maker.Numbers(1, 4);
        float[] weights = classes == 2 ? [.. row.Select(value => -value), .. row] : maker.Numbers(1, classes * 4);
        float[] biases = classes == 2 ? [-0.3f, 0.3f] : maker.Numbers(1, classes);
        maker.File.NodeOf(Ml, ["label", "scores"], "LinearClassifier", ["x"], ("coefficients", weights), ("intercepts", biases),
            ("classlabels_strings", new[] { "a", "b", "c" }[..classes]), ("post_transform", transform));
        maker.File.NodeOf(Ml, ["probabilities"], "Normalizer", ["scores"], ("norm", "L1"));
        maker.File.NodeOf(Ml, ["output_probability"], "ZipMap", ["probabilities"],
            ("classlabels_strings", new[] { "a", "b", "c" }[..classes]));
        maker.File.Output("label", 1);
        maker.File.Output("output_probability", classes);
        ImportedModel imported = OnnxImporter.Import(maker.File.ToBytes("test"));
        Assert.Equal((1, outputs, classes), (imported.Network.LayerCount, imported.Network.Outputs, imported.Network.ClassCount));
        Assert.Equal("b", imported.Network.GetOutputName(1));
        Assert.True(imported.Check(imported.DrawRows()).Passed);
        float[] answer = new float[outputs];
        imported.Network.Predict([1f, 0f, 0f, 0f], answer);
        double sum = weights[4] + biases[1];
        double expected = classes == 2
            ? 1 / (1 + Math.Exp(-sum)) : Math.Exp(sum) / Enumerable.Range(0, 3).Sum(i => Math.Exp(weights[4 * i] + biases[i]));
        Assert.Equal(expected, answer[classes == 2 ? 0 : 1], 1e-4);
    }

    [Fact]
    public void A_linear_regressor_becomes_a_regression()
    {
        GraphMaker maker = new(3, 3);
        maker.File.NodeOf(Ml, ["variable"], "LinearRegressor", ["x"], ("coefficients", new[] { 1f, -2f, 0.5f }),
            ("intercepts", new[] { 4f }), ("targets", 1));
        maker.File.Output("variable", 1);
        float[] answer = new float[1];
        OnnxImporter.Import(maker.File.ToBytes("test")).Network.Predict([1f, 2f, 4f], answer);
        Assert.Equal(3f, answer[0]);
    }
}
