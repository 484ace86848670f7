using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Recurrence;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;

namespace Tiny.Training.Export.Onnx;

/// <summary>
/// Writes a float32 model as an ONNX file of opset 17, for whatever runs those: a phone, a service, a browser. It
/// takes rows as the model does, channels last and not yet normalized, for any batch, and gives what the model
/// gives. Names of classes and what else a graph has no place for are metadata.
/// </summary>
/// <example>
/// <code>
/// File.WriteAllBytes("gestures.onnx", OnnxExporter.Export(network));
/// </code>
/// </example>
public static class OnnxExporter
{
    /// <summary>The version of ONNX's operators that is written.</summary>
    public const int Opset = 17;

    /// <summary>What stands near the beginning of each file that is written here: the producer.</summary>
    public const string Mark = "\u0012\u0004tiny";

    /// <summary>The model as an ONNX file.</summary>
    /// <param name="network">A float32 model.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ExportException">It is int8, or has a layer without an equal in ONNX.</exception>
    /// <exception cref="ArgumentNullException">There is no network.</exception>
    public static byte[] Export(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (DeskKinds.HaveInt8(network))
        {
            throw new ExportException(
                "the model's weights are int8, for which ONNX has no equal that answers alike. Export the float32 model that it was made "
                    + "of.");
        }

        OnnxFile file = new("tiny", Opset);
        OnnxGraph graph = new(file);
        (int height, int width) = PlanNodes.SampleOf(network);
        Shape sample = new(height, width, network.Inputs / (height * width));
        AddSample(graph, network, sample);
        IReadOnlyList<PlanNode> plan = PlanNodes.Of(network);
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.GetLayer(i);
            DeskKind kind = DeskKinds.Of(layer);
            OnnxLayer writer = kind.Onnx ?? throw new ExportException($"layer {i} is of kind {kind.Name}, which has no equal in ONNX.");
            writer.Write(graph, $"layer{i}", layer, plan[i]);
        }

        AddOutput(graph, network);
        foreach ((string key, string value) in MetadataOf(network, sample).Entries())
        {
            file.Note(key, value);
        }

        return file.ToBytes("tiny");
    }

    private static void AddSample(OnnxGraph graph, Network network, Shape sample)
    {
        int[] shape = sample.Width > 1
            ? [sample.Height, sample.Width, sample.Channels] : sample.Height > 1 ? [sample.Height, sample.Channels] : [sample.Channels];
        string name = graph.File.Input("input", shape);
        float[] means = network.Scaling.InputMeans;
        float[] scales = network.Scaling.InputScales;
        if (means.Any(mean => mean != 0f) || scales.Any(scale => scale != 1f))
        {
            string centered = graph.File.Node("centered", "Sub", [name, Pooled(graph.File, "means", means, shape)]);
            name = graph.File.Node("normalized", "Mul", [centered, Pooled(graph.File, "scales", scales, shape)]);
        }

        if (shape.Length > 1)
        {
            name = graph.File.Node("row", "Reshape", [name, graph.File.Constant("row_shape", -1, sample.Values)]);
        }

        graph.AddRow(sample, name);
    }

    private static void AddOutput(OnnxGraph graph, Network network)
    {
        string name = graph.Row(network.LayerCount - 1);
        if (network.OutputFunction == Activation.Softmax)
        {
            name = graph.File.Node("output", "Softmax", [name], ("axis", 1));
        }
        else if (network.Task == NetworkTask.Regression
            && (network.Scaling.OutputMeans.Any(mean => mean != 0f) || network.Scaling.OutputScales.Any(scale => scale != 1f)))
        {
            string scaled = graph.File.Node("scaled", "Mul",
                [name, graph.File.Constant("output_scales", network.Scaling.OutputScales[..network.Outputs], network.Outputs)]);
            name = graph.File.Node("output", "Add",
                [scaled, graph.File.Constant("output_means", network.Scaling.OutputMeans[..network.Outputs], network.Outputs)]);
        }

        graph.File.Output(name, network.Outputs);
    }

    /// <summary>Numbers for each input, as few as say the same: one, one for each channel, or one for each.</summary>
    private static string Pooled(OnnxFile file, string name, float[] values, int[] shape)
    {
        int channels = shape[^1];
        return values.All(value => value.Equals(values[0])) ? file.Constant(name, [values[0]], 1)
            : values.Where((value, i) => !value.Equals(values[i % channels])).Any() ? file.Constant(name, values, shape)
            : file.Constant(name, values[..channels], channels);
    }

    private static ModelMetadata MetadataOf(Network network, Shape sample)
    {
        int names = network.Notes.NameBytes == 0 ? 0 : network.Task == NetworkTask.Regression ? network.Outputs : network.ClassCount;
        byte[] features = new byte[network.Notes.FeatureBytes];
        network.Notes.CopyFeatures(features, 0);
        return new ModelMetadata
        {
            Task = network.Task,
            Loss = network.Loss,
            Names = [.. Enumerable.Range(0, names).Select(network.GetOutputName)],
            Columns = network.Notes.ColumnsChecksum,
            Features = features,
            Generation = network.Generation,
            HasTable = Enumerable.Range(0, network.LayerCount)
                .Any(i => network.GetLayer(i) is RecurrentLayer and not GruLayer { IsExact: true }),
            Shape = sample.Height * sample.Width > 1 ? sample : null,
        };
    }
}
