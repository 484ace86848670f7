using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Evaluation;
using Tiny.Training.Fleet;
using Tiny.Training.Records;

namespace Tiny.Cli.Commands;

/// <summary>tiny diff: what has been learned between two models.</summary>
internal sealed class DiffCommand
{
    private readonly Argument<string> before = new("A") { Description = "A model file, such as the one shipped" };
    private readonly Argument<string> after =
        new("B") { Description = "A model file of the same shape, such as one read back from a device" };
    private readonly Option<string?> data = new("--data") { Description = "A CSV or IDX file to evaluate both on", HelpName = "DATA" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly ModelDataOptions dataOptions = new();

    internal static Command Create()
    {
        DiffCommand diff = new();
        ExampleCommand command = new(
            "diff",
            "Compares two models of the same shape: the change of each layer, and how well each does on a data set.",
            "tiny diff factory.tiny learned.tiny",
            "tiny diff factory.tiny learned.tiny --data field.csv --label activity");
        command.Arguments.Add(diff.before);
        command.Arguments.Add(diff.after);
        command.Options.Add(diff.data);
        diff.dataOptions.AddTo(command);
        command.Options.Add(diff.json);
        command.SetWork(diff.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        RunFiles files = new RunFiles().ReadsModel("A", parsed.GetValue(before)).ReadsModel("B", parsed.GetValue(after))
            .Reads(data.Name, parsed.GetValue(data));
        dataOptions.NameFiles(parsed, files);
        files.Check();
        (byte[] blob, Network network) = ModelFile.Load(parsed.GetValue(before)!);
        FleetModel a = new(parsed.GetValue(before)!, network);
        FleetModel b = FleetFile.Load(parsed.GetValue(after)!);
        IReadOnlyList<LayerChange> changes = LayerChange.Between(a, b);
        IReadOnlyList<ModelDifference> differences = ModelComparison.Of(a.Network, b.Network);
        EvaluationResult[] results = Evaluate(parsed, RecordFile.Find(a.Name, blob), a, b, differences, cancel);
        if (parsed.GetValue(json))
        {
            Json.Print(ToJson(a.Network, b.Network, changes, differences, results));
            return ExitCode.Done;
        }

        Words.Say($"{a.Name} is of generation {a.Network.Generation}, {b.Name} of {b.Network.Generation}.");
        TextTable table = new TextTable().Add("layer", "parameters", "changed", "largest change", "change, rms");
        foreach (LayerChange change in changes)
        {
            table.Add($"{change.Layer}", Format.Count(change.Parameters), Format.Count(change.Changed), Format.Number(change.Largest),
                Format.Percent(change.Relative));
        }

        Console.Out.Write(table);
        foreach (ModelDifference difference in differences)
        {
            Screen.Print($"  {b.Name}: {difference.Describe(a.Name)}");
        }

        for (int i = 0; i < results.Length; i++)
        {
            Screen.Print($"  {(i == 0 ? a : b).Name}: {Format.Result(results[i])}  ({Format.Count(results[i].Rows, "row")})");
        }

        return ExitCode.Done;
    }

    /// <summary>Both models on the data, if any was given.</summary>
    /// <exception cref="FleetException">The rows would not mean the same to both.</exception>
    private EvaluationResult[] Evaluate(ParseResult parsed, TrainingRecord? record, FleetModel a, FleetModel b,
        IReadOnlyList<ModelDifference> differences, CancellationToken cancel)
    {
        if (parsed.GetValue(data) is not string path)
        {
            return [];
        }

        if (differences.FirstOrDefault(difference => difference.Kind == DifferenceKind.Meaning) is ModelDifference difference)
        {
            throw new FleetException($"{b.Name}: "
                + $"{difference.Describe(a.Name)}. Rows do not mean the same to both: try each by itself with tiny eval.");
        }

        using TrainingRows rows = dataOptions.Load(parsed, a.Name, a.Network, record, path, cancel);
        return [.. new[] { a.Network, b.Network }
            .Select(network => CoreEvaluation.Evaluate(network, rows.Schema, rows.Test ?? rows.Train, cancel))];
    }

    private static JsonObject ToJson(
        Network a, Network b, IReadOnlyList<LayerChange> changes, IReadOnlyList<ModelDifference> differences, EvaluationResult[] results)
    {
        JsonObject figures = Json.Begin("diff");
        figures["generations"] = new JsonArray(a.Generation, b.Generation);
        figures["layers"] = new JsonArray([.. changes.Select(change => new JsonObject
        {
            ["parameters"] = change.Parameters,
            ["changed"] = change.Changed,
            ["largest"] = change.Largest,
            ["relative"] = change.Relative,
        })]);
        figures["differences"] = new JsonArray([.. differences.Select(
            difference => new JsonObject { ["what"] = difference.What, ["a"] = difference.First, ["b"] = difference.Second })]);
        figures["a"] = results.Length > 0 ? Json.Figures(results[0]) : null;
        figures["b"] = results.Length > 0 ? Json.Figures(results[1]) : null;
        return figures;
    }
}
