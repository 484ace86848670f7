using System.Globalization;
using Tiny.Learning;

namespace Tiny.Cli.Sweep;

/// <summary>Makes the trials of a plan: the same for the same file, whoever runs them.</summary>
internal static class TrialPlanner
{
    private const int MostDraws = 100; // for one that was not drawn before

    /// <summary>The trials of the first rung.</summary>
    internal static List<Trial> First(SweepPlan plan) =>
        Trials(plan, [.. Configurations(plan).Select((arguments, i) => (i, arguments))], 0, 0);

    /// <summary>
    /// The trials of the next rung: the better part of the configurations, with more epochs; none if every configuration has failed.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="trials">All trials so far.</param>
    /// <param name="results">Their results.</param>
    /// <param name="rung">The next rung.</param>
    internal static List<Trial> Next(SweepPlan plan, IReadOnlyList<Trial> trials, IReadOnlyDictionary<int, TrialResult> results, int rung)
    {
        (int Configuration, double Score, IReadOnlyList<string> Arguments)[] judged = [.. trials.Where(trial => trial.Rung == rung - 1)
            .GroupBy(trial => trial.Configuration)
            .Select(group => (group.Key, group.Average(trial => results[trial.Id].Score), group.First().Arguments))];
        int keep = Math.Max(1, judged.Length / plan.Halving.Keep);
        (int, IReadOnlyList<string>)[] better = [.. judged.Where(entry => double.IsFinite(entry.Score))
            .OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Configuration).Take(keep)
            .OrderBy(entry => entry.Configuration)
            .Select(entry => (entry.Configuration, (IReadOnlyList<string>)[.. entry.Arguments.SkipLast(2)]))];
        return Trials(plan, better, rung, trials.Count);
    }

    private static List<Trial> Trials(SweepPlan plan, (int Number, IReadOnlyList<string> Arguments)[] configurations, int rung, int firstId)
    {
        string epochs = (plan.Halving.Epochs * Math.Pow(plan.Halving.Keep, rung)).ToString("0", CultureInfo.InvariantCulture);
        List<Trial> trials = [];
        foreach ((int number, IReadOnlyList<string> arguments) in configurations)
        {
            for (int repeat = 0; repeat < plan.Repeats; repeat++)
            {
                string[] all = plan.Search == Search.Halving ? [.. arguments, "--epochs", epochs] : [.. arguments];
                trials.Add(new Trial(firstId + trials.Count, number, rung, plan.Seed + repeat, all));
            }
        }

        return trials;
    }

    private static IEnumerable<IReadOnlyList<string>> Configurations(SweepPlan plan) => plan.Search == Search.Grid
        ? Grid(plan.Space) : Drawn(plan);

    private static IEnumerable<IReadOnlyList<string>> Grid(IReadOnlyList<Dimension> space)
    {
        IEnumerable<IReadOnlyList<string>> all = [[]];
        foreach (Dimension dimension in space)
        {
            all = all.SelectMany(before =>
                dimension.Values.Select(value => (IReadOnlyList<string>)[.. before, $"--{dimension.Option}", value]));
        }

        return all;
    }

    private static IEnumerable<IReadOnlyList<string>> Drawn(SweepPlan plan)
    {
        SeededRandom random = new(plan.Seed);
        HashSet<string> seen = [];
        for (int i = 0; i < plan.Trials; i++)
        {
            IReadOnlyList<string> drawn = [];
            for (int attempt = 0; attempt < MostDraws; attempt++)
            {
                drawn = [.. plan.Space.SelectMany(dimension => new[] { $"--{dimension.Option}", dimension.Draw(random) })];
                if (seen.Add(string.Join(' ', drawn)))
                {
                    break;
                }
            }

            yield return drawn;
        }
    }
}
