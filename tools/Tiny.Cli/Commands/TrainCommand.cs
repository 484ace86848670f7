// Over 300 lines: the command from its options to what it prints, in the order of a run.
using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Cli.Report;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Features;
using Tiny.Saving;
using Tiny.Training;
using Tiny.Training.Anomaly;
using Tiny.Training.Baselines;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;
using Tiny.Training.Export;
using Tiny.Training.FewLabels;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;
using Tiny.Training.Memory;
using Tiny.Training.Records;

namespace Tiny.Cli.Commands;

/// <summary>tiny train: from a data file to a blob.</summary>
internal sealed class TrainCommand
{
    private readonly Argument<string> data = new("DATA") { Description = "A CSV or IDX file, plain or gzip" };
    private readonly Option<string> output = new("--out") { Description = "The model file to write", Required = true, HelpName = "FILE" };
    private readonly Option<string?> report =
        new("--report") { Description = "Write an HTML report too, as tiny report does", HelpName = "FILE" };
    private readonly Option<string?> history =
        new("--history") { Description = "Write the loss of every epoch as CSV, for tiny report --history", HelpName = "FILE" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly TrainingDataOptions dataOptions = new();
    private readonly TrainOptions trainOptions = new();
    private readonly CheckpointOptions checkpointOptions = new();
    private readonly QuantizeOptions quantizeOptions = new();
    private readonly ThresholdOptions thresholds = new();
    private readonly AnomalyTrainOptions anomalyOptions = new();
    private readonly BackgroundOption background = new();

    internal static Command Create() => Make().Command;

    /// <summary>The command, and what does its work.</summary>
    internal static (Command Command, TrainCommand Train) Make()
    {
        TrainCommand train = new();
        ExampleCommand command = new(
            "train",
            "Trains a network on a data file and writes the model for the device.",
            "tiny train iris.csv --label species --out iris.tiny",
            "tiny train digits.csv.gz --no-header --layers 32 --test-every 5 --out digits.tiny",
            "tiny train air.csv --label 'C6H6(GT)' --inputs 'PT08.S1(CO),T,RH,AH' --missing -200 --test-last 20% --out air.tiny",
            "tiny train train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz --layers 32 --out mnist.tiny",
            "tiny train har.csv --group file --label activity --channels x,y,z --window 200 --hop 100 --test-every 4 --out har.tiny",
            "tiny train pump.csv --task anomaly --normal ok --label state --test-every 5 --out pump.tiny",
            "tiny train gestures.csv --group file --label gesture --window 50 --rate 50 --layers gru:16 --stream --test-every 4 --out "
                + "gestures.tiny",
            "tiny train big.csv --split 0.1 --out big.tiny --checkpoint big.checkpoint --resume");
        command.Arguments.Add(train.data);
        command.Options.Add(train.output);
        train.dataOptions.AddTo(command);
        train.trainOptions.AddTo(command);
        train.checkpointOptions.AddTo(command);
        train.quantizeOptions.AddTo(command);
        train.thresholds.AddTo(command);
        train.anomalyOptions.AddTo(command);
        command.Options.Add(StreamOption.Option);
        command.Options.Add(train.background.Option);
        command.Options.Add(train.report);
        command.Options.Add(train.history);
        command.Options.Add(train.json);
        command.SetWork(train.Run);
        return (command, train);
    }

    /// <summary>Reads options and data as a run would, and trains nothing: for whoever is about to start many runs.</summary>
    /// <exception cref="UsageException">An option is wrong.</exception>
    /// <exception cref="DataException">The data cannot be used.</exception>
    internal DataSchema Check(ParseResult parsed, CancellationToken cancel)
    {
        TrainingOptions options = trainOptions.Read(parsed);
        using TrainingRows rows = LoadRows(parsed, cancel);
        using Trainer trainer = new(rows.Schema, rows.Train, options);
        return rows.Schema;
    }

    /// <summary>Names the files that a run reads.</summary>
    internal void NameInputs(ParseResult parsed, RunFiles files)
    {
        files.Reads("DATA", parsed.GetValue(data));
        dataOptions.NameFiles(parsed, files);
    }

    /// <summary>What is wrong with the options of a training run, each by itself; null for nothing.</summary>
    internal string? FaultOf(ParseResult parsed)
    {
        try
        {
            trainOptions.Read(parsed);
            trainOptions.Int8(parsed);
            return StreamOption.Is(parsed)
                ? "--stream is not for sweeps, which count windows: take --features raw here, and train the winner with --stream." : null;
        }
        catch (UsageException error)
        {
            return error.Message;
        }
    }

    /// <summary>The shape of the network that a run would train on such data.</summary>
    internal TrainingOptions OptionsOf(ParseResult parsed) => trainOptions.Read(parsed);

    /// <summary>The rows as a run would have them.</summary>
    internal TrainingRows LoadRows(ParseResult parsed, CancellationToken cancel) =>
        dataOptions.Load(
            parsed, parsed.GetValue(data)!, trainOptions.Task(parsed), trainOptions.Read(parsed).Seed, cancel,
                trainOptions.IsAnomaly(parsed) && anomalyOptions.Normal(parsed).Length == 0);

    /// <summary>Trains as a run does, and writes and prints nothing.</summary>
    internal TrainOutcome Execute(ParseResult parsed, CancellationToken cancel)
    {
        CheckOptions(parsed);
        using TrainingRows rows = LoadRows(parsed, cancel);
        return Execute(parsed, rows, true, null, cancel);
    }

    /// <summary>The same, with the record of the run.</summary>
    internal TrainOutcome Execute(ParseResult parsed, CancellationToken cancel, out TrainingRecord record)
    {
        Stopwatch wall = Stopwatch.StartNew();
        TrainingOptions options = CheckOptions(parsed);
        using TrainingRows rows = LoadRows(parsed, cancel);
        TrainOutcome outcome = Execute(parsed, rows, true, null, cancel);
        BaselineResults baselines =
            BaselineResults.Of(outcome.Result, rows.Schema, rows.Train, rows.ToTest(), options.ClassWeighting, cancel);
        record = RecordBuilder.Of(parsed, options, rows, outcome, baselines, dataOptions.Judged(parsed), wall.Elapsed);
        return outcome;
    }

    /// <summary>Reads the options of the training and holds all against each other, before any data are read.</summary>
    /// <exception cref="UsageException">A value is none, or two do not go together.</exception>
    private TrainingOptions CheckOptions(ParseResult parsed)
    {
        TrainingOptions options = trainOptions.Read(parsed);
        thresholds.CheckFor(parsed, trainOptions.Task(parsed));
        if (trainOptions.Int8(parsed))
        {
            quantizeOptions.Check(parsed,
                (options.Layers?.Count(layer => layer is not BatchNormalizationDescription) ?? options.HiddenLayers.Count) + 1);
        }

        return options;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        Stopwatch wall = Stopwatch.StartNew();
        string path = parsed.GetValue(output)!;
        bool quiet = parsed.GetValue(json);
        TrainingOptions options = CheckOptions(parsed);
        if (!trainOptions.Int8(parsed) && quantizeOptions.Given(parsed))
        {
            throw new UsageException("--keep-float and --max-loss go with --weights int8.");
        }

        if (!trainOptions.IsAnomaly(parsed))
        {
            anomalyOptions.CheckNotGiven(parsed);
        }

        RunFiles files = new RunFiles().WritesModel(output.Name, path).Writes(report.Name, parsed.GetValue(report))
            .Writes(history.Name, parsed.GetValue(history));
        NameInputs(parsed, files);
        checkpointOptions.NameFiles(parsed, files);
        files.Check();
        RecordFile.CheckReplaceable(path);
        if (trainOptions.IsAnomaly(parsed))
        {
            return !StreamOption.Is(parsed)
                ? RunAnomaly(parsed, options, cancel) : throw new UsageException("--stream does not go with --task anomaly.");
        }

        using Checkpoint? checkpoint = checkpointOptions.Read(parsed);
        using TrainingRows rows = LoadRows(parsed, cancel);
        thresholds.CheckFor(parsed, rows.Schema.Task);
        CheckStream(parsed, rows);
        TrainOutcome outcome = Execute(parsed, rows, quiet, checkpoint, cancel);
        StreamOutcome? stream = StreamOption.Is(parsed)
            ? StreamTraining.Run(parsed, dataOptions, dataOptions.TestFile(parsed) ?? parsed.GetValue(data)!, rows, outcome, background,
            cancel)
            : null;
        BaselineResults baselines =
            BaselineResults.Of(outcome.Result, rows.Schema, rows.Train, rows.ToTest(), options.ClassWeighting, cancel);
        string? missed = thresholds.Missed(parsed, outcome.Quantized?.After ?? outcome.Result.Test ?? outcome.Result.Train)
            ?? outcome.Quantized?.Missed;
        if (missed is null)
        {
            TrainOutcome written = stream is null ? outcome : outcome with { Blob = stream.Form.Blob };
            RecordFile.Write(path, written.Blob,
                RecordBuilder.Of(parsed, options, rows, written, baselines, dataOptions.Judged(parsed), wall.Elapsed));
            checkpoint?.Delete();
            WriteExtras(parsed, outcome, stream, rows, cancel);
        }

        if (quiet)
        {
            Json.Print(ToJson(outcome, stream, baselines, dataOptions.Judged(parsed)));
        }
        else
        {
            Console.Out.Write(Report(outcome, stream, baselines, dataOptions.Judged(parsed)));
        }

        if (BaselineText.Warning(
            baselines, outcome.Network, outcome.Core, options.ClassWeighting == ClassWeighting.Balanced) is string warning)
        {
            Words.Warn(warning);
        }

        Words.Say(missed is null ? $"Wrote {path}." : $"{missed} {path} was not written.");
        return missed is null ? ExitCode.Done : ExitCode.ThresholdMissed;
    }

    private int RunAnomaly(ParseResult parsed, TrainingOptions options, CancellationToken cancel)
    {
        trainOptions.CheckForAnomaly(parsed);
        AnomalyOptions detector = anomalyOptions.Read(parsed, options, trainOptions.HasLayers(parsed));
        using TrainingRows rows = LoadRows(parsed, cancel);
        return new AnomalyTraining(parsed, parsed.GetValue(output)!, parsed.GetValue(report), parsed.GetValue(json))
            .Run(rows, anomalyOptions.Normal(parsed), detector, dataOptions.Judged(parsed), cancel);
    }

    private TrainOutcome Execute(ParseResult parsed, TrainingRows rows, bool quiet, Checkpoint? checkpoint, CancellationToken cancel)
    {
        TrainingOptions options = trainOptions.Read(parsed);
        using Trainer trainer = new(
            rows.Schema, StreamOption.Is(parsed) ? StreamTraining.RowsFor(rows, options.Seed) : rows.Train, options);
        Notes.OfConstantColumns(rows.Schema, trainer.ConstantColumns);
        Notes.OfConstantTarget(rows.Schema, trainer.ConstantTarget);
        Words.Say($"{parsed.GetValue(data)}: {Describe(rows)}");
        List<EpochProgress> epochs = [];
        TrainingResult result = TrainingProgress.Show(
            quiet, progress => Train(trainer, rows.Test, progress + epochs.Add, checkpoint, cancel));
        cancel.ThrowIfCancellationRequested();
        Network network = BlobExporter.ToNetwork(result.Model);
        if (trainOptions.Int8(parsed))
        {
            QuantizedModel quantized = quantizeOptions.Quantize(parsed, network, rows.ToCalibrate(), rows.ToTest(), cancel);
            byte[] quantizedBlob = trainOptions.Prototypes(parsed)
                ? ClassMeansRecord.AddTo(quantized.Blob, rows.Schema, rows.Train, cancel) : quantized.Blob;
            return new TrainOutcome(quantized.Network, quantizedBlob, result, quantized.After, quantized, epochs);
        }

        byte[] blob = BlobWriter.ToArray(network);
        blob = trainOptions.Prototypes(parsed) ? ClassMeansRecord.AddTo(blob, rows.Schema, rows.Train, cancel) : blob;
        network = Network.FromBlob(blob);
        return new TrainOutcome(network, blob, result, CoreEvaluation.Evaluate(network, rows.Schema, rows.ToTest(), cancel), null, epochs);
    }

    /// <summary>The page and the epochs, where they were asked for.</summary>
    private void WriteExtras(ParseResult parsed, TrainOutcome outcome, StreamOutcome? stream, TrainingRows rows, CancellationToken cancel)
    {
        if (parsed.GetValue(history) is string file)
        {
            HistoryFile.Write(file, outcome.Epochs);
        }

        if (parsed.GetValue(report) is string page)
        {
            ReportData shown = ReportCollector.Collect(
                parsed.GetValue(output)!, outcome.Blob, dataOptions.TestFile(parsed) ?? parsed.GetValue(data)!, rows, outcome.Core,
                    outcome.Quantized, outcome.Epochs, cancel);
            OutputFile.WriteText(page, HtmlReport.Render(shown with { Stream = stream }));
            Words.Say($"Wrote {page}; open it in a browser.");
        }
    }

    private void CheckStream(ParseResult parsed, TrainingRows rows)
    {
        if (StreamOption.Is(parsed))
        {
            StreamTraining.Check(rows);
        }
        else if (parsed.GetValue(background.Option) is not null)
        {
            throw new UsageException("--background goes with --stream.");
        }
    }

    private static TrainingResult Train(
        Trainer trainer, RowSource? test, Action<EpochProgress>? progress, Checkpoint? checkpoint, CancellationToken cancel)
    {
        try
        {
            return trainer.Run(test, progress, checkpoint, cancel);
        }
        catch (OperationCanceledException) when (checkpoint is not null)
        {
            Words.Say($"{checkpoint.Path}: the run is kept; go on with --resume.");
            throw;
        }
    }

    private static string Describe(TrainingRows rows)
    {
        string answer = rows.Schema.Task == NetworkTask.Classification
            ? Format.Count(rows.Schema.OutputNames.Count, "class")
            : $"regression of {rows.Schema.OutputNames[0]}";
        string streamed = rows.IsStreamed ? "; streamed, for it is larger than --memory" : "";
        string noun = rows.Schema.Features is null ? "row" : "window";
        return $"{Format.Count(rows.Train.Rows, noun)} to train on, {Format.Count(rows.Test?.Rows ?? 0)} to test on; "
            + $"{Inputs(rows)}; {answer}{streamed}";
    }

    private static string Inputs(TrainingRows rows)
    {
        string inputs = Format.Count(rows.Schema.ColumnCount, "input");
        return rows.Schema.Features is FeatureDescription features && rows.Table.Data!.Groups is RowGroups groups
            ? $"{inputs}, features of {Format.Count(features.Signal.Channels, "channel")} "
            + $"over {features.Window} samples every {features.Hop}, of {Format.Count(groups.Names.Count, "recording")}"
            : inputs;
    }

    private static string Report(TrainOutcome outcome, StreamOutcome? stream, BaselineResults baselines, string judged)
    {
        (Network network, byte[] blob, TrainingResult result, EvaluationResult core, _, _) = outcome;
        TextTable table = new();
        table.Add("network", ModelText.Shape(network));
        table.Add("training", $"{Format.Count(result.Epochs, "epoch")} in {Format.Milliseconds(result.Seconds)}");
        table.Add("train", Format.Result(result.Train));
        table.Add(judged, result.Test is null ? "none (keep rows with --test-every, --test-last or --split)" : Format.Result(result.Test));
        BaselineText.AddTo(table, baselines);
        table.Add(DeskKinds.HaveInt8(network) ? "int8 blob" : "blob", $"{Format.Result(core)}, answered by Tiny.Core as the device will");
        if (SparsityText.IsSparse(network))
        {
            table.Add("weights left", string.Join(
                "; ", ModelText.Layers(network).Select((layer, i) => $"layer {i}: {SparsityText.Left(layer)}")));
            table.Add("inputs read", SparsityText.Inputs(network) ?? "all");
        }

        if (stream is not null)
        {
            StreamText.AddTo(table, stream);
            (network, blob) = (Network.FromBlob(stream.Form.Blob), stream.Form.Blob);
        }

        table.Add("device", $"{Format.Count(network.ParameterCount, "parameter")}, blob {Format.Bytes(blob.Length)}, "
            + $"RAM {Format.Bytes(DeviceMemory.ToPredict(network))} to predict, {ModelText.RamToLearn(network)}");
        return table.ToLeftAligned();
    }

    private static JsonObject ToJson(TrainOutcome outcome, StreamOutcome? stream, BaselineResults baselines, string judged)
    {
        (Network network, byte[] blob, TrainingResult result, EvaluationResult core, _, _) = outcome;
        JsonObject figures = Json.Begin("train");
        figures["parameters"] = network.ParameterCount;
        figures["nonzero"] = ModelCounts.Nonzero(network);
        figures["macs"] = ModelCounts.Macs(network);
        figures["blob_bytes"] = blob.Length;
        figures["predict_ram"] = DeviceMemory.ToPredict(network);
        figures["learn_ram"] = DeviceMemory.ToLearn(network);
        figures["epochs"] = result.Epochs;
        figures["seconds"] = result.Seconds;
        figures["baseline"] = BaselineText.ToJson(baselines);
        figures["train"] = Json.Figures(result.Train);
        figures[judged] = result.Test is null ? null : Json.Figures(result.Test);
        figures["core"] = Json.Figures(core);
        if (stream is not null)
        {
            figures["blob_bytes"] = stream.Form.Blob.Length;
            figures["stream"] = StreamText.ToJson(stream);
        }

        return figures;
    }
}
