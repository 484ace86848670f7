using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Desk;
using Tiny.FewLabels;
using Tiny.Training.Anomaly;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Export.Onnx;

namespace Tiny.Cli.Commands;

/// <summary>tiny export: the model as source for the device.</summary>
internal sealed class ExportCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Option<string> format =
        new("--format")
        {
            Description = "What to write: csharp, code that predicts; bytes, the blob as an array; onnx, for phones, "
        + "services and browsers; or deploy, what puts the blob on a board",
            DefaultValueFactory = _ => "csharp",
            HelpName = "FORMAT"
        };
    private readonly Option<string> output =
        new("--out") { Description = "The folder to write into; it is made if it is not there", Required = true, HelpName = "DIR" };
    private readonly Option<string?> className =
        new("--class") { Description = "The class; default: the model file's name", HelpName = "NAME" };
    private readonly Option<string> namespaceName =
        new("--namespace") { Description = "Its namespace", DefaultValueFactory = _ => "Tiny.Models", HelpName = "NAME" };
    private readonly Option<bool> force =
        new("--force") { Description = "Write over a file of that name even if tiny export has not written it" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly DeployExport deploy = new();

    internal static Command Create()
    {
        ExportCommand export = new();
        ExampleCommand command = new(
            "export",
            "Writes a model as C# source, as ONNX, or for a board's file system. csharp: code that predicts with nothing but mscorlib, "
                + "the fastest way, without learning. bytes: the blob itself, for programs that carry it along. onnx: a float32 model as "
                + "an ONNX file, --out being the file or its folder. deploy: the blob, nanoff's list of files and what to run.",
            "tiny export iris.tiny --format csharp --out Models",
            "tiny export gestures.tiny --format bytes --out Models",
            "tiny export iris.tiny --format onnx --out iris.onnx",
            "tiny export gestures.tiny --format deploy --serial-port COM3 --out board",
            "tiny export digits8.tiny --format csharp --class Digits --namespace Meter.Models --out Models");
        command.Arguments.Add(export.model);
        command.Options.Add(export.format);
        command.Options.Add(export.output);
        command.Options.Add(export.className);
        command.Options.Add(export.namespaceName);
        export.deploy.AddTo(command);
        command.Options.Add(export.force);
        command.Options.Add(export.json);
        command.SetWork(export.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string name = parsed.GetValue(format)!;
        if (name == "deploy")
        {
            Show(parsed, deploy.Run(parsed, parsed.GetValue(model)!, parsed.GetValue(output)!, parsed.GetValue(force)));
            return ExitCode.Done;
        }

        deploy.RefuseFor(parsed, name);
        return name switch
        {
            "onnx" => RunOnnx(parsed),
            "bytes" or "csharp" => RunSource(parsed),
            _ => throw new UsageException($"--format {name}: expected csharp, bytes, onnx or deploy."),
        };
    }

    private int RunSource(ParseResult parsed)
    {
        bool asBytes = parsed.GetValue(format) == "bytes";
        string path = parsed.GetValue(model)!;
        (byte[] blob, Network network) = ModelFile.Load(path);
        if (!asBytes)
        {
            StreamRefusal.Check(path, network, "Source computes windows: train without --stream for it, or export --format bytes.");
        }

        AnomalyModel? detector = AnomalyModel.Of(blob);
        ClassSource source = asBytes
            ? BlobSource.Of(blob, network) : CSharpExporter.Of(network, detector is { IsAutoencoder: false } ? detector.Threshold : null);
        string space = parsed.GetValue(namespaceName)!;
        string name = parsed.GetValue(className) ?? source.NameFor(path, space);
        string text = Named(source, space, name);
        string folder = parsed.GetValue(output)!;
        string file = Path.Combine(folder, $"{name}.cs");
        new RunFiles().ReadsModel("MODEL", path).WritesInto(output.Name, folder, $"{name}.cs").Check();
        if (!parsed.GetValue(force))
        {
            OutputFile.CheckOurs(file, ClassSource.Mark,
                "Name another folder with --out or another class with --class, or write over it with --force");
        }

        OutputFile.MakeFolder(folder);
        OutputFile.WriteText(file, text);
        Show(parsed, [file]);
        if (!asBytes && (detector is { IsAutoencoder: true } || BlobExtras.Find(blob, PrototypeSection.Tag) is not null))
        {
            Words.Say("note: the source predicts and no "
                + $"more; {(detector is null ? "class means stay" : "the detector's threshold stays")} in the blob: --format bytes keeps "
                + "all of it.");
        }

        Words.Say("Add it to the project, and "
            + $"call {(asBytes ? $"Network.FromBlob({space}.{name}.Blob())" : $"{space}.{name}.Predict(inputs, outputs)")}.");
        return ExitCode.Done;
    }

    private int RunOnnx(ParseResult parsed)
    {
        string path = parsed.GetValue(model)!;
        string to = parsed.GetValue(output)!;
        string file = Path.GetExtension(to) == ".onnx" ? to : Path.Combine(to, Path.ChangeExtension(Path.GetFileName(path), ".onnx"));
        (byte[] blob, Network network) = ModelFile.Load(path);
        StreamRefusal.Check(path, network, "Train without --stream for an ONNX model of its windows.");
        byte[] bytes = OnnxExporter.Export(network);
        new RunFiles().ReadsModel("MODEL", path).WritesInto(output.Name, Path.GetDirectoryName(file)!, Path.GetFileName(file)).Check();
        if (!parsed.GetValue(force))
        {
            OutputFile.CheckOurs(file, OnnxExporter.Mark, "Name another file with --out, or write over it with --force");
        }

        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
        {
            OutputFile.MakeFolder(folder);
        }

        OutputFile.Write(file, bytes);
        Show(parsed, [file]);
        if ((blob[BlobFormat.SectionsAt] & BlobFormat.HasExtras) != 0)
        {
            Words.Warn("What other libraries keep beside the network, such as class means or an alarm's threshold, has no place in ONNX "
                + "and was left out.");
        }

        return ExitCode.Done;
    }

    private void Show(ParseResult parsed, IReadOnlyList<string> files)
    {
        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("export");
            figures["files"] = Json.Strings(files);
            Json.Print(figures);
        }
        else
        {
            foreach (string file in files)
            {
                Console.Out.WriteLine(file);
            }
        }
    }

    private static string Named(ClassSource source, string space, string name)
    {
        try
        {
            return source.Named(space, name);
        }
        catch (ExportNameException error)
        {
            throw new UsageException($"--namespace {space} --class {name}: {error.Message}");
        }
    }
}
