using System.CommandLine;
using System.Globalization;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Cli.Sweep;
using Tiny.Emulator.Boards;

namespace Tiny.Cli.Commands;

/// <summary>tiny sweep: the smallest model that is good enough, here or on a cluster.</summary>
internal sealed class SweepCommand
{
    private readonly Argument<string> file = new("FILE") { Description = "The sweep file (tools/Tiny.Cli/Sweep/README.md describes it)" };
    private readonly Option<string?> directory =
        new("--dir") { Description = "The folder for manifest and results. Default: the sweep file's name with .sweep", HelpName = "DIR" };
    private readonly Option<int> jobs =
        new("--jobs") { Description = "Trials run in parallel", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string?> pick = new("--pick") { Description = "Write the winning model", HelpName = "FILE" };
    private readonly Option<string?> board =
        new("--board")
        {
            Description = "The board for the constraints and the Pareto front. Default: the one in the sweep file",
            HelpName = "BOARD"
        };
    private readonly Option<string?> maxRam =
        new("--max-ram") { Description = "The most RAM a prediction may take, such as 20k", HelpName = "SIZE" };
    private readonly Option<double?> maxMilliseconds =
        new("--max-ms")
        {
            Description = "The most milliseconds a prediction may take; for recordings a whole hop, features included",
            HelpName = "MS"
        };
    private readonly Option<string?> maxBytes = new("--max-bytes") { Description = "The largest model, in bytes", HelpName = "SIZE" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };
    private readonly NativeOption native = new();
    private readonly SlurmOptions slurm = new();

    internal static Command Create()
    {
        SweepCommand sweep = new();
        ExampleCommand command = new(
            "sweep",
            "Trains many models and finds the smallest that is accurate enough within a board's memory and time. After an interruption, "
                + "the same command resumes.",
            "tiny sweep digits.sweep.json --jobs 2 --pick digits.tiny",
            "tiny sweep digits.sweep.json --board stm32f091 --max-ram 10k --max-ms 20",
            "tiny sweep digits.sweep.json --slurm /shared/digits --partition short --time 30 --submit",
            "tiny sweep digits.sweep.json --slurm /shared/digits --collect");
        command.Arguments.Add(sweep.file);
        foreach (Option option in new Option[] { sweep.directory, sweep.jobs, sweep.pick, sweep.board, sweep.maxRam, sweep.maxMilliseconds,
            sweep.maxBytes, sweep.native.Option })
        {
            command.Options.Add(option);
        }

        sweep.slurm.AddTo(command);
        command.Options.Add(sweep.json);
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
        string? shared = slurm.Folder(parsed);
        SweepFolder folder = new(shared ?? parsed.GetValue(directory) ?? UsualFolder(path));
        SlurmSweep onSlurm = new(folder, plan);
        if (slurm.AsksForStatus(parsed))
        {
            folder.CheckIsOf(text);
            return onSlurm.Status();
        }

        NameFiles(parsed, path, plan, folder).Check();
        SweepPlan limited = plan with { Constraints = Limits(parsed, plan.Constraints), CountsNative = native.Read(parsed) };
        if (folder.IsBegun)
        {
            folder.CheckIsOf(text);
        }
        else
        {
            List<Trial> first = TrialPlanner.First(plan);
            SweepCheck.Run(limited, first, path, cancel);
            folder.Begin(text, Path.GetDirectoryName(Path.GetFullPath(path))!, first);
        }

        if (shared is not null && !slurm.Collects(parsed))
        {
            return onSlurm.Prepare(slurm.Asked(parsed), slurm.PerTask(parsed), slurm.Submits(parsed));
        }

        if (shared is null)
        {
            SweepRun.Run(folder, plan, parsed.GetValue(jobs), cancel);
        }
        else if (!onSlurm.IsWhole())
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
        folder.NameFiles(slurm.Folder(parsed) is null ? directory.Name : slurm.FolderName, files);
        return files;
    }

    /// <summary>The file's name with .sweep; the file itself may have that.</summary>
    private static string UsualFolder(string path)
    {
        string usual = Path.ChangeExtension(path, ".sweep");
        return usual == path ? path + ".sweep" : usual;
    }

    private void CheckOptions(ParseResult parsed)
    {
        slurm.Check(parsed);
        if (slurm.Folder(parsed) is not null && parsed.GetValue(directory) is not null)
        {
            throw new UsageException("--dir and --slurm exclude each other: both name the folder.");
        }

        foreach ((string name, string? value) in new[] { ("--dir", parsed.GetValue(directory)), ("--slurm", slurm.Folder(parsed)),
            ("--pick", parsed.GetValue(pick)) })
        {
            if (value?.Length == 0)
            {
                throw new UsageException($"{name} \"\": expected a path.");
            }
        }

        if (parsed.GetValue(jobs) < 1)
        {
            throw new UsageException($"--jobs {parsed.GetValue(jobs)}: expected 1 or more.");
        }
    }

    private Constraints Limits(ParseResult parsed, Constraints planned)
    {
        string name = parsed.GetValue(board) is string given ? BoardNames.Resolve(given) : planned.Board;
        if (!BoardProfile.Names.Contains(name))
        {
            throw new UsageException($"--board {name}: expected one of {string.Join(", ", BoardProfile.Names)}.");
        }

        double? most = parsed.GetValue(maxMilliseconds);
        if (most is not null && !(most > 0 && double.IsFinite(most.Value)))
        {
            throw new UsageException($"--max-ms {most.Value.ToString(CultureInfo.InvariantCulture)}: expected more than 0.");
        }

        return new Constraints(name, Size("--max-ram", parsed.GetValue(maxRam)) ?? planned.MaxRam, most ?? planned.MaxMilliseconds,
            Size("--max-bytes", parsed.GetValue(maxBytes)) ?? planned.MaxBytes);
    }

    private static long? Size(string option, string? text) =>
        text is null ? null : Sizes.TryParse(text, out long bytes) && bytes > 0
        ? bytes : throw new UsageException($"{option} {text}: expected bytes, or a number with k such as 20k.");
}
