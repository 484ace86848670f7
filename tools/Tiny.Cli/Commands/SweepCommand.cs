using System.CommandLine;
using System.Globalization;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Cli.Sweep;
using Tiny.Core;
using Tiny.Emulator.Boards;
using Tiny.Training.Data;

namespace Tiny.Cli.Commands;

/// <summary>tiny sweep: the smallest model that is good enough, here or on a cluster.</summary>
internal sealed class SweepCommand
{
    private const int MostChecked = 2000;

    private readonly Argument<string> file = new("FILE") { Description = "The sweep file (tools/Tiny.Cli/Sweep/README.md describes it)" };
    private readonly Option<string?> directory = new("--dir") { Description = "The folder for manifest and results; default: the file's name with .sweep", HelpName = "DIR" };
    private readonly Option<int> jobs = new("--jobs") { Description = "Trials at a time", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string?> pick = new("--pick") { Description = "Write the winner's blob", HelpName = "FILE" };
    private readonly Option<string?> board = new("--board") { Description = "The board that constraints and front are for; default: the sweep file's", HelpName = "BOARD" };
    private readonly Option<string?> maxRam = new("--max-ram") { Description = "The most heap a prediction may take, such as 20k", HelpName = "SIZE" };
    private readonly Option<double?> maxMilliseconds = new("--max-ms") { Description = "The longest a prediction may take", HelpName = "MS" };
    private readonly Option<string?> maxBytes = new("--max-bytes") { Description = "The largest blob", HelpName = "SIZE" };
    private readonly Option<string?> slurm = new("--slurm") { Description = "For a Slurm cluster: write manifest and array job into this folder, which all nodes must see", HelpName = "DIR" };
    private readonly Option<bool> submit = new("--submit") { Description = "With --slurm: submit what is not done and not queued" };
    private readonly Option<bool> status = new("--status") { Description = "With --slurm: how far it is" };
    private readonly Option<bool> collect = new("--collect") { Description = "With --slurm: gather the results; with halving, plan the next rung" };
    private readonly Option<string?> partition = new("--partition") { Description = "With --slurm: the partition", HelpName = "NAME" };
    private readonly Option<string?> time = new("--time") { Description = "With --slurm: the longest a task may take, as Slurm writes it", HelpName = "TIME" };
    private readonly Option<string?> memory = new("--mem") { Description = "With --slurm: memory of a task, as Slurm writes it", HelpName = "SIZE" };
    private readonly Option<int?> throttle = new("--throttle") { Description = "With --slurm: the most tasks at a time", HelpName = "N" };
    private readonly Option<int?> perTask = new("--per-task") { Description = "With --slurm: trials of a task; default: what makes 500 tasks of them", HelpName = "N" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };

    internal static Command Create()
    {
        SweepCommand sweep = new();
        ExampleCommand command = new(
            "sweep",
            "Trains many models and finds the smallest that is good enough: accuracy against bytes, RAM and time on a board. Interrupted at any moment, the same call goes on.",
            "tiny sweep digits.sweep.json --jobs 2 --pick digits.tiny",
            "tiny sweep digits.sweep.json --board stm32f091 --max-ram 10k --max-ms 20",
            "tiny sweep digits.sweep.json --slurm /shared/digits --partition short --time 30 --submit",
            "tiny sweep digits.sweep.json --slurm /shared/digits --collect");
        command.Arguments.Add(sweep.file);
        foreach (Option option in new Option[]
        {
            sweep.directory, sweep.jobs, sweep.pick, sweep.board, sweep.maxRam, sweep.maxMilliseconds, sweep.maxBytes, sweep.slurm, sweep.submit, sweep.status, sweep.collect,
            sweep.partition, sweep.time, sweep.memory, sweep.throttle, sweep.perTask, sweep.json,
        })
        {
            command.Options.Add(option);
        }

        command.SetWork(sweep.Run);
        return command;
    }

    /// <summary>What runs trials for a sweep: started by it, and by Slurm's tasks; not for users.</summary>
    internal static Command CreateWorker()
    {
        Argument<string> folder = new("DIR");
        Option<int?> task = new("--task");
        ExampleCommand command = new("sweep-worker", "Runs trials of a sweep.") { Hidden = true };
        command.Arguments.Add(folder);
        command.Options.Add(task);
        command.SetWork((parsed, cancel) =>
        {
            SweepFolder at = new(parsed.GetValue(folder)!);
            return parsed.GetValue(task) is int number ? SlurmJobs.RunTask(at, number, cancel) : WorkerPool.Work(at, cancel);
        });
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(file)!;
        (SweepPlan plan, string text) = SweepFile.Read(path);
        CheckOptions(parsed);
        string? shared = parsed.GetValue(slurm);
        SweepFolder folder = new(shared ?? parsed.GetValue(directory) ?? Path.ChangeExtension(path, ".sweep"));
        if (parsed.GetValue(status))
        {
            folder.CheckIsOf(text);
            return Status(folder);
        }

        NameFiles(parsed, path, plan, folder).Check();
        SweepPlan limited = plan with { Constraints = Limits(parsed, plan.Constraints) };
        if (folder.IsBegun)
        {
            folder.CheckIsOf(text);
        }
        else
        {
            List<Trial> first = TrialPlanner.First(plan);
            Check(limited, first, path, cancel);
            folder.Begin(text, Path.GetDirectoryName(Path.GetFullPath(path))!, first);
        }

        if (shared is not null && !parsed.GetValue(collect))
        {
            return Prepare(folder, parsed);
        }

        if (shared is null)
        {
            SweepRun.Run(folder, plan, parsed.GetValue(jobs), cancel);
        }
        else if (!IsWhole(folder, plan))
        {
            return ExitCode.Failed;
        }

        return SweepFinish.Run(folder, limited, parsed.GetValue(pick), parsed.GetValue(json), cancel);
    }

    /// <summary>The files of the sweep: those that its trials read, those in its folder, the winner's.</summary>
    private RunFiles NameFiles(ParseResult parsed, string path, SweepPlan plan, SweepFolder folder)
    {
        RunFiles files = new RunFiles().Reads("FILE", path).WritesModel(pick.Name, parsed.GetValue(pick));
        (Command command, TrainCommand train) = TrainCommand.Make();
        train.NameInputs(command.Parse(TrialRunner.Arguments(plan, new Trial(0, 0, 0, plan.Seed, []), "-")), files);
        folder.NameFiles(parsed.GetValue(slurm) is null ? directory.Name : slurm.Name, files);
        return files;
    }

    private void CheckOptions(ParseResult parsed)
    {
        bool onSlurm = parsed.GetValue(slurm) is not null;
        foreach (Option option in new Option[] { submit, status, collect, partition, time, memory, throttle, perTask })
        {
            if (!onSlurm && parsed.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{option.Name} goes with --slurm DIR.");
            }
        }

        if (onSlurm && parsed.GetValue(directory) is not null)
        {
            throw new UsageException("--dir and --slurm exclude each other: both name the folder.");
        }

        foreach ((string name, int? value) in new (string, int?)[] { ("--jobs", parsed.GetValue(jobs)), ("--throttle", parsed.GetValue(throttle)), ("--per-task", parsed.GetValue(perTask)) })
        {
            if (value < 1)
            {
                throw new UsageException($"{name} {value}: expected 1 or more.");
            }
        }
    }

    private Constraints Limits(ParseResult parsed, Constraints planned)
    {
        string name = parsed.GetValue(board) ?? planned.Board;
        if (!BoardProfile.Names.Contains(name))
        {
            throw new UsageException($"--board {name}: expected one of {string.Join(", ", BoardProfile.Names)}.");
        }

        double? most = parsed.GetValue(maxMilliseconds);
        if (most is not null && !(most > 0))
        {
            throw new UsageException($"--max-ms {most.Value.ToString(CultureInfo.InvariantCulture)}: expected more than 0.");
        }

        return new Constraints(name, Size("--max-ram", parsed.GetValue(maxRam)) ?? planned.MaxRam, most ?? planned.MaxMilliseconds, Size("--max-bytes", parsed.GetValue(maxBytes)) ?? planned.MaxBytes);
    }

    private static long? Size(string option, string? text) =>
        text is null ? null : Sizes.TryParse(text, out long bytes) && bytes > 0 ? bytes : throw new UsageException($"{option} {text}: expected bytes, or a number with k such as 20k.");

    /// <summary>Refuses before anything is written what no trial could do: options that tiny train does not take, data it cannot read, limits that even the smallest network breaks.</summary>
    private static void Check(SweepPlan plan, List<Trial> trials, string path, CancellationToken cancel)
    {
        (Command command, TrainCommand train) = TrainCommand.Make();
        DataSchema? schema = null;
        foreach (Dimension dimension in plan.Space)
        {
            foreach (string value in dimension.Samples())
            {
                ParseResult parsed = command.Parse(TrialRunner.Arguments(plan, new Trial(0, 0, 0, plan.Seed, [$"--{dimension.Option}", value]), "-"));
                string? wrong = parsed.Errors.FirstOrDefault()?.Message ?? train.FaultOf(parsed);
                if (wrong is not null)
                {
                    bool ofSpace = wrong.Contains(dimension.Option, StringComparison.Ordinal);
                    throw new UsageException(ofSpace ? $"{path}, line {dimension.Line}: space.{dimension.Option}: {wrong}" : $"{path}: options: {wrong}");
                }

                if (schema is null)
                {
                    using QuietWords quiet = new();
                    schema = train.Check(parsed, cancel);
                }
            }
        }

        if (plan.Constraints.MaxRam is long ram && LeastRam(command, train, plan, trials, schema!) is long least && least > ram)
        {
            throw new UsageException($"{path}: constraints.max_ram of {Format.Bytes(ram)} cannot be kept: the smallest network of the space takes {Format.Bytes(least)}. Allow more, or search among smaller ones.");
        }
    }

    /// <summary>The least RAM of the space's float32 networks; null if there are others, of which it is known only when they are trained.</summary>
    private static long? LeastRam(Command command, TrainCommand train, SweepPlan plan, List<Trial> trials, DataSchema schema)
    {
        if (trials.Count > MostChecked || trials.Any(trial => trial.Arguments.Contains("int8")))
        {
            return null;
        }

        return trials.Select(trial => string.Join(' ', trial.Arguments)).Distinct()
            .Min(arguments => DeviceMemory.ToPredict(new Network(train.ShapeOf(command.Parse(TrialRunner.Arguments(plan, new Trial(0, 0, 0, 1, arguments.Split(' ')), "-")), schema))));
    }

    private int Prepare(SweepFolder folder, ParseResult parsed)
    {
        SlurmJobs slurmJobs = new(folder);
        List<Trial> trials = folder.ReadManifest();
        slurmJobs.Write(new SlurmJobs.Settings(0, parsed.GetValue(partition), parsed.GetValue(time), parsed.GetValue(memory), parsed.GetValue(throttle)), parsed.GetValue(perTask), trials.Count);
        IReadOnlyDictionary<int, string> queued = slurmJobs.Queued() ?? new Dictionary<int, string>();
        List<int> tasks = [.. slurmJobs.Incomplete(trials, folder.ReadResults()).Where(task => !queued.ContainsKey(task))];
        if (tasks.Count == 0)
        {
            Words.Say(queued.Count > 0 ? $"All that is left is queued: {Format.Count(queued.Count, "task")}." : "All trials have their results; gather them with --collect.");
            return ExitCode.Done;
        }

        if (!parsed.GetValue(submit))
        {
            Words.Say($"Wrote manifest and job for {Format.Count(tasks.Count, "task")} to {folder.Path}. Submit it with --submit, or with");
            Console.Out.WriteLine(string.Join(' ', slurmJobs.SubmitCommand(tasks)));
            return ExitCode.Done;
        }

        string job = slurmJobs.Submit(tasks);
        Words.Say($"Submitted {Format.Count(tasks.Count, "task")} as job {job}. See --status; then --collect.");
        return ExitCode.Done;
    }

    private static int Status(SweepFolder folder)
    {
        SlurmJobs slurmJobs = new(folder);
        List<Trial> trials = folder.ReadManifest();
        Dictionary<int, TrialResult> results = folder.ReadResults();
        Console.Out.WriteLine($"{Format.Count(results.Count)} of {Format.Count(trials.Count, "trial")} have their results.");
        IReadOnlyDictionary<int, string>? queued = slurmJobs.Queued();
        if (queued is null)
        {
            Words.Say("Slurm cannot be asked from here (no squeue); this is what the folder says.");
            return ExitCode.Done;
        }

        foreach (IGrouping<string, KeyValuePair<int, string>> state in queued.GroupBy(entry => entry.Value))
        {
            Console.Out.WriteLine($"{Format.Count(state.Count(), "task")} {state.Key}.");
        }

        List<int> lost = [.. slurmJobs.Incomplete(trials, results).Where(task => !queued.ContainsKey(task))];
        if (lost.Count > 0)
        {
            Console.Out.WriteLine($"{Format.Count(lost.Count, "task")} not finished and not queued: {SlurmJobs.Ranges(lost)}. --submit submits them; {folder.At("logs")} says what became of them.");
        }

        return ExitCode.Done;
    }

    /// <summary>Whether all is there; if a rung is, the next one is planned.</summary>
    private static bool IsWhole(SweepFolder folder, SweepPlan plan)
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
        if (rung < plan.Rungs)
        {
            trials.AddRange(TrialPlanner.Next(plan, trials, results, rung));
            folder.WriteManifest(trials);
            Words.Complain($"rung {rung} of {plan.Rungs} is done; the next is planned. Submit it with --submit.");
            return false;
        }

        return true;
    }
}
