using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Summaries;
using Tiny.Training.Data.Text;

namespace Tiny.Cli.Commands;

/// <summary>tiny data: what a data file holds, before anything is trained on it.</summary>
internal sealed class DataCommand
{
    private const int MostShown = 40;

    private readonly Argument<string> data = new("DATA") { Description = "A CSV or IDX file, plain or gzip, or a folder of recordings" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly DataOptions dataOptions = new();
    private readonly WindowingOptions windowing = new();

    internal static Command Create()
    {
        DataCommand show = new();
        ExampleCommand command = new(
            "data",
            "Shows what a data file holds: rows, classes, missing values, and the range and distribution of each column.",
            "tiny data iris.csv --label species",
            "tiny data air.csv --label 'C6H6(GT)' --missing -200",
            "tiny data har.csv --group file --label activity",
            "tiny data train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz");
        command.Arguments.Add(show.data);
        show.dataOptions.AddTo(command);
        show.windowing.AddTo(command);
        command.Options.Add(show.json);
        command.SetWork(show.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(data)!;
        RunFiles files = new RunFiles().Reads("DATA", path);
        dataOptions.NameFiles(parsed, files);
        files.Check();
        if (Directory.Exists(path))
        {
            CsvOptions options = ToLook(parsed);
            dataOptions.CheckFor(parsed, path, isIdx: false, labeled: true);
            return ShowRecordings(parsed, RecordingFiles.Open(path, options), options, cancel);
        }

        using DataFile file = DataFile.Open(path);
        bool isIdx = file.IsIdx;
        dataOptions.CheckFor(parsed, path, isIdx, labeled: true);
        if (isIdx)
        {
            windowing.CheckNotFor(parsed, path);
        }
        else if (windowing.AreFor(parsed, dataOptions, path))
        {
            CsvOptions options = ToLook(parsed);
            return ShowRecordings(parsed, RecordingFiles.Of(new CsvSource(file, options), options), options, cancel);
        }

        DataSummary summary = isIdx
            ? DataSummary.OfIdx(file, dataOptions.Labels(parsed)!, cancel)
            : DataSummary.OfCsv(file, dataOptions.ToCsv(parsed), cancel);
        if (parsed.GetValue(json))
        {
            Json.Print(ToJson(summary));
            return ExitCode.Done;
        }

        Screen.Print(summary.Reading.Describe());
        Notes.Of(summary.Reading, summary.Rows);
        Screen.Print(isIdx
            ? $"{path}: {Format.Count(summary.Rows, "row")} of {summary.Columns[0].Name}"
            : $"{path}: {Format.Count(summary.Rows, "row")}, "
            + $"{Format.Count(summary.Columns.Count, "input column")}, label {SafeText.Clean(summary.LabelName)}");
        Console.Out.Write(Columns(summary));
        Console.Out.WriteLine();
        Console.Out.Write(Labels(summary));
        foreach (string warning in Warnings(summary))
        {
            Words.Warn(warning);
        }

        return ExitCode.Done;
    }

    /// <summary>Rows that cannot be read do not end a look at recordings; they are told of.</summary>
    private CsvOptions ToLook(ParseResult parsed) => dataOptions.ToCsv(parsed) with { SkipBadRows = true, DropMissing = true };

    private int ShowRecordings(ParseResult parsed, RecordingFiles files, CsvOptions options, CancellationToken cancel)
    {
        WindowOptions? windows = windowing.HasWindow(parsed) ? windowing.Read(parsed) : null;
        RecordingsSummary summary = RecordingsSummary.Of(files, options, windowing.Channels(parsed), windowing.Rate(parsed), cancel);
        RecordingsView.Show(summary, windows, parsed.GetValue(json));
        return ExitCode.Done;
    }

    private static string Columns(DataSummary summary)
    {
        TextTable table = ColumnView.Table("column");
        foreach (ColumnSummary column in summary.Columns.Take(MostShown))
        {
            ColumnView.AddTo(table, column);
        }

        string more = summary.Columns.Count > MostShown ? $"  and {summary.Columns.Count - MostShown} more; --json has them all\n" : "";
        return table + more;
    }

    private static string Labels(DataSummary summary)
    {
        if (summary.Task == NetworkTask.Regression)
        {
            TextTable values = ColumnView.Table("label");
            ColumnView.AddTo(values, summary.Label);
            return values.ToString();
        }

        TextTable table = new TextTable().Add("class", "rows", "share", "");
        long most = summary.Classes.Max(entry => entry.Rows);
        foreach ((string name, long rows) in summary.Classes.Take(MostShown))
        {
            table.Add(PlainText.Name(name), Format.Count(rows), Format.Percent((double)rows / summary.Rows), Format.Bar(rows, most));
        }

        string more = summary.Classes.Count > MostShown ? $"  and {summary.Classes.Count - MostShown} more\n" : "";
        return table + more;
    }

    private static IEnumerable<string> Warnings(DataSummary summary)
    {
        if (summary.RowsWithMissing > 0)
        {
            IEnumerable<string> spellings = summary.MissingSpellings.OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => $"{SafeText.Quote(entry.Key)} ({entry.Value})");
            yield return $"{Format.Count(summary.RowsWithMissing, "row")} of {Format.Count(summary.Rows)} have a missing value, written "
                + $"{string.Join(", ", spellings)}: with --drop-missing such rows are left out, without it they are refused.";
        }

        foreach (ColumnSummary column in summary.Columns.Where(column => column.Words > 0))
        {
            yield return $"{SafeText.Clean(column.Name)} holds words, such as \"{column.FirstWord}\": leave it out with --drop "
                + $"{CsvText.Quoted(SafeText.Clean(column.Name))}, or name the value with --missing. {Format.Count(column.Words, "value")} "
                + $"of it cannot be read as numbers; {column.FirstFault}";
        }

        foreach (ColumnSummary column in summary.Columns.Where(column => column.IsConstant))
        {
            yield return $"{SafeText.Clean(column.Name)} is always {ColumnView.Number(column.Min)}: it tells a network nothing.";
        }

        if (summary.LabelFault is string fault)
        {
            yield return $"{SafeText.Clean(summary.LabelName)}, {fault}";
            yield break;
        }

        if (summary.Classes.Count == 1)
        {
            yield return "all rows are of one class, "
                + $"\"{SafeText.Clean(summary.Classes[0].Name)}\". Is {SafeText.Clean(summary.LabelName)} the label?";
        }

        foreach (string warning in DatasetChecks.OfClasses(
            [.. summary.Classes.Select(entry => entry.Name)], [.. summary.Classes.Select(entry => entry.Rows)], tested: null))
        {
            yield return warning;
        }
    }

    private static JsonObject ToJson(DataSummary summary)
    {
        JsonObject figures = Json.Begin("data");
        figures["reading"] = ReadingJson.Of(summary.Reading);
        figures["rows"] = summary.Rows;
        figures["rows_with_missing"] = summary.RowsWithMissing;
        figures["task"] = summary.Task == NetworkTask.Classification ? "classification" : "regression";
        figures["label"] = ColumnView.ToJson(summary.Label);
        figures["classes"] = new JsonObject(summary.Classes.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Rows)));
        figures["columns"] = new JsonArray([.. summary.Columns.Select(ColumnView.ToJson)]);
        figures["warnings"] = Json.Strings([.. Warnings(summary)]);
        return figures;
    }
}
