using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.Export;

namespace Tiny.Cli.Commands;

/// <summary>tiny train: from a data file to a blob.</summary>
internal sealed class TrainCommand
{
    private readonly Argument<string> data = new("DATA") { Description = "A CSV or IDX file, plain or gzip" };
    private readonly Option<string> output = new("--out") { Description = "The model file to write", Required = true, HelpName = "FILE" };
    private readonly Option<string?> testFile = new("--test") { Description = "A data file of its own to test on", HelpName = "FILE" };
    private readonly Option<string?> testLabels = new("--test-labels") { Description = "The IDX file of its labels", HelpName = "FILE" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly DataOptions dataOptions = new();
    private readonly SplitOptions splitOptions = new();
    private readonly TrainOptions trainOptions = new();
    private readonly QuantizeOptions quantizeOptions = new();
    private readonly ThresholdOptions thresholds = new();

    internal static Command Create()
    {
        TrainCommand train = new();
        ExampleCommand command = new(
            "train",
            "Trains a network on a data file and writes the model for the device.",
            "tiny train iris.csv --label species --out iris.tiny",
            "tiny train digits.csv.gz --no-header --layers 32 --test-every 5 --out digits.tiny",
            "tiny train air.csv --label 'C6H6(GT)' --inputs 'PT08.S1(CO),T,RH,AH' --missing -200 --test-last 20% --out air.tiny",
            "tiny train train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz --layers 32 --out mnist.tiny");
        command.Arguments.Add(train.data);
        command.Options.Add(train.output);
        train.dataOptions.AddTo(command);
        command.Options.Add(train.testFile);
        command.Options.Add(train.testLabels);
        train.splitOptions.AddTo(command);
        train.trainOptions.AddTo(command);
        train.quantizeOptions.AddTo(command);
        train.thresholds.AddTo(command);
        command.Options.Add(train.json);
        command.SetWork(train.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        TrainingOptions options = trainOptions.Read(parsed);
        string path = parsed.GetValue(output)!;
        bool quiet = parsed.GetValue(json);
        bool int8 = trainOptions.Int8(parsed);
        if (!int8 && quantizeOptions.Given(parsed))
        {
            throw new UsageException("--keep-float and --max-loss go with --weights int8.");
        }

        OutputFile.CheckWritable(path);
        (Dataset dataset, DataSplit split) = Load(parsed, options.Seed);
        thresholds.CheckFor(parsed, dataset.Task);
        Trainer trainer = new(dataset, split.Train, options);
        Notes.OfConstantColumns(dataset, trainer.ConstantColumns);
        Words.Say($"{parsed.GetValue(data)}: {Describe(dataset, split)}");
        TrainingResult result = TrainingProgress.Show(quiet, progress => trainer.Run(split.Test, progress, cancel));
        cancel.ThrowIfCancellationRequested();

        int[] tested = split.Test.Length > 0 ? split.Test : split.Train;
        Network network = BlobExporter.ToNetwork(result.Model);
        byte[] blob = BlobWriter.ToArray(network);
        QuantizedModel? quantized = int8 ? quantizeOptions.Quantize(parsed, network, dataset, split.Train, tested, cancel) : null;
        blob = quantized?.Blob ?? blob;
        network = Network.FromBlob(blob);
        EvaluationResult core = CoreEvaluation.Evaluate(network, dataset, tested, cancel);
        string? missed = thresholds.Missed(parsed, quantized?.After ?? result.Test ?? result.Train) ?? quantized?.Missed;
        if (missed is null)
        {
            OutputFile.Write(path, blob);
        }

        if (quiet)
        {
            Json.Print(ToJson(network, blob, result, core));
        }
        else
        {
            Console.Out.Write(Report(network, blob, result, core));
        }

        Words.Say(missed is null ? $"Wrote {path}." : $"{missed} {path} was not written.");
        return missed is null ? ExitCode.Done : ExitCode.ThresholdMissed;
    }

    private (Dataset Data, DataSplit Split) Load(ParseResult parsed, int seed)
    {
        string path = parsed.GetValue(data)!;
        DatasetFile file = Read(parsed, path, dataOptions.Labels(parsed), "--labels", null);
        Notes.Of(file);
        if (parsed.GetValue(testFile) is not string testPath)
        {
            return parsed.GetValue(testLabels) is null
                ? (file.Data, splitOptions.Split(parsed, file.Data, seed))
                : throw new UsageException("--test-labels goes with --test.");
        }

        if (splitOptions.Given(parsed))
        {
            throw new UsageException("--test and a split exclude each other: give one of them.");
        }

        DatasetFile test = Read(parsed, testPath, parsed.GetValue(testLabels), "--test-labels", file.Data);
        Notes.Of(test);
        int rows = file.Data.Rows;
        return (Join(file, test), new DataSplit([.. Enumerable.Range(0, rows)], [.. Enumerable.Range(rows, test.Data.Rows)]));
    }

    private DatasetFile Read(ParseResult parsed, string path, string? labelsPath, string labelsOption, Dataset? like)
    {
        if (DataFile.IsIdx(path))
        {
            dataOptions.CheckFor(parsed, path, isIdx: true, labelled: false);
            return DatasetFile.ReadIdx(path, labelsPath ?? throw new UsageException($"{path} is an IDX file: name the file of its labels with {labelsOption}."));
        }

        dataOptions.CheckFor(parsed, path, isIdx: false, labelled: false);
        CsvOptions options = dataOptions.ToCsv(parsed, like?.Task ?? trainOptions.Task(parsed));
        return DatasetFile.ReadCsv(path, like is { Task: NetworkTask.Classification } ? options with { ClassNames = like.OutputNames } : options);
    }

    private static Dataset Join(DatasetFile train, DatasetFile test)
    {
        if (test.Data.ColumnCount != train.Data.ColumnCount)
        {
            throw new DataException($"{test.Path}: has {test.Data.ColumnCount} inputs, but {train.Path} has {train.Data.ColumnCount}.");
        }

        if (test.Data.Columns.Checksum != train.Data.Columns.Checksum)
        {
            throw new DataException($"{test.Path}: its columns are not named as those of {train.Path}, or stand in another order.");
        }

        return test.Data.OutputNames.Count <= train.Data.OutputNames.Count
            ? train.Data.Append(test.Data)
            : throw new DataException($"{test.Path}: has labels up to {test.Data.OutputNames.Count - 1}, but {train.Path} only up to {train.Data.OutputNames.Count - 1}.");
    }

    private static string Describe(Dataset data, DataSplit split)
    {
        string answer = data.Task == NetworkTask.Classification
            ? Format.Count(data.OutputNames.Count, "class")
            : $"regression of {data.OutputNames[0]}";
        return $"{Format.Count(split.Train.Length, "row")} to train on, {Format.Count(split.Test.Length)} to test on; "
            + $"{Format.Count(data.ColumnCount, "input")}; {answer}";
    }

    private static string Report(Network network, byte[] blob, TrainingResult result, EvaluationResult core)
    {
        TextTable table = new();
        table.Add("network", ModelText.Shape(network));
        table.Add("training", $"{Format.Count(result.Epochs, "epoch")} in {result.Seconds:0.0} s");
        table.Add("train", Format.Result(result.Train));
        table.Add("test", result.Test is null ? "none (keep rows with --test-every, --test-last or --split)" : Format.Result(result.Test));
        table.Add(network.InputForm != InputForm.Values ? "int8 blob" : "blob", $"{Format.Result(core)}, answered by Tiny.Core as the device will");
        table.Add("device", $"{Format.Count(network.ParameterCount, "parameter")}, blob {Format.Bytes(blob.Length)}, "
            + $"RAM {Format.Bytes(DeviceMemory.ToPredict(network))} to predict, {ModelText.RamToLearn(network)}");
        return table.ToLeftAligned();
    }

    private static JsonObject ToJson(Network network, byte[] blob, TrainingResult result, EvaluationResult core)
    {
        JsonObject figures = Json.Begin("train");
        figures["parameters"] = network.ParameterCount;
        figures["blob_bytes"] = blob.Length;
        figures["predict_ram"] = DeviceMemory.ToPredict(network);
        figures["learn_ram"] = DeviceMemory.ToLearn(network);
        figures["epochs"] = result.Epochs;
        figures["seconds"] = result.Seconds;
        figures["train"] = Json.Figures(result.Train);
        figures["test"] = result.Test is null ? null : Json.Figures(result.Test);
        figures["core"] = Json.Figures(core);
        return figures;
    }
}
