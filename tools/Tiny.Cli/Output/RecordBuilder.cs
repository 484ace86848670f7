using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tiny.Cli.Commands;
using Tiny.Cli.Options;
using Tiny.Training;
using Tiny.Training.Anomaly;
using Tiny.Training.Baselines;
using Tiny.Training.Data;
using Tiny.Training.Kinds;
using Tiny.Training.Optimization;
using Tiny.Training.Records;

namespace Tiny.Cli.Output;

/// <summary>Makes the training record of a run; src/TRAINING-RECORD.md describes it.</summary>
internal static class RecordBuilder
{
    /// <summary>The record of a training run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="rows">The rows it had.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="baselines">The baselines beside it.</param>
    /// <param name="judged">What the rows that were not trained on are called.</param>
    /// <param name="wall">Seconds from the command's start.</param>
    internal static TrainingRecord Of(
        ParseResult parsed, TrainingOptions options, TrainingRows rows, TrainOutcome outcome, BaselineResults baselines, string judged,
        TimeSpan wall)
    {
        DataReading reading = rows.Data.File.Reading;
        bool isCsv = rows.Data.Options is not null;
        return new TrainingRecord
        {
            Kind = TrainingRecord.RecordKind,
            Schema = TrainingRecord.CurrentSchema,
            Version = Version,
            Command = Arguments(parsed),
            Model = RecordedModel.Of(outcome.Blob),
            Data = rows.Data.ToRecord(),
            TestData = rows.TestData == rows.Data ? null : rows.TestData.ToRecord(),
            Reading = rows.Data.Options is CsvOptions csv ? RecordedReading.From(csv) : null,
            Task = rows.Schema.Task,
            Label = isCsv && reading.Label >= 0 ? new RecordedLabel(reading.Header.Names[reading.Label], reading.Label) : null,
            Classes = RecordedClass.Of(rows.Schema, rows.Train, rows.Test),
            Split = new RecordedSplit(
                rows.Plan.Kind, rows.Plan.Value, rows.Plan.Seed, rows.Validation, rows.MemoryBytes, rows.Train.Rows, rows.Test?.Rows ?? 0),
            FileColumns = reading.Header.Count,
            ColumnsAreNamed = rows.Schema.Columns.AreNamed,
            Columns = RecordedColumn.Of(rows.Schema, rows.Train, isCsv && rows.Schema.Features is null ? reading.Inputs : null),
            History = RecordedEpoch.From(outcome.Epochs),
            Others = Members(new JsonObject
            {
                ["dialect"] = reading.Dialect?.Describe(),
                ["set_aside"] = new JsonArray([.. reading.SetAside.Select(
                    column => new JsonObject { ["name"] = column.Name, ["position"] = column.Position, ["why"] = column.Why })]),
                ["options"] = Options(parsed, options, rows, outcome),
                ["figures"] = Figures(outcome, judged),
                ["baseline"] = BaselineText.ToJson(baselines),
                ["time"] = new JsonObject
                {
                    ["written"] = DateTime.UtcNow.ToString("s") + "Z",
                    ["training"] = outcome.Result.Seconds,
                    ["wall"] = wall.TotalSeconds
                },
            }),
        };
    }

    /// <summary>The record of a detector of anomalies.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="rows">The rows it had, those that are not normal included.</param>
    /// <param name="model">The detector.</param>
    internal static TrainingRecord OfAnomaly(ParseResult parsed, TrainingRows rows, AnomalyModel model)
    {
        DataReading reading = rows.Data.File.Reading;
        bool isCsv = rows.Data.Options is not null;
        return new TrainingRecord
        {
            Kind = TrainingRecord.RecordKind,
            Schema = TrainingRecord.CurrentSchema,
            Version = Version,
            Command = Arguments(parsed),
            Model = RecordedModel.Of(model.Blob),
            Data = rows.Data.ToRecord(),
            TestData = rows.TestData == rows.Data ? null : rows.TestData.ToRecord(),
            Reading = rows.Data.Options is CsvOptions csv ? RecordedReading.From(csv) : null,
            Task = rows.Schema.Task,
            Label = isCsv && reading.Label >= 0 ? new RecordedLabel(reading.Header.Names[reading.Label], reading.Label) : null,
            Classes = RecordedClass.Of(rows.Schema, rows.Train, rows.Test),
            Split = new RecordedSplit(
                rows.Plan.Kind, rows.Plan.Value, rows.Plan.Seed, rows.Validation, rows.MemoryBytes, rows.Train.Rows, rows.Test?.Rows ?? 0),
            FileColumns = reading.Header.Count,
            ColumnsAreNamed = rows.Schema.Columns.AreNamed,
            Columns = RecordedColumn.Of(rows.Schema, rows.Train, isCsv && rows.Schema.Features is null ? reading.Inputs : null),
            Others = Members(new JsonObject
            {
                ["anomaly"] = new JsonObject
                {
                    ["normal"] = Json.Strings(model.Normal),
                    ["threshold"] = model.Threshold
                }
            }),
        };
    }

