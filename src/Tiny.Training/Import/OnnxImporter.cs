using Tiny.Training.Files;
using Tiny.Training.Import.Matching;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Import.Reference;

namespace Tiny.Training.Import;

/// <summary>Makes models of ONNX files.</summary>
/// <example>
/// <code>
/// ImportedModel model = OnnxImporter.Import("model.onnx");
/// ImportCheck check = model.Check(model.DrawRows());
/// bool isSame = check.Passed;                                // the same answers as the graph's
/// File.WriteAllBytes("model.tiny", model.ToBlob());
/// </code>
/// </example>
public static class OnnxImporter
{
    private const int MostBytes = int.MaxValue - (1 << 20); // protobuf has no larger messages
    private const int StartBytes = 512;

    /// <summary>Imports a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What it does not say of itself.</param>
    /// <exception cref="ImportException">It is no ONNX model, is damaged, or has something that has no equal here.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ImportedModel Import(string path, ImportOptions? options = null)
    {
        byte[] start = InputFile.ReadStart(path, StartBytes);
        if (ForeignModel.Advice(path, start) is string advice)
        {
            throw new ImportException($"{path}: {advice}");
        }

        if (!OnnxReader.LooksLikeModel(start))
        {
            throw new ImportException($"{path}: this is no ONNX model: it does not begin as one.");
        }

        long length = new FileInfo(path).Length;
        if (length > MostBytes)
        {
            throw new ImportException($"{path}: {length:#,0} bytes; an ONNX file has at most {MostBytes:#,0}.");
        }

        try
        {
            return Import(File.ReadAllBytes(path), options, Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (ImportException error)
        {
            throw new ImportException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Imports the bytes of a file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="options">What they do not say of themselves.</param>
    /// <param name="folder">Where files are in which the model has its weights; null: it has them all in itself.</param>
    /// <exception cref="ImportException">They are no ONNX model, are damaged, or have something that has no equal here.</exception>
    /// <exception cref="ArgumentNullException">There are no bytes.</exception>
    public static ImportedModel Import(byte[] file, ImportOptions? options = null, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= new ImportOptions();
        ImportNotes notes = new();
        OnnxModel model = OnnxReader.Read(file, folder);
        GraphChecks.Check(model, whole: options.Output is null);
        if (model.ConvertedFrom is string type)
        {
            notes.Remark($"Weights were {type}; the model computes in float32.");
        }

        ScikitLearn.Rewrite(model);
        GraphChecks.JoinSwish(model);
        GraphChecks.PickLastStates(model);
        GraphEnd end = GraphEnd.Of(model, options.Output, notes);
        List<OnnxNode> whole = GraphOrder.Of(model, end.Name);
        bool scales = end.Scaling is not null && options.Labels.Count == 0 && end.Labels.Count == 0
            && options.Task is null or Core.NetworkTask.Regression;
        model.Nodes = scales ? GraphOrder.Of(model, end.Scaling!.Value.Name) : whole;
        GraphStart start = GraphStart.Of(model, notes);
        model.Inputs.RemoveAll(input => input.Name != start.Input.Name);
        Sample sample = new(start.Shape);
        Matcher matcher = new(model, sample, start.Batch, notes);
        (Flow output, List<Draft> drafts) = matcher.Run(scales ? end.Scaling!.Value.Name : end.Name);
        ModelHead head = ModelHead.Of(model, end, options, matcher, output, drafts, notes);
        ModelBuilder builder = new(
            options, sample, drafts, head, notes)
        { Scaling = scales ? (end.Scaling!.Value.Factor, end.Scaling.Value.Summand) : null };
        Core.Network network = builder.Build(model);
        ReferenceGraph reference = new(whole, matcher.Constants, start, end.Name, head.Added);
        return new ImportedModel(
            network, reference, builder, output, notes)
        { Producer = model.Producer, Opset = model.Opsets.GetValueOrDefault("", 1) };
    }
}
