using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Training.Import;
using Tiny.Training.Kinds;

namespace Tiny.Cli.Commands;

/// <summary>tiny import: a model of another framework, by way of ONNX.</summary>
internal sealed class ImportCommand
{
    private const double NearlyExact = 1e-5;

    private readonly Argument<string> model = new("MODEL") { Description = "An ONNX file" };
    private readonly Option<string> output = new("--out") { Description = "The model file to write", Required = true, HelpName = "FILE" };
    private readonly Option<bool> verbose = new("--verbose") { Description = "Say what each node was converted to" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly ImportModelOptions modelOptions = new();
    private readonly ImportDataOptions dataOptions = new();

    internal static Command Create()
    {
        ImportCommand import = new();
        ExampleCommand command = new(
            "import",
            "Converts an ONNX file, as PyTorch, Keras and scikit-learn write it, and compares the model's outputs with the graph's, node "
                + "by node. Operators that are not supported are refused by name. The model can learn and be quantized like any other.",
            "tiny import wand.onnx --labels wing,ring,slope,negative,idle --out wand.tiny",
            "tiny import mnist.onnx --labels digits.txt --mean 33.3 --deviation 78.6 --check t10k-images-idx3-ubyte.gz --out mnist.tiny",
            "tiny import mnist.onnx --weights int8 --calibrate t10k-images-idx3-ubyte.gz --out mnist8.tiny");
        command.Arguments.Add(import.model);
        command.Options.Add(import.output);
        import.modelOptions.AddTo(command);
        import.dataOptions.AddTo(command);
        command.Options.Add(import.verbose);
        command.Options.Add(import.json);
        command.SetWork(import.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(model)!;
        string to = parsed.GetValue(output)!;
        RunFiles files = new RunFiles().Reads("MODEL", path).Writes(output.Name, to);
        dataOptions.NameFiles(parsed, files);
        files.Check();
        dataOptions.Check(parsed);
        ImportedModel imported = Import(parsed, path);
        cancel.ThrowIfCancellationRequested();
        if (parsed.GetValue(verbose))
        {
            imported.Steps.ToList().ForEach(Words.Say);
        }

        imported.Remarks.ToList().ForEach(remark => Words.Say($"note: {remark}"));
        ImportCheck check = dataOptions.Compare(parsed, imported, cancel);
        if (!check.Passed)
        {
            throw new ModelException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: the imported model answers otherwise than the graph, "
                    + $"by {check.MaxDifference:G3} where the largest output is {check.LargestOutput:G3}: ")
                + $"weights are of such sizes that float32 does not hold, or there is a mistake in the import. {to} was not written.");
        }

        (byte[] blob, string? int8) = dataOptions.IsInt8(parsed)
            ? dataOptions.Quantize(parsed, imported.Network, cancel) : (imported.ToBlob(), null);
        RecordFile.CheckReplaceable(to);
        RecordFile.Write(to, blob, null);
        Show(parsed, imported, check, Network.FromBlob(blob), blob.Length, int8);
        Words.Say($"Wrote {to}.");
        return ExitCode.Done;
    }

    private ImportedModel Import(ParseResult parsed, string path)
    {
        try
        {
            return OnnxImporter.Import(path, modelOptions.Read(parsed));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"{path}: no such file.");
        }
        catch (Exception error) when (Training.Files.FileFault.Is(error))
        {
            throw new ModelException($"{path}: cannot be "
                + $"read: {(Directory.Exists(path) ? "it is a folder" : Training.Files.FileFault.Reason(error))}.");
        }
    }

    private void Show(ParseResult parsed, ImportedModel imported, ImportCheck check, Network network, int bytes, string? int8)
    {
        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("import");
            figures["layers"] = network.LayerCount;
            figures["parameters"] = network.ParameterCount;
            figures["max_difference"] = Json.Number(check.MaxDifference);
            figures["largest_output"] = Json.Number(check.LargestOutput);
            figures["rows"] = check.Rows;
            figures["inputs"] = network.Inputs;
            figures["outputs"] = network.Outputs;
            figures["task"] = ModelText.Task(network.Task);
            figures["classes"] = Json.Strings(network.Task == NetworkTask.Classification ? ModelText.OutputNames(network) : []);
            figures["weights"] = DeskKinds.HaveInt8(network) ? "int8" : "float32";
            figures["blob_bytes"] = bytes;
            figures["producer"] = imported.Producer;
            figures["opset"] = imported.Opset;
            figures["notes"] = Json.Strings(imported.Remarks);
            Json.Print(figures);
            return;
        }

        TextTable table = new();
        table.Add("from", $"{(imported.Producer.Length > 0 ? $"{imported.Producer}, " : "")}opset {imported.Opset}");
        table.Add("network", ModelText.Shape(network));
        table.Add("layers", $"{Format.Count(network.LayerCount)}, {Format.Count(network.ParameterCount, "parameter")}: "
            + $"{string.Join(" ", ModelText.Layers(network).Select(layer => DeskKinds.Of(layer).Name))}");
        table.Add("largest difference", string.Create(
            CultureInfo.InvariantCulture,
                $"{check.MaxDifference:G3} where the largest output "
                    + $"is {check.LargestOutput:G3}, "
                    + $"over {Format.Count(check.Rows, "row")}"
                    + $"{(check.Relative > NearlyExact && imported.UsesTable ? ", from the table of sigmoid and tanh" : "")}"));
        if (int8 is not null)
        {
            table.Add("int8", int8);
        }

        table.Add("blob", Format.Bytes(bytes));
        Console.Out.Write(table.ToLeftAligned());
    }
}
