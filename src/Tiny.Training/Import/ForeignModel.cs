namespace Tiny.Training.Import;

/// <summary>Model files of other formats, and how to make ONNX of them.</summary>
internal static class ForeignModel
{
    private static readonly byte[] TfLiteMark = "TFL3"u8.ToArray(); // from byte 4
    private static readonly byte[] Hdf5Mark = [0x89, (byte)'H', (byte)'D', (byte)'F'];
    private static readonly byte[] ZipMark = [(byte)'P', (byte)'K', 3, 4];

    /// <summary>What a file is if not ONNX, and the command that makes ONNX of it; null where that is not known.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Its first bytes.</param>
    internal static string? Advice(string path, ReadOnlySpan<byte> start)
    {
        string name = Path.GetFileName(path);
        string onnx = Path.ChangeExtension(name, ".onnx");
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension == ".tflite" || (start.Length >= 8 && start[4..8].SequenceEqual(TfLiteMark)))
        {
            return "this is a TensorFlow Lite model. Make ONNX of it: pip install tf2onnx tensorflow; python -m tf2onnx.convert --tflite "
                + $"{name} --output {onnx} --opset 15; tiny import {onnx} --out m.tiny. An int8 one does not import: take the float32 one.";
        }

        if (extension is ".h5" or ".hdf5" or ".keras" || start.StartsWith(Hdf5Mark))
        {
            return "this is a Keras model. Make ONNX of it: pip install tf2onnx tensorflow; "
                + $"python -c \"import tensorflow as tf; tf.keras.models.load_model('{name}').export('saved')\"; "
                + $"python -m tf2onnx.convert --saved-model saved --output {onnx} --opset 15. Then: tiny import {onnx} --out m.tiny";
        }

        if (extension is ".pt" or ".pth" or ".pkl" or ".joblib" || start.StartsWith(ZipMark))
        {
            return "this is a model of PyTorch or scikit-learn. Make ONNX of it in Python: torch.onnx.export(model.eval(), sample, "
                + "\"m.onnx\", opset_version=17), or skl2onnx.to_onnx(model, X[:1]). See src/IMPORT.md.";
        }

        return null;
    }
}
