using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tiny.Cli.Output;
using Tiny.Emulator.Boards;
using Tiny.Training.Data;

namespace Tiny.Cli.Sweep;

/// <summary>The results as files and as words.</summary>
internal static class SweepReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes results.csv and results.json as far as there are results.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="outcome">What the results come to.</param>
    /// <param name="trials">All trials.</param>
    /// <param name="results">Those that have ended.</param>
    /// <param name="tested">How the front's models do on the test rows; empty before the end.</param>
    internal static void WriteFiles(
        SweepFolder folder, SweepPlan plan, SweepOutcome outcome, IReadOnlyList<Trial> trials,
        IReadOnlyDictionary<int, TrialResult> results, IReadOnlyDictionary<int, double> tested)
    {
        OutputFile.WriteText(folder.At("results.csv"), writer => WriteCsv(writer, trials, results));
        OutputFile.WriteText(folder.At("results.json"),
            Json(plan, outcome, tested, results.Count, trials.Count).ToJsonString(Indented) + "\n");
    }

    /// <summary>
    /// A line for each trial that has ended, in the order of the manifest. Times are left out, so that the same sweep gives the same file.
    /// </summary>
    private static void WriteCsv(TextWriter csv, IReadOnlyList<Trial> trials, IReadOnlyDictionary<int, TrialResult> results)
    {
        csv.Write("trial,configuration,rung,seed,accuracy,rmse,parameters,blob_bytes,ram,"
            + "instructions_lto,instructions_dev,instructions_soft,arguments,error\n");
        foreach (Trial trial in trials)
        {
            if (results.TryGetValue(trial.Id, out TrialResult? result))
            {
                csv.Write(string.Create(CultureInfo.InvariantCulture,
                    $"{trial.Id},{trial.Configuration},{trial.Rung},{trial.Seed},{result.Accuracy},{result.Rmse},{result.Parameters},"));
                csv.Write(string.Create(CultureInfo.InvariantCulture,
                    $"{result.BlobBytes},{result.Ram},{result.Instructions?.Lto},{result.Instructions?.Dev},{result.Instructions?.Soft},"));
                csv.Write($"{CsvText.Quoted(string.Join(' ', trial.Arguments))},{CsvText.Quoted(result.Error ?? "")}\n");
            }
        }
    }

    /// <summary>The front for people.</summary>
    /// <param name="outcome">The sweep's outcome.</param>
    /// <param name="tested">How the front's models do on the test rows, by configuration; empty before that is known.</param>
    /// <param name="inC">Instructions of the front's models where the firmware has the kernels in
    /// C, by configuration; empty where they were not counted.</param>
    /// <param name="plan">The plan.</param>
    internal static string Table(
        SweepOutcome outcome, IReadOnlyDictionary<int, double> tested, IReadOnlyDictionary<int, long> inC, SweepPlan plan)
    {
        BoardProfile board = BoardProfile.Load(plan.Constraints.Board);
        bool accuracy = outcome.Front[0].IsAccuracy;
        TextTable table = new();
        table.Add(["configuration", accuracy ? "accuracy" : "RMSE", "spread", .. tested.Count > 0 ? ["test"] : Array.Empty<string>(),
            "parameters", "blob", "RAM", "instructions", "ms", .. inC.Count > 0 ? ["in C", "ms"] : Array.Empty<string>()]);
        foreach (Candidate candidate in outcome.Front)
        {
            string[] test = tested.Count > 0
                ? [tested.TryGetValue(candidate.Configuration, out double value) ? Format.Number(value) : "-"] : [];
            string[] native = inC.Count == 0 ? []
                : inC.TryGetValue(candidate.Configuration, out long instructions)
                ? [Format.Count(instructions), Format.Plain(1000 * board.Seconds(instructions))] : ["-", "-"];
            table.Add([
                $"{(candidate == outcome.Winner ? "*" : " ")} {candidate.Text}", Format.Number(candidate.Mean),
                double.IsNaN(candidate.Spread) ? "-" : Format.Number(candidate.Spread), .. test,
                Format.Count(candidate.First.Parameters), Format.Count(candidate.First.BlobBytes), Format.Count(candidate.First.Ram),
                Format.Count(candidate.Instructions), Format.Plain(candidate.Milliseconds), .. native]);
        }

        return table.ToNumbered();
    }

    /// <summary>results.json, and what --json prints.</summary>
    internal static JsonObject Json(
        SweepPlan plan, SweepOutcome outcome, IReadOnlyDictionary<int, double> tested, int trials, int planned,
        IReadOnlyDictionary<int, long>? inC = null)
    {
        JsonObject figures = Output.Json.Begin("sweep");
        figures["trials"] = trials;
        figures["planned"] = planned;
        figures["configurations"] = outcome.Candidates.Count;
        figures["failed"] = outcome.Failed.Count;
        figures["failures"] = new JsonArray([.. outcome.Failed.Select(entry => (JsonNode)ToJson(entry.Trial, entry.Error))]);
        figures["board"] = plan.Constraints.Board;
        figures["front"] = new JsonArray([.. outcome.Front.Select(candidate => (JsonNode)ToJson(candidate, tested))]);
        figures["candidates"] = new JsonArray(
            [.. FrontChart.Shown(outcome).Select(candidate => (JsonNode)ToJson(candidate, plan.Constraints))]);
        if (plan.CountsNative && inC is not null)
        {
            figures["native_instructions"] = new JsonObject(inC.OrderBy(entry => entry.Key)
                .Select(entry => KeyValuePair.Create(entry.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)entry.Value)));
        }

        figures["winner"] = outcome.Winner is null ? null : ToJson(outcome.Winner, tested);
        return figures;
    }

    private static JsonObject ToJson(Trial trial, string error) => new()
    {
        ["trial"] = trial.Id,
        ["configuration"] = trial.Configuration,
        ["seed"] = trial.Seed,
        ["arguments"] = Output.Json.Strings(trial.Arguments),
        ["error"] = error,
    };

    /// <summary>What a chart shows of a candidate.</summary>
    private static JsonObject ToJson(Candidate candidate, Constraints limits) => new()
    {
        ["configuration"] = candidate.Configuration,
        [candidate.IsAccuracy ? "validation_accuracy" : "validation_rmse"] = candidate.Mean,
        ["blob_bytes"] = candidate.First.BlobBytes,
        ["ram"] = candidate.First.Ram,
        ["milliseconds"] = candidate.Milliseconds,
        ["keeps"] = candidate.Keeps(limits),
    };

    private static JsonObject ToJson(Candidate candidate, IReadOnlyDictionary<int, double> tested) => new()
    {
        ["configuration"] = candidate.Configuration,
        [candidate.IsAccuracy ? "validation_accuracy" : "validation_rmse"] = candidate.Mean,
        ["spread"] = double.IsNaN(candidate.Spread) ? null : candidate.Spread,
        [candidate.IsAccuracy ? "test_accuracy" : "test_rmse"] = tested.TryGetValue(candidate.Configuration, out double value)
            ? value : null,
        ["parameters"] = candidate.First.Parameters,
        ["blob_bytes"] = candidate.First.BlobBytes,
        ["ram"] = candidate.First.Ram,
        ["instructions"] = candidate.Instructions,
        ["milliseconds"] = candidate.Milliseconds,
        ["seed"] = candidate.Trials[0].Seed,
        ["arguments"] = Output.Json.Strings(candidate.Trials[0].Arguments),
    };
}
