using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tiny.Cli.Output;
using Tiny.Training.Data;

namespace Tiny.Cli.Sweep;

/// <summary>
/// A sweep as an array job of Slurm. All that passes between here and the tasks is in the sweep's folder,
/// which both must see: the manifest, and a file of results for each task. A task that was killed or
/// preempted leaves what it has, and does only the rest when it runs again.
/// </summary>
internal sealed class SlurmJobs(SweepFolder folder)
{
    private const int UsualTasks = 500; // below MaxArraySize as it is usually set, 1001

    private string SettingsPath => folder.At("slurm.json");

    private string JobsPath => folder.At("jobs.txt");

    private string ScriptPath => folder.At("tasks.sh");

    /// <summary>
    /// Writes the script that the tasks run. What is not asked anew stays as it was; the number of trials to a task in any case.
    /// </summary>
    /// <exception cref="UsageException">The sweep was begun with another number of trials to a task.</exception>
    internal void Write(SlurmSettings asked, int? perTask, int trials)
    {
        SlurmSettings? before = File.Exists(SettingsPath) ? ReadSettings() : null;
        if (before is not null && perTask is not null && perTask != before.PerTask)
        {
            throw new UsageException($"--per-task {perTask}: the sweep "
                + $"in {folder.Path} was begun with {before.PerTask}, by which its results are kept.");
        }

        SlurmSettings settings = new(
            before?.PerTask ?? perTask ?? Math.Max(1, (trials + UsualTasks - 1) / UsualTasks),
            asked.Partition ?? before?.Partition, asked.Time ?? before?.Time, asked.Memory ?? before?.Memory,
                asked.Throttle ?? before?.Throttle);
        OutputFile.MakeFolder(folder.At("logs"));
        OutputFile.Write(SettingsPath, settings.ToBytes());
        OutputFile.WriteText(ScriptPath, Script(settings));
    }

    /// <summary>Tasks that have trials left, in order.</summary>
    internal List<int> Incomplete(IReadOnlyList<Trial> trials, IReadOnlyDictionary<int, TrialResult> results)
    {
        int each = ReadSettings().PerTask;
        return [.. trials.Chunk(each).Select((chunk, task) => (task, left: chunk.Count(trial => !results.ContainsKey(trial.Id))))
            .Where(entry => entry.left > 0).Select(entry => entry.task)];
    }

    /// <summary>
    /// Runs the trials of a task that have no result yet, in a process of their own: one that is
    /// killed for want of memory takes no other trial with it.
    /// </summary>
    internal static int RunTask(SweepFolder folder, int task, CancellationToken cancel)
    {
        long each = new SlurmJobs(folder).ReadSettings().PerTask;
        string path = folder.ResultsPath(string.Create(CultureInfo.InvariantCulture, $"task-{task:000000}"));
        HashSet<int> done = [.. SweepFolder.ReadResults(path).Select(result => result.Id)];
        using ResultLog log = new(path);
        WorkerPool.Run(() => WorkerProcess.Of(folder),
            [.. folder.ReadManifest().Where(trial => trial.Id / each == task && !done.Contains(trial.Id))], 1, log.Add, cancel);
        return ExitCode.Done;
    }

    /// <summary>The command that submits these tasks, for a shell.</summary>
    internal string SubmitLine(IReadOnlyList<int> tasks) => string.Join(' ', SubmitCommand(tasks).Select(SlurmValues.InShell));

    private string[] SubmitCommand(IReadOnlyList<int> tasks)
    {
        string throttle = ReadSettings().Throttle is int most ? $"%{most}" : "";
        return ["sbatch", "--parsable", $"--array={Ranges(tasks)}{throttle}", ScriptPath];
    }

