using System.CommandLine;

namespace Tiny.Cli.Sweep;

/// <summary>The options of a sweep on a Slurm cluster.</summary>
internal sealed class SlurmOptions
{
    private readonly Option<string?> folder =
        new("--slurm")
        {
            Description = "For a Slurm cluster: write manifest and array job into this folder, which all nodes must see",
            HelpName = "DIR"
        };
    private readonly Option<bool> submit =
        new("--submit") { Description = "With --slurm: submit all trials that are neither done nor queued" };
    private readonly Option<bool> status = new("--status") { Description = "With --slurm: show the progress" };
    private readonly Option<bool> collect =
        new("--collect") { Description = "With --slurm: gather the results; with halving, plan the next rung" };
    private readonly Option<string?> partition = new("--partition") { Description = "With --slurm: the partition", HelpName = "NAME" };
    private readonly Option<string?> time =
        new("--time") { Description = "With --slurm: the time limit of a task, in Slurm's format", HelpName = "TIME" };
    private readonly Option<string?> memory =
        new("--mem") { Description = "With --slurm: the memory of a task, in Slurm's format", HelpName = "SIZE" };
    private readonly Option<int?> throttle =
        new("--throttle") { Description = "With --slurm: tasks run in parallel, at most", HelpName = "N" };
    private readonly Option<int?> perTask =
        new("--per-task") { Description = "With --slurm: trials per task. Default: as many as make 500 tasks", HelpName = "N" };

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[] { folder, submit, status, collect, partition, time, memory, throttle, perTask })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the folder is called on the command line.</summary>
    internal string FolderName => folder.Name;

    /// <summary>The folder; null for a sweep on this machine.</summary>
    internal string? Folder(ParseResult parsed) => parsed.GetValue(folder);

    internal bool Submits(ParseResult parsed) => parsed.GetValue(submit);

    internal bool AsksForStatus(ParseResult parsed) => parsed.GetValue(status);

    internal bool Collects(ParseResult parsed) => parsed.GetValue(collect);

    internal int? PerTask(ParseResult parsed) => parsed.GetValue(perTask);

    /// <summary>What is asked of the scheduler; the trials of a task are not.</summary>
    internal SlurmSettings Asked(ParseResult parsed) =>
        new(1, parsed.GetValue(partition), parsed.GetValue(time), parsed.GetValue(memory), parsed.GetValue(throttle));

    /// <summary>Checks them against each other and against what Slurm takes.</summary>
    /// <exception cref="UsageException">One is wrong.</exception>
    internal void Check(ParseResult parsed)
    {
        if (Folder(parsed) is not string path)
        {
            foreach (Option option in new Option[] { submit, status, collect, partition, time, memory, throttle, perTask })
            {
                if (parsed.GetResult(option) is { Implicit: false })
                {
                    throw new UsageException($"{option.Name} goes with --slurm DIR.");
                }
            }

            return;
        }

        Refuse("--slurm", Path.GetFullPath(path), SlurmValues.FaultOfFolder);
        Refuse("--partition", parsed.GetValue(partition), SlurmValues.FaultOfPartition);
        Refuse("--time", parsed.GetValue(time), SlurmValues.FaultOfTime);
        Refuse("--mem", parsed.GetValue(memory), SlurmValues.FaultOfMemory);
        foreach ((string name, int? value) in new[] { ("--throttle", parsed.GetValue(throttle)), ("--per-task", parsed.GetValue(perTask)) })
        {
            if (value < 1)
            {
                throw new UsageException($"{name} {value}: expected 1 or more.");
            }
        }
    }

    private static void Refuse(string option, string? value, Func<string, string?> faultOf)
    {
        if (value is not null && faultOf(value) is string fault)
        {
            throw new UsageException($"{option} {string.Concat(value.Select(c => char.IsControl(c) ? '?' : c))}: {fault}.");
        }
    }
}
