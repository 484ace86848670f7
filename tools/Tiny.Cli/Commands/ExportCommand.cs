using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Export.CSharp;

namespace Tiny.Cli.Commands;

/// <summary>tiny export: the model as source for the device.</summary>
internal sealed class ExportCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Option<string> format = new("--format") { Description = "What to write: csharp, code that predicts, or bytes, the blob as an array", DefaultValueFactory = _ => "csharp", HelpName = "FORMAT" };
    private readonly Option<string> output = new("--out") { Description = "The folder to write into; it is made if it is not there", Required = true, HelpName = "DIR" };
    private readonly Option<string?> className = new("--class") { Description = "The class; default: the model file's name", HelpName = "NAME" };
    private readonly Option<string> namespaceName = new("--namespace") { Description = "Its namespace", DefaultValueFactory = _ => "Tiny.Models", HelpName = "NAME" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };

    internal static Command Create()
    {
        ExportCommand export = new();
        ExampleCommand command = new(
            "export",
            "Writes a model as C# source. csharp: code that predicts with nothing but mscorlib, the fastest way, without learning. bytes: the blob itself, for programs that carry it along.",
            "tiny export iris.tiny --format csharp --out Models",
            "tiny export gestures.tiny --format bytes --out Models",
            "tiny export digits8.tiny --format csharp --class Digits --namespace Meter.Models --out Models");
        command.Arguments.Add(export.model);
        command.Options.Add(export.format);
        command.Options.Add(export.output);
        command.Options.Add(export.className);
        command.Options.Add(export.namespaceName);
        command.Options.Add(export.json);
        command.SetWork(export.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        bool asBytes = parsed.GetValue(format) == "bytes";
        if (!asBytes && parsed.GetValue(format) != "csharp")
        {
            throw new UsageException($"--format {parsed.GetValue(format)}: expected csharp or bytes.");
        }

        string path = parsed.GetValue(model)!;
        string folder = parsed.GetValue(output)!;
        string name = parsed.GetValue(className) ?? NameOf(path);
        string file = Path.Combine(folder, $"{name}.cs");
        new RunFiles().ReadsModel("MODEL", path).WritesInto(output.Name, folder, $"{name}.cs").Check();
        OutputFile.CheckOurs(file, "tiny export", "Name another class with --class, or remove the file");
        (byte[] blob, Network network) = ModelFile.Load(path);
        string space = parsed.GetValue(namespaceName)!;
        string source = asBytes ? BlobSource.Export(blob, network, space, name) : CSharpExporter.Export(network, space, name);
        OutputFile.MakeFolder(folder);
        OutputFile.WriteText(file, source);
        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("export");
            figures["files"] = Json.Strings([file]);
            Json.Print(figures);
        }
        else
        {
            Console.Out.WriteLine(file);
        }

        Words.Say($"Add it to the project, and call {(asBytes ? $"Network.FromBlob({space}.{name}.Blob())" : $"{space}.{name}.Predict(inputs, outputs)")}.");
        return ExitCode.Done;
    }

    /// <summary>"my-iris.tiny" becomes MyIris.</summary>
    private static string NameOf(string path)
    {
        StringBuilder name = new();
        bool upper = true;
        foreach (char c in Path.GetFileNameWithoutExtension(path))
        {
            if (char.IsLetterOrDigit(c))
            {
                name.Append(upper ? char.ToUpperInvariant(c) : c);
            }

            upper = !char.IsLetterOrDigit(c);
        }

        return name.Length == 0 || char.IsDigit(name[0]) ? "Model" + name : name.ToString();
    }
}
