using Tiny.Core;
using Tiny.Import.Tests.Graphs;
using Tiny.Tests;
using Tiny.Training.Import;

namespace Tiny.Import.Tests.Import;

/// <summary>Public models, read in place beside the checkout.</summary>
public class SharedModelTests
{
    [SharedModelTheory]
    [InlineData("wand-model.onnx", 7, 6693, 1e-5, 1, 6, 119)]
    [InlineData("onnx2c-mnist-cntk.onnx", 5, 5994, 1e-5, 1, 1, 28, 28)]
    [InlineData("onnx2c-sine.onnx", 3, 321, 1e-5, 1, 1)]
    [InlineData("onnx2c-velardo.onnx", 2, 21, 1e-4, 1, 2)]
    public void It_imports_and_answers_as_ONNX_Runtime_does(string name, int layers, int parameters, double limit, params int[] shape)
    {
        string path = SharedModels.Path(name);
        ImportedModel imported = OnnxImporter.Import(path);
        Assert.Equal(layers, imported.Network.LayerCount);
        Assert.Equal(parameters, Enumerable.Range(0, layers).Sum(i => imported.Network.GetLayer(i).ParameterCount));
        Agreement agreement = Agreement.Of(imported, File.ReadAllBytes(path), shape);
        Assert.InRange(agreement.Reference, 0, 1e-5);
        Assert.InRange(agreement.Core, 0, limit);
        float[][] rows = [.. imported.DrawRows(3)];
        Assert.Equal(Agreement.Bits(imported.Network, rows), Agreement.Bits(Network.FromBlob(imported.ToBlob()), rows));
    }

    [SharedModelTheory]
    [InlineData("onnx2c-lstm.onnx", "\"lstm\" (LSTM)", "GRU")]
    [InlineData("onnx2c-trees.onnx", "TreeEnsembleClassifier", "tiny train")]
    [InlineData("wand-model.tflite", "TensorFlow Lite", "tf2onnx.convert --tflite")]
    [InlineData("wand-quantized.tflite", "TensorFlow Lite", "float32 one")]
    [InlineData("tinymaix-mnist_fc.h5", "Keras", "tf2onnx.convert")]
    public void It_is_refused_by_name_with_what_would_do(string name, params string[] words)
    {
        string message = Assert.Throws<ImportException>(() => OnnxImporter.Import(SharedModels.Path(name))).Message;
        Assert.All(words, word => Assert.Contains(word, message));
    }
}