    /// <summary>Submits tasks; the job's number.</summary>
    /// <exception cref="ModelException">Slurm refuses, or is not there.</exception>
    internal string Submit(IReadOnlyList<int> tasks)
    {
        string[] command = SubmitCommand(tasks);
        if (TryRun(command) is not (int code, string output, string errors))
        {
            throw new ModelException(
                "Slurm is not installed here (no sbatch). Without --submit, the same call prints the command to run where it is.");
        }

        if (code != 0)
        {
            throw new ModelException($"sbatch refused: {InOneLine(errors)}");
        }

        // With --parsable sbatch prints the job's number, and ; and a name where there are several
        // clusters; a site's plugins may print more.
        string? job = output.Split('\n').Select(line => line.Trim().Split(';')[0]).LastOrDefault(IsJob);
        if (job is null)
        {
            throw new ModelException($"sbatch answered \"{InOneLine(output)}\", in which there is no job's number.");
        }

        File.AppendAllText(JobsPath, job + "\n");
        return job;
    }

    /// <summary>Tasks that Slurm has waiting or running; null where it cannot be asked.</summary>
    internal IReadOnlyDictionary<int, string>? Queued()
    {
        if (!File.Exists(JobsPath))
        {
            return new Dictionary<int, string>();
        }

        string[] lines = File.ReadAllLines(JobsPath);
        int wrong = Array.FindIndex(lines, line => !IsJob(line));
        if (wrong >= 0)
        {
            throw new DataException($"{JobsPath}, line {wrong + 1}: is no job's number. Remove the line.");
        }

        string jobs = string.Join(',', lines.Distinct());
        if (TryRun(["squeue", "--noheader", "--array", $"--jobs={jobs}", "--format=%K %T"]) is not (int code, string output, _))
        {
            return null;
        }

        // A job that Slurm has forgotten makes it fail: then nothing of it is queued.
        Dictionary<int, string> queued = [];
        foreach (string[] cells in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)))
        {
            if (code == 0 && cells.Length == 2 && int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int task))
            {
                queued[task] = cells[1].ToLowerInvariant();
            }
        }

        return queued;
    }

    /// <summary>Such as 0-3,7.</summary>
    internal static string Ranges(IReadOnlyList<int> numbers)
    {
        List<string> ranges = [];
        for (int i = 0; i < numbers.Count;)
        {
            int end = i;
            while (end + 1 < numbers.Count && numbers[end + 1] == numbers[end] + 1)
            {
                end++;
            }

            ranges.Add(end == i ? $"{numbers[i]}" : $"{numbers[i]}-{numbers[end]}");
            i = end + 1;
        }

        return string.Join(',', ranges);
    }

    private SlurmSettings ReadSettings() => SlurmSettings.Read(SettingsPath);

    private static bool IsJob(string text) => text.Length is > 0 and < 12 && text.All(char.IsAsciiDigit);

    private string Script(SlurmSettings settings)
    {
        ProcessStartInfo self = WorkerProcess.Self(["sweep-worker", folder.Path, "--task"]);
        string command = string.Join(' ', new[] { self.FileName }.Concat(self.ArgumentList).Select(SlurmValues.InShell));
        StringBuilder script = new(
            "#!/bin/bash\n#SBATCH --job-name=tiny-sweep\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=1\n#SBATCH --requeue\n#SBATCH "
                + "--open-mode=append\n");
        script.Append(CultureInfo.InvariantCulture, $"#SBATCH --output={SlurmValues.InDirective(folder.At("logs"), "/%A_%a.log")}\n");
        foreach ((string option, string? value) in new[] { ("partition", settings.Partition), ("time", settings.Time),
            ("mem", settings.Memory) })
        {
            script.Append(value is null ? "" : $"#SBATCH --{option}={value}\n");
        }

        return script.Append(CultureInfo.InvariantCulture, $"exec {command} \"$SLURM_ARRAY_TASK_ID\"\n").ToString();
    }

    private static string InOneLine(string lines) =>
        string.Join("; ", lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static (int Code, string Output, string Errors)? TryRun(string[] command)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
