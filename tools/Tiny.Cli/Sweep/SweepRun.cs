using System.Diagnostics;
using Tiny.Cli.Output;

namespace Tiny.Cli.Sweep;

/// <summary>A sweep on this machine: rung by rung, what is missing, with the best so far to look at.</summary>
internal static class SweepRun
{
    /// <summary>Runs all that has no result yet.</summary>
    internal static void Run(SweepFolder folder, SweepPlan plan, int jobs, CancellationToken cancel)
    {
        using FileStream only = Lock(folder);
        for (int rung = 0; rung < plan.Rungs; rung++)
        {
            List<Trial> trials = folder.ReadManifest();
            Dictionary<int, TrialResult> results = folder.ReadResults();
            if (trials.All(trial => trial.Rung < rung))
            {
                trials.AddRange(TrialPlanner.Next(plan, trials, results, rung));
                folder.WriteManifest(trials);
            }

            Trial[] missing = [.. trials.Where(trial => !results.ContainsKey(trial.Id))];
            if (missing.Length == 0)
            {
                continue;
            }

            string stage = plan.Rungs > 1 ? $", rung {rung + 1} of {plan.Rungs}" : "";
            Words.Say($"{Format.Count(missing.Length, "trial")} to "
                + $"run{(missing.Length < trials.Count ? $", {Format.Count(trials.Count - missing.Length)} are there" : "")}{stage}; "
                + $"{jobs} at a time. Ctrl-C ends it; the same call goes on.");
            using ResultLog log = new(folder.ResultsPath("local"));
            using SweepProgress progress = new(plan, trials, results);
            FilesAsTheyCome files = new(folder, plan, trials, results);
            try
            {
                WorkerPool.Run(() => WorkerProcess.Of(folder), missing, jobs, result =>
                {
                    log.Add(result);
                    results[result.Id] = result;
                    progress.Show();
                    files.WriteIfDue();
                }, cancel);
            }
            catch (OperationCanceledException)
            {
                Words.Say($"{folder.Path}: {Format.Count(results.Count, "result")} kept; the same call goes on.");
                throw;
            }
        }
    }

    /// <summary>
    /// Writes the results so far now and then: the more there are, the less often, so that it takes no more than a twentieth of the time.
    /// </summary>
    private sealed class FilesAsTheyCome(
        SweepFolder folder, SweepPlan plan, IReadOnlyList<Trial> trials, IReadOnlyDictionary<int, TrialResult> results)
    {
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private TimeSpan next = TimeSpan.FromSeconds(1);

        internal void WriteIfDue()
        {
            TimeSpan begun = watch.Elapsed;
            if (begun >= next)
            {
                SweepReport.WriteFiles(folder, plan, SweepOutcome.Of(plan, trials, results), trials, results,
                    new Dictionary<int, double>());
                next = watch.Elapsed + TimeSpan.FromSeconds(Math.Max(1, 20 * (watch.Elapsed - begun).TotalSeconds));
            }
        }
    }

    /// <exception cref="ModelException">Another process runs this sweep.</exception>
    private static FileStream Lock(SweepFolder folder)
    {
        try
        {
            return new FileStream(folder.At("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new ModelException($"{folder.Path}: another tiny sweep is at work here. Wait for it, or name another folder with --dir.");
        }
    }
}
