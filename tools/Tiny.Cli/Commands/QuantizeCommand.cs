using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;

namespace Tiny.Cli.Commands;

/// <summary>tiny quantize: from a float32 model to an int8 one, and what that costs.</summary>
internal sealed class QuantizeCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A float32 model file" };
    private readonly Option<string> data = new("--data") { Description = "A CSV or IDX file like what the model will see, with the right answers", Required = true, HelpName = "FILE" };
    private readonly Option<string> output = new("--out") { Description = "The model file to write", Required = true, HelpName = "FILE" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly ModelDataOptions dataOptions = new();
    private readonly QuantizeOptions quantizeOptions = new();

    internal static Command Create()
    {
        QuantizeCommand quantize = new();
        ExampleCommand command = new(
            "quantize",
            "Makes a model int8: a quarter of the size, a third of the instructions. Calibrates on the data, or with a split on its training rows, and tells what it costs on the rest.",
            "tiny quantize digits.tiny --data digits.csv.gz --no-header --test-every 5 --out digits8.tiny",
            "tiny quantize digits.tiny --data digits.csv.gz --no-header --keep-float 1 --max-loss 0.5 --out digits8.tiny");
        command.Arguments.Add(quantize.model);
        command.Options.Add(quantize.data);
        command.Options.Add(quantize.output);
        quantize.quantizeOptions.AddTo(command);
        quantize.dataOptions.AddTo(command);
        command.Options.Add(quantize.json);
        command.SetWork(quantize.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(output)!;
        RunFiles files = new RunFiles().ReadsModel("MODEL", parsed.GetValue(model)).Reads(data.Name, parsed.GetValue(data)).WritesModel(output.Name, path);
        dataOptions.NameFiles(parsed, files);
        files.Check();
        (byte[] blob, Network network) = ModelFile.Load(parsed.GetValue(model)!);
        quantizeOptions.Check(parsed, network.LayerCount);
        using TrainingRows rows = dataOptions.Load(parsed, network, parsed.GetValue(data)!, cancel);
        QuantizedModel quantized = quantizeOptions.Quantize(parsed, network, rows.ToCalibrate(), rows.ToTest(), cancel);
        if (quantized.Missed is null)
        {
            OutputFile.Write(path, quantized.Blob);
        }

        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("quantize");
            figures["before"] = Json.Figures(quantized.Before);
            figures["after"] = Json.Figures(quantized.After);
            figures["rows"] = quantized.After.Rows;
            figures["int8_layers"] = ModelText.Layers(quantized.Network).Count(layer => layer.WeightFormat == Core.Layers.WeightFormat.Int8);
            figures["blob_bytes_before"] = blob.Length;
            figures["blob_bytes"] = quantized.Blob.Length;
            figures["predict_ram"] = DeviceMemory.ToPredict(quantized.Network);
            Json.Print(figures);
        }
        else
        {
            Console.Out.Write(quantized.Report(blob.Length, network).ToLeftAligned());
        }

        Words.Say(quantized.Missed is null ? $"Wrote {path}." : $"{quantized.Missed} {path} was not written.");
        return quantized.Missed is null ? ExitCode.Done : ExitCode.ThresholdMissed;
    }
}
