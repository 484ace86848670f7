using Tiny.Cli.Output;

namespace Tiny.Cli.Sweep;

/// <summary>A sweep on a Slurm cluster, call by call: prepared and submitted, asked how far it is, gathered.</summary>
internal sealed class SlurmSweep(SweepFolder folder, SweepPlan plan)
{
    private readonly SlurmJobs jobs = new(folder);

    /// <summary>Writes the job for what is not done and not queued; submits it, or prints the command that does.</summary>
    /// <param name="asked">What is asked of the scheduler.</param>
    /// <param name="perTask">Trials of a task; null for what is usual.</param>
    /// <param name="submit">Whether it is submitted.</param>
    internal int Prepare(SlurmSettings asked, int? perTask, bool submit)
    {
        List<Trial> trials = folder.ReadManifest();
        jobs.Write(asked, perTask, trials.Count);
        IReadOnlyDictionary<int, string> queued = jobs.Queued() ?? new Dictionary<int, string>();
        List<int> tasks = [.. jobs.Incomplete(trials, folder.ReadResults()).Where(task => !queued.ContainsKey(task))];
        if (tasks.Count == 0)
        {
            Words.Say(queued.Count > 0
                ? $"All that is left is queued: {Format.Count(queued.Count, "task")}."
                : "All trials have their results; gather them with --collect.");
            return ExitCode.Done;
        }

        if (!submit)
        {
            Words.Say($"Wrote manifest and job for {Format.Count(tasks.Count, "task")} to {folder.Path}. Submit it with --submit, or with");
            Console.Out.WriteLine(jobs.SubmitLine(tasks));
            return ExitCode.Done;
        }

        string job = jobs.Submit(tasks);
        Words.Say($"Submitted {Format.Count(tasks.Count, "task")} as job {job}. See --status; then --collect.");
        return ExitCode.Done;
    }

    /// <summary>Prints how far it is.</summary>
    internal int Status()
    {
        List<Trial> trials = folder.ReadManifest();
        Dictionary<int, TrialResult> results = folder.ReadResults();
        Screen.Print($"{Format.Count(results.Count)} of {Format.Count(trials.Count, "trial")} have their results.");
        IReadOnlyDictionary<int, string>? queued = jobs.Queued();
        if (queued is null)
        {
            Words.Say("Slurm cannot be asked from here (no squeue); this is what the folder says.");
            return ExitCode.Done;
        }

        foreach (IGrouping<string, KeyValuePair<int, string>> state in queued.GroupBy(entry => entry.Value))
        {
            Screen.Print($"{Format.Count(state.Count(), "task")} {state.Key}.");
        }

        List<int> lost = [.. jobs.Incomplete(trials, results).Where(task => !queued.ContainsKey(task))];
        if (lost.Count > 0)
        {
            Screen.Print($"{Format.Count(lost.Count, "task")} not finished and not "
                + $"queued: {SlurmJobs.Ranges(lost)}. --submit submits them; {folder.At("logs")} says what became of them.");
        }

        return ExitCode.Done;
    }

    /// <summary>Whether all is there; if a rung is, the next one is planned.</summary>
    internal bool IsWhole()
    {
        List<Trial> trials = folder.ReadManifest();
        Dictionary<int, TrialResult> results = folder.ReadResults();
        int missing = trials.Count(trial => !results.ContainsKey(trial.Id));
        if (missing > 0)
        {
            Words.Complain($"{Format.Count(missing)} of {Format.Count(trials.Count, "trial")} have no result yet: see --status.");
            return false;
        }

        int rung = 1 + trials.Max(trial => trial.Rung);
        List<Trial> next = rung < plan.Rungs ? TrialPlanner.Next(plan, trials, results, rung) : [];
        if (next.Count > 0)
        {
            folder.WriteManifest(trials.Concat(next));
            Words.Complain($"rung {rung} of {plan.Rungs} is done; the next is planned. Submit it with --submit.");
        }

        return next.Count == 0;
    }
}
