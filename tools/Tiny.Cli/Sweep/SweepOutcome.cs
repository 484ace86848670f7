using Tiny.Emulator.Boards;

namespace Tiny.Cli.Sweep;

/// <summary>What all trials come to: the candidates, those that no other beats, and the one to take.</summary>
/// <param name="Candidates">Configurations whose trials have all ended well, in their order.</param>
/// <param name="Failed">Trials that failed.</param>
/// <param name="Front">Of those that keep within the constraints, the ones that no other beats in everything; the smallest first.</param>
/// <param name="Winner">The smallest of the front that is good enough; null if none keeps within the constraints.</param>
internal sealed record SweepOutcome(
    IReadOnlyList<Candidate> Candidates, IReadOnlyList<(Trial Trial, string Error)> Failed, IReadOnlyList<Candidate> Front,
    Candidate? Winner)
{
    /// <summary>Gathers what there is so far.</summary>
    internal static SweepOutcome Of(SweepPlan plan, IReadOnlyList<Trial> trials, IReadOnlyDictionary<int, TrialResult> results)
    {
        BoardProfile board = BoardProfile.Load(plan.Constraints.Board);
        List<Candidate> candidates = [];
        List<(Trial, string)> failed = [];
        foreach (IGrouping<(int Configuration, int Rung), Trial> group in trials.GroupBy(trial => (trial.Configuration, trial.Rung)))
        {
            failed.AddRange(group.Where(trial => results.GetValueOrDefault(trial.Id)?.Error is not null)
                .Select(trial => (trial, results[trial.Id].Error!)));
            TrialResult[] ended = [.. group.Select(trial => results.GetValueOrDefault(trial.Id)).OfType<TrialResult>()
                .Where(result => result.Error is null)];
            if (ended.Length == group.Count())
            {
                candidates.Add(Gather(group.Key.Configuration, [.. group], ended, board));
            }
        }

        // Of a configuration that went on, its last rung counts.
        candidates = [.. candidates.GroupBy(candidate => candidate.Configuration)
            .Select(group => group.MaxBy(candidate => candidate.Trials[0].Rung)!).OrderBy(candidate => candidate.Configuration)];
        List<Candidate> front = FrontOf(candidates.Where(candidate => candidate.Keeps(plan.Constraints)));
        return new SweepOutcome(candidates, failed, front, Choose(front, plan.Within));
    }

    private static Candidate Gather(int configuration, Trial[] trials, TrialResult[] results, BoardProfile board)
    {
        long instructions = results[0].Instructions!.On(board);
        double[] values = [.. results.Select(result => result.Accuracy ?? result.Rmse!.Value)];
        double mean = values.Average();
        double spread = values.Length < 2
            ? double.NaN : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return new Candidate(configuration, trials, results, mean, spread, instructions, 1000 * board.Seconds(instructions));
    }

    private static List<Candidate> FrontOf(IEnumerable<Candidate> candidates)
    {
        List<Candidate> front = [];
        foreach (Candidate candidate in candidates.OrderByDescending(c => c.Score).ThenBy(c => c.First.BlobBytes)
            .ThenBy(c => c.Configuration))
        {
            if (!front.Any(other => other.Dominates(candidate) || Alike(other, candidate)))
            {
                front.RemoveAll(candidate.Dominates);
                front.Add(candidate);
            }
        }

        return [.. front.OrderBy(c => c.First.BlobBytes).ThenBy(c => c.Instructions).ThenBy(c => c.Configuration)];
    }

    private static bool Alike(Candidate a, Candidate b) =>
        a.Score == b.Score && a.First.BlobBytes == b.First.BlobBytes && a.First.Ram == b.First.Ram && a.Effort == b.Effort;

    /// <summary>The smallest that is no more than so much worse than the best.</summary>
    private static Candidate? Choose(List<Candidate> front, double within)
    {
        if (front.Count == 0)
        {
            return null;
        }

        double best = front.Max(candidate => candidate.Score);
        double enough = front[0].IsAccuracy ? best - within : best * (1 + within);
        return front.First(candidate => candidate.Score >= enough);
    }
}