    /// <summary>The record of a float32 model as that of the int8 model made of it.</summary>
    /// <param name="of">The float32 model's record.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="quantized">The int8 model.</param>
    /// <param name="rows">The rows it was calibrated and tried on.</param>
    internal static TrainingRecord Quantized(TrainingRecord of, ParseResult parsed, QuantizedModel quantized, TrainingRows rows)
    {
        JsonObject made = new()
        {
            ["command"] = Json.Strings(Arguments(parsed)),
            ["model"] = of.Model.Sha256,
            ["data"] = new JsonObject { ["path"] = rows.Data.File.Path, ["sha256"] = rows.Data.Fingerprint?.Sha256 },
            ["before"] = Json.Figures(quantized.Before, withConfusion: false),
            ["after"] = Json.Figures(quantized.After, withConfusion: false),
        };
        Dictionary<string, JsonElement> others = new(of.Others ?? []);
        others["quantized"] = JsonSerializer.SerializeToElement(made);
        return of with { Model = RecordedModel.Of(quantized.Blob), Others = others };
    }

    /// <summary>The record of a sweep's winner: the trial as a run of its own that writes the picked model.</summary>
    /// <param name="trial">The trial's record, whose last argument is the file it did not write.</param>
    /// <param name="pick">The picked model's file.</param>
    internal static TrainingRecord Picked(TrainingRecord trial, string pick)
    {
        // A sweep resolves the paths in its file; the machine's folders are none of the record's business.
        string here = Directory.GetCurrentDirectory() + Path.DirectorySeparatorChar;
        string Shown(string path) => path.StartsWith(here, StringComparison.Ordinal) ? path[here.Length..] : path;
        RecordedFile Named(RecordedFile file) =>
            file with { Path = Shown(file.Path), Labels = file.Labels is null ? null : Named(file.Labels) };
        return trial with
        {
            Command = [.. trial.Command.SkipLast(1).Select(Shown), pick],
            Data = Named(trial.Data),
            TestData = trial.TestData is null ? null : Named(trial.TestData),
        };
    }

    /// <summary>The command line without the program; of a command that was parsed by itself, with its name.</summary>
    private static string[] Arguments(ParseResult parsed)
    {
        string[] tokens = [.. parsed.Tokens.Select(token => token.Value)];
        return parsed.RootCommandResult.Command is RootCommand ? tokens : [parsed.RootCommandResult.Command.Name, .. tokens];
    }

    private static string Version =>
        typeof(TrainingRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static JsonObject Options(ParseResult parsed, TrainingOptions options, TrainingRows rows, TrainOutcome outcome) => new()
    {
        ["layers"] = new JsonArray([.. options.Layers is null
            ? options.HiddenLayers.Select(width => JsonValue.Create(width))
            : parsed.GetValue<string>("--layers")!.Split(',').Select(layer => JsonValue.Create(layer))]),
        ["batch_norm"] = options.Layers is null ? null : parsed.GetValue<bool>("--batch-norm"),
        ["augment"] = parsed.GetValue<string?>("--augment"),
        ["activation"] = ModelText.Kebab(options.Activation),
        ["activation_parameter"] = options.ActivationParameter,
        ["loss"] = ModelText.Kebab(Trainer.LossFor(rows.Schema, options)),
        ["optimizer"] = ModelText.Kebab(options.Optimizer),
        ["lr"] = options.LearningRate ?? Optimizer.DefaultRate(options.Optimizer),
        ["schedule"] = options.Schedule.Text,
        ["epochs"] = outcome.Result.Epochs,
        ["batch"] = options.Batch,
        ["l2"] = options.L2,
        ["dropout"] = options.Dropout,
        ["clip"] = options.Clip > 0f ? options.Clip : null,
        ["sparsity"] = options.Pruning is null ? null : new JsonArray([.. options.Pruning.Shares.Select(share => JsonValue.Create(share))]),
        ["sparsity_block"] = options.Pruning?.Block,
        ["patience"] = options.Patience,
        ["class_weights"] = ModelText.Kebab(options.ClassWeighting),
        ["seed"] = options.Seed,
        ["weights"] = DeskKinds.HaveInt8(outcome.Network) ? "int8" : "float32",
    };

    private static JsonObject Figures(TrainOutcome outcome, string judged) => new()
    {
        ["train"] = Json.Figures(outcome.Result.Train, withConfusion: false),
        [judged] = outcome.Result.Test is null ? null : Json.Figures(outcome.Result.Test, withConfusion: false),
        ["core"] = Json.Figures(outcome.Core, withConfusion: false),
    };

    private static Dictionary<string, JsonElement> Members(JsonObject json) =>
        json.ToDictionary(member => member.Key, member => JsonSerializer.SerializeToElement(member.Value));
}
