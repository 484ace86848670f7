using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Emulator.Boards;
using Tiny.Training.Evaluation;
using Tiny.Training.Kinds;
using Tiny.Training.Memory;
using Tiny.Training.Quantization;
using Tiny.Training.Records;

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
    private readonly BoardOption boardOption = new();

    internal static Command Create()
    {
        QuantizeCommand quantize = new();
        ExampleCommand command = new(
            "quantize",
            "Makes a model int8, and tells what that costs in accuracy and what a prediction takes before and after: large models take much less, small ones may take more. "
            + "Calibrates on the rows that were trained on and tries both models on the others, by the training record or a split; without either on all rows.",
            "tiny quantize digits.tiny --data digits.csv.gz --out digits8.tiny --board esp32",
            "tiny quantize digits.tiny --data digits.csv.gz --keep-float 1 --max-loss 0.5 --out digits8.tiny");
        command.Arguments.Add(quantize.model);
        command.Options.Add(quantize.data);
        command.Options.Add(quantize.output);
        quantize.quantizeOptions.AddTo(command);
        quantize.dataOptions.AddTo(command);
        quantize.boardOption.AddTo(command);
        command.Options.Add(quantize.json);
        command.SetWork(quantize.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(output)!;
        string modelPath = parsed.GetValue(model)!;
        RunFiles files = new RunFiles().ReadsModel("MODEL", modelPath).Reads(data.Name, parsed.GetValue(data)).WritesModel(output.Name, path);
        dataOptions.NameFiles(parsed, files);
        files.Check();
        RecordFile.CheckReplaceable(path);
        BoardProfile board = boardOption.Read(parsed);
        (byte[] blob, Network network) = ModelFile.Load(modelPath);
        Quantizer.CheckFloat(network);
        quantizeOptions.Check(parsed, network.LayerCount);
        TrainingRecord? record = RecordFile.Find(modelPath, blob);
        using TrainingRows rows = dataOptions.Load(parsed, modelPath, network, record, parsed.GetValue(data)!, cancel);
        if (CalibrationCheck.Check(network, rows.Schema, rows.Train, parsed.GetValue(data)!) is string odd)
        {
            Words.Warn(odd);
        }

        QuantizedModel quantized = quantizeOptions.Quantize(parsed, network, rows.ToCalibrate(), rows.ToTest(), cancel);
        InstructionChange instructions = InstructionChange.Count(blob, quantized.Blob, board);
        if (quantized.Missed is null)
        {
            RecordFile.Write(path, quantized.Blob, record is null ? null : RecordBuilder.Quantized(record, parsed, quantized, rows));
        }

        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("quantize");
            figures["before"] = Figures(quantized.Before, instructions.Before);
            figures["after"] = Figures(quantized.After, instructions.After);
            figures["board"] = board.Name;
            figures["rows"] = quantized.After.Rows;
            figures["int8_layers"] = ModelText.Layers(quantized.Network).Count(layer => DeskKinds.Of(layer).IsInt8);
            figures["blob_bytes_before"] = blob.Length;
            figures["blob_bytes"] = quantized.Blob.Length;
            figures["predict_ram"] = DeviceMemory.ToPredict(quantized.Network);
            Json.Print(figures);
        }
        else
        {
            Console.Out.Write(quantized.Report(blob.Length, network, instructions).ToLeftAligned());
        }

        Words.Say(quantized.Missed is null ? $"Wrote {path}." : $"{quantized.Missed} {path} was not written.");
        return quantized.Missed is null ? ExitCode.Done : ExitCode.ThresholdMissed;
    }

    private static JsonObject Figures(EvaluationResult result, long? instructions)
    {
        JsonObject figures = Json.Figures(result);
        figures["instructions"] = instructions;
        return figures;
    }
}
