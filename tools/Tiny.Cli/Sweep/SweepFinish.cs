using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Emulator.Boards;
using Tiny.Training.Evaluation;
using Tiny.Training.Records;

namespace Tiny.Cli.Sweep;

/// <summary>What is done when all trials have ended: the files, the test set's one look at the front, the winner's blob.</summary>
internal static class SweepFinish
{
    private const int MostTested = 12;

    /// <summary>Writes results.csv, results.json and front.svg, prints the answer.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="plan">The plan, with the constraints as they are now.</param>
    /// <param name="pick">Where the winner's blob goes; null for nowhere.</param>
    /// <param name="json">Whether one JSON object is printed instead of words.</param>
    /// <param name="cancel">Stops it.</param>
    internal static int Run(SweepFolder folder, SweepPlan plan, string? pick, bool json, CancellationToken cancel)
    {
        List<Trial> trials = folder.ReadManifest();
        Dictionary<int, TrialResult> results = folder.ReadResults();
        SweepOutcome outcome = SweepOutcome.Of(plan, trials, results);
        SweepReport.WriteFiles(folder, plan, outcome, trials, results, new Dictionary<int, double>());
        foreach ((Trial trial, string error) in outcome.Failed.Take(3))
        {
            Words.Warn($"trial {trial.Id} ({string.Join(' ', trial.Arguments)}) failed: {error}");
        }

        if (outcome.Failed.Count > 3)
        {
            Words.Warn($"{outcome.Failed.Count} trials failed in all; {folder.At("results.csv")} says why.");
        }

        if (outcome.Candidates.Count == 0)
        {
            throw new ModelException("every trial failed; there is nothing to choose from.");
        }

        OutputFile.WriteText(folder.At("front.svg"), FrontChart.Svg(plan, outcome));
        Dictionary<int, long> inC = [];
        (Dictionary<int, double> tested, byte[] blob, TrainingRecord? record, bool changed) = Test(plan, outcome, inC, cancel);
        if (changed && pick is not null)
        {
            throw new ModelException("the winner is not what it was when the sweep chose it, "
                + $"so {pick} was not written. Begin the sweep anew in another folder than {folder.Path}.");
        }

        SweepReport.WriteFiles(folder, plan, outcome, trials, results, tested);
        if (json)
        {
            Output.Json.Print(SweepReport.Json(plan, outcome, tested, results.Count, trials.Count, inC));
        }

        if (outcome.Winner is null)
        {
            Candidate nearest = outcome.Candidates.MinBy(candidate => candidate.First.Ram)!;
            Words.Say($"None of {outcome.Candidates.Count} configurations keeps within the constraints. The least RAM "
                + $"is {Format.Bytes(nearest.First.Ram)}, the least time {Format.Plain(outcome.Candidates.Min(c => c.Milliseconds))} ms, "
                + $"the smallest blob {Format.Bytes(outcome.Candidates.Min(c => c.First.BlobBytes))}.");
            return ExitCode.ThresholdMissed;
        }

        if (!json)
        {
            Screen.Print($"{Format.Count(results.Count, "trial")} "
                + $"of {Format.Count(outcome.Candidates.Count, "configuration")}; on the front, for {plan.Constraints.Board}:");
            Console.Out.Write(SweepReport.Table(outcome, tested, inC, plan));
            Screen.Print($"* the smallest that is no more than {Format.Percent(plan.Within)} worse than the best on validation "
                + $"rows{(tested.Count > 0 ? "; the test rows were looked at only now" : "")}.");
        }

        if (pick is not null)
        {
            RecordFile.Write(pick, blob, RecordBuilder.Picked(record!, pick));
            Words.Say($"Wrote {pick}.");
        }

        Words.Say($"Wrote results.csv, results.json and front.svg to {folder.Path}.");
        return ExitCode.Done;
    }

    /// <summary>
    /// Trains the front's models again, to the same bits, and tries them on the test rows if there are any; the winner's blob
    /// besides, and what they cost where the firmware has the kernels in C. Of a long front the winner alone.
    /// </summary>
    private static (Dictionary<int, double> Tested, byte[] Blob, TrainingRecord? Record,
        bool Changed) Test(SweepPlan plan, SweepOutcome outcome, Dictionary<int, long> inC, CancellationToken cancel)
    {
        Dictionary<int, double> tested = [];
        byte[] winner = [];
        TrainingRecord? winnersRecord = null;
        bool changed = false;
        TrialRunner runner = new(plan);
        using TrainingRows? rows = runner.TestRows(cancel);
        foreach (Candidate candidate in outcome.Front.Where(candidate => outcome.Front.Count <= MostTested || candidate == outcome.Winner))
        {
            TrialResult again = runner.Run(candidate.Trials[0], cancel, out byte[]? blob, out TrainingRecord? record);
            if (again.Score != candidate.First.Score || again.BlobBytes != candidate.First.BlobBytes)
            {
                if (!changed)
                {
                    Words.Warn($"trial {again.Id} ({candidate.Text}) comes to another result than before: the data, tiny or the machine's "
                        + "arithmetic has changed since.");
                }

                changed = true;
            }

            if (rows is not null && blob is not null)
            {
                EvaluationResult result = CoreEvaluation.Evaluate(Network.FromBlob(blob), rows.Schema, rows.Test!, cancel);
                tested[candidate.Configuration] = result.Confusion?.Accuracy ?? result.Errors!.Rmse;
            }

            if (plan.CountsNative && blob is not null
                && BoardCost.Of(blob, Network.FromBlob(blob), BoardProfile.Load(plan.Constraints.Board), 0,
                native: true).NativeInstructions is long instructions)
            {
                inC[candidate.Configuration] = instructions;
            }

            if (candidate == outcome.Winner)
            {
                (winner, winnersRecord) = (blob ?? [], record);
            }
        }

        return (tested, winner, winnersRecord, changed);
    }
}
