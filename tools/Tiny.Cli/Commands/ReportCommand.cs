using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Cli.Report;
using Tiny.Core;
using Tiny.Training;
using Tiny.Training.Anomaly;
using Tiny.Training.Evaluation;
using Tiny.Training.Records;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Commands;

/// <summary>tiny report: a model to look at.</summary>
internal sealed class ReportCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model file" };
    private readonly Argument<string> data = new("DATA") { Description = "A CSV or IDX file with labels, plain or gzip" };
    private readonly Option<string> output = new("--out") { Description = "The HTML file to write", Required = true, HelpName = "FILE" };
    private readonly Option<string?> history =
        new("--history")
        {
            Description = "The file of tiny train --history, for the learning curves. Default: the training record",
            HelpName = "FILE"
        };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly ModelDataOptions dataOptions = new();
    private readonly BackgroundOption background = new();
    private readonly NormalOption normal = new();
    private readonly NativeOption native = new();

    internal static Command Create()
    {
        ReportCommand report = new();
        ExampleCommand command = new(
            "report",
            "Writes an HTML report: confusion matrix, calibration, worst predictions, input importance, layers, cost on each board, and "
                + "a what-if panel. The file is self-contained.",
            "tiny report iris.tiny iris.csv --out iris.html",
            "tiny train iris.csv --test-every 5 --out iris.tiny --report iris.html");
        command.Arguments.Add(report.model);
        command.Arguments.Add(report.data);
        command.Options.Add(report.output);
        command.Options.Add(report.history);
        report.dataOptions.AddTo(command);
        command.Options.Add(report.normal.Option);
        command.Options.Add(report.background.Option);
        command.Options.Add(report.native.Option);
        command.Options.Add(report.json);
        command.SetWork(report.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(output)!;
        string modelPath = parsed.GetValue(model)!;
        string dataPath = parsed.GetValue(data)!;
        RunFiles files = new RunFiles().ReadsModel("MODEL", modelPath).Reads("DATA", dataPath).Reads(history.Name, parsed.GetValue(history))
            .Writes(output.Name, path);
        dataOptions.NameFiles(parsed, files);
        files.Check();
        (byte[] blob, Network network) = ModelFile.Load(modelPath);
        TrainingRecord? record = RecordFile.Find(modelPath, blob);
        IReadOnlyList<EpochProgress>? epochs = parsed.GetValue(history) is string file ? HistoryFile.Read(file) : record?.ToEpochs();
        AnomalyModel? detector = AnomalyModel.Of(blob);
        using TrainingRows rows = dataOptions.Load(parsed, modelPath, network, record, dataPath, cancel, anyClasses: detector is not null);
        string text = StreamForm.IsStream(network)
            ? StreamPage.Render(modelPath, dataPath, blob, network,
            StreamEvaluation.Run(network, rows.TestData.File, rows.InOrder(), background.Read(parsed, network), cancel))
            : detector is null
            ? HtmlReport.Render(ReportCollector.Collect(
                modelPath, blob, dataPath, rows, CoreEvaluation.Evaluate(network, rows.Schema, rows.ToTest(), cancel), null, epochs, cancel,
                    native.Read(parsed)))
            : AnomalyPage.Render(modelPath, dataPath, detector, rows.Schema.Columns.Names, normal.Rows(parsed, detector, rows, cancel));
        byte[] page = Encoding.UTF8.GetBytes(text);
        OutputFile.Write(path, page);
        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("report");
            figures["files"] = Json.Strings([path]);
            figures["bytes"] = page.Length;
            Json.Print(figures);
        }

        Words.Say($"Wrote {path}, {Format.Bytes(page.Length)}. Open it in a browser.");
        return ExitCode.Done;
    }
}
