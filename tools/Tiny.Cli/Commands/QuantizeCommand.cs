using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Emulator.Boards;
using Tiny.FewLabels;
using Tiny.Training.Anomaly;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.FewLabels;
using Tiny.Training.Kinds;
using Tiny.Training.Memory;
using Tiny.Training.Quantization;
using Tiny.Training.Records;

namespace Tiny.Cli.Commands;

/// <summary>tiny quantize: from a float32 model to an int8 one, and what that costs.</summary>
internal sealed class QuantizeCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A float32 model file" };
    private readonly Option<string> data = new("--data")
    {
        Description = "A CSV or IDX file with labels, like the data the model will see",
        Required = true,
        HelpName = "FILE"
    };
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
            "Quantizes a model to int8 and compares both: accuracy, size, and the cost of a prediction. Large models become much faster, "
                + "small ones may become slower. Calibrates on the training rows and evaluates on the test rows, by the training record "
                + "or a split; without either on all rows.",
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
        RunFiles files = new RunFiles().ReadsModel("MODEL", modelPath).Reads(data.Name, parsed.GetValue(data))
            .WritesModel(output.Name, path);
        dataOptions.NameFiles(parsed, files);
        files.Check();
        RecordFile.CheckReplaceable(path);
        BoardProfile board = boardOption.Read(parsed);
        (byte[] blob, Network network) = ModelFile.Load(modelPath);
        StreamRefusal.Check(modelPath, network, "Quantize in training: tiny train --stream --weights int8.");
        Quantizer.CheckFloat(network);
        quantizeOptions.Check(parsed, network.LayerCount);
        TrainingRecord? record = RecordFile.Find(modelPath, blob);
        if (AnomalyModel.Of(blob) is AnomalyModel detector)
        {
            return RunAnomaly(parsed, modelPath, path, detector, record, board, cancel);
        }

        using TrainingRows rows = dataOptions.Load(parsed, modelPath, network, record, parsed.GetValue(data)!, cancel);
        if (CalibrationCheck.Check(network, rows.Schema, rows.Train, parsed.GetValue(data)!) is string odd)
        {
            Words.Warn(odd);
        }

        QuantizedModel quantized = quantizeOptions.Quantize(parsed, network, rows.ToCalibrate(), rows.ToTest(), cancel);
        if (BlobExtras.Find(blob, PrototypeSection.Tag) is not null)
        {
            quantized = WithMeans(quantized, rows, cancel);
        }

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

    /// <summary>The class means of the int8 model's own features, where its last layer gives them.</summary>
    private static QuantizedModel WithMeans(QuantizedModel quantized, TrainingRows rows, CancellationToken cancel)
    {
        if (!quantized.Network.CanLearn())
        {
            Words.Warn("The model's class means are left out, as an int8 layer gives no features. Keep the last layer: --keep-float 1.");
            return quantized;
        }

        return quantized with { Blob = ClassMeansRecord.AddTo(quantized.Blob, rows.Schema, rows.Train, cancel) };
    }

    private int RunAnomaly(ParseResult parsed, string modelPath, string path, AnomalyModel model, TrainingRecord? record,
        BoardProfile board, CancellationToken cancel)
    {
        using TrainingRows rows =
            dataOptions.Load(parsed, modelPath, model.Network, record, parsed.GetValue(data)!, cancel, anyClasses: true);
        IReadOnlyList<string> classes = rows.Schema.OutputNames;
        bool[] isNormal = [.. classes.Select(name => model.Normal.Count == 0 || model.Normal.Contains(name))];
        float[][] normal = [.. AnomalyText.Rows(rows.Train, rows.Schema.ColumnCount, cancel).Where(row => isNormal[row.Answer])
            .Select(row => row.Row)];
        Dataset calibration = Dataset.ForClassification(
            [.. normal.SelectMany(row => row)], rows.Schema.Columns, new int[normal.Length], ["normal"]);
        AnomalyModel quantized = AnomalyTrainer.Quantize(model, calibration, quantizeOptions.KeepFloat(parsed));
        (float[] Row, bool IsNormal)[] tried =
            [.. AnomalyText.Rows(rows.ToTest(), rows.Schema.ColumnCount, cancel).Select(row => (row.Row, isNormal[row.Answer]))];
        (AnomalyResult before, AnomalyResult after) = (AnomalyResult.Of(model, tried), AnomalyResult.Of(quantized, tried));
        InstructionChange instructions = InstructionChange.Count(model.Blob, quantized.Blob, board);
        RecordFile.Write(path, quantized.Blob, record is null ? null : record with { Model = RecordedModel.Of(quantized.Blob) });
        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("quantize");
            (figures["before"], figures["after"]) = (AnomalyText.ToJson(before), AnomalyText.ToJson(after));
            (figures["before"]!["instructions"], figures["after"]!["instructions"]) = (instructions.Before, instructions.After);
            figures["board"] = board.Name;
            figures["threshold"] = quantized.Threshold;
            figures["blob_bytes_before"] = model.Blob.Length;
            figures["blob_bytes"] = quantized.Blob.Length;
            figures["predict_ram"] = DeviceMemory.ToPredict(quantized.Network);
            Json.Print(figures);
        }
        else
        {
            TextTable table = new();
            table.Add("float32", AnomalyText.Describe(before));
            table.Add("int8", AnomalyText.Describe(after));
            table.Add("a prediction", instructions.ToString());
            table.Add("blob", $"{Format.Bytes(model.Blob.Length)}, now {Format.Bytes(quantized.Blob.Length)}");
            table.Add("RAM to predict",
                $"{Format.Bytes(DeviceMemory.ToPredict(model.Network))}, now {Format.Bytes(DeviceMemory.ToPredict(quantized.Network))}");
            Console.Out.Write(table.ToLeftAligned());
        }

        Words.Say($"Wrote {path}.");
        return ExitCode.Done;
    }

    private static JsonObject Figures(EvaluationResult result, long? instructions)
    {
        JsonObject figures = Json.Figures(result);
        figures["instructions"] = instructions;
        return figures;
    }
}
