using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Anomaly;
using Tiny.Training.Evaluation;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Commands;

/// <summary>tiny eval: how well a model does, computed by the device's own library.</summary>
internal sealed class EvalCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Argument<string> data = new("DATA") { Description = "A CSV or IDX file with labels, plain or gzip" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly ModelDataOptions dataOptions = new();
    private readonly ThresholdOptions thresholds = new();
    private readonly NormalOption normal = new();
    private readonly BackgroundOption background = new();

    internal static Command Create()
    {
        EvalCommand eval = new();
        ExampleCommand command = new(
            "eval",
            "Evaluates a model on labeled data, with the arithmetic of the device. From the file it was trained on, it takes only the "
                + "rows that were not trained on, by the training record.",
            "tiny eval iris.tiny iris.csv",
            "tiny eval iris.tiny iris.csv --all-rows",
            "tiny eval mnist.tiny t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz --min-accuracy 0.95");
        command.Arguments.Add(eval.model);
        command.Arguments.Add(eval.data);
        eval.dataOptions.AddTo(command);
        eval.thresholds.AddTo(command);
        command.Options.Add(eval.normal.Option);
        command.Options.Add(eval.background.Option);
        command.Options.Add(eval.json);
        command.SetWork(eval.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string modelPath = parsed.GetValue(model)!;
        RunFiles files = new RunFiles().ReadsModel("MODEL", modelPath).Reads("DATA", parsed.GetValue(data));
        dataOptions.NameFiles(parsed, files);
        files.Check();
        (byte[] blob, Network network) = ModelFile.Load(modelPath);
        if (AnomalyModel.Of(blob) is AnomalyModel detector)
        {
            return RunAnomaly(parsed, modelPath, detector, cancel);
        }

        thresholds.CheckFor(parsed, network.Task);
        using TrainingRows rows =
            dataOptions.Load(parsed, modelPath, network, RecordFile.Find(modelPath, blob), parsed.GetValue(data)!, cancel);
        if (StreamForm.IsStream(network))
        {
            return RunStream(parsed, network, rows, cancel);
        }

        if (parsed.GetValue(background.Option) is not null)
        {
            throw new UsageException($"--background is for streams, but {modelPath} is none: tiny train --stream makes one.");
        }

        EvaluationResult result = CoreEvaluation.Evaluate(network, rows.Schema, rows.Test ?? rows.Train, cancel);
        if (parsed.GetValue(json))
        {
            JsonObject figures = Begin(Json.Figures(result));
            figures["classes"] = Json.Strings(network.Task == NetworkTask.Classification ? ModelText.OutputNames(network) : []);
            Json.Print(figures);
        }
        else
        {
            Screen.Print($"{Format.Result(result)}  ({Format.Count(result.Rows, "row")})");
            if (result.Confusion is ConfusionMatrix confusion)
            {
                Console.Out.Write(ConfusionText.Of(confusion, ModelText.OutputNames(network)));
            }
        }

        return Judge(parsed, result);
    }

    /// <summary>Whole recordings, sample by sample.</summary>
    private int RunStream(ParseResult parsed, Network network, TrainingRows rows, CancellationToken cancel)
    {
        StreamResult result = StreamEvaluation.Run(network, rows.TestData.File, rows.InOrder(), background.Read(parsed, network), cancel);
        if (parsed.GetValue(json))
        {
            JsonObject figures = Begin(StreamText.ToJson(result));
            figures["classes"] = Json.Strings(result.Confusion is null ? [] : ModelText.OutputNames(network));
            Json.Print(figures);
        }
        else
        {
            Screen.Print(StreamText.Answers(result));
            if (result.Confusion is ConfusionMatrix confusion)
            {
                Screen.Print($"events: {StreamText.Events(result)}");
                Console.Out.Write(ConfusionText.Of(confusion, ModelText.OutputNames(network)));
            }
        }

        return Judge(parsed, new EvaluationResult(result.Answers, null, result.Confusion, result.Errors));
    }

    private int Judge(ParseResult parsed, EvaluationResult result)
    {
        string? missed = thresholds.Missed(parsed, result);
        if (missed is not null)
        {
            Words.Say(missed);
        }

        return missed is null ? ExitCode.Done : ExitCode.ThresholdMissed;
    }

    private static JsonObject Begin(JsonObject results)
    {
        JsonObject figures = Json.Begin("eval");
        foreach ((string name, JsonNode? value) in results)
        {
            figures[name] = value?.DeepClone();
        }

        return figures;
    }

    private int RunAnomaly(ParseResult parsed, string modelPath, AnomalyModel model, CancellationToken cancel)
    {
        using TrainingRows rows = dataOptions.Load(parsed, modelPath, model.Network, RecordFile.Find(modelPath, model.Blob),
            parsed.GetValue(data)!, cancel, anyClasses: true);
        AnomalyResult result = AnomalyResult.Of(model, normal.Rows(parsed, model, rows, cancel));
        if (parsed.GetValue(json))
        {
            JsonObject figures = Begin(AnomalyText.ToJson(result));
            figures["threshold"] = model.Threshold;
            Json.Print(figures);
        }
        else
        {
            Screen.Print($"{AnomalyText.Describe(result)}  ({Format.Count(result.Rows, "row")})");
        }

        return ExitCode.Done;
    }
}
