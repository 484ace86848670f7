using System.Diagnostics;
using Tiny.Tests;

namespace Tiny.Cli.Tests;

/// <summary>A sweep on a real Slurm of one node, started for the test and stopped after it.</summary>
public sealed class SlurmTests : WorkFolder
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "Tiny.Cli.Tests", "Slurm", "cluster.sh");
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [SlurmFact]
    public void Killed_tasks_and_a_drained_node_come_to_the_table_of_a_local_run()
    {
        string cluster = Directory.CreateTempSubdirectory("tiny-slurm-").FullName;
        try
        {
            Run("bash", Script, "start", cluster);
            (string, string)[] speaksToIt = [("SLURM_CONF", $"{cluster}/slurm.conf")];
            string file = Write("s.json", $$"""
                { "data": "{{TinyProcess.Gestures}}", "options": ["--test-last", "100"], "repeats": 6,
                  "space": { "layers": ["6", "10", "14"], "epochs": [120], "weights": ["float32", "int8"] } }
                """);
            Assert.Equal(0, InProcess.Run("sweep", file, "--dir", At("local")).ExitCode);
            string shared = At("100 % \"shared\" #1");
            ProcessResult Sweep(params string[] options) =>
                TinyProcess.Run(null, speaksToIt, ["sweep", file, "--slurm", shared, .. options]);
            string Slurm(params string[] command) => Run(speaksToIt, command);

            ProcessResult submitted = Sweep("--per-task", "6", "--time", "5", "--submit");
            Assert.True(submitted.ExitCode == 0, submitted.Errors);
            Assert.Contains("Submitted 6 tasks as job", submitted.Errors);
            string job = File.ReadAllLines($"{shared}/jobs.txt")[0];
            WaitUntil(() => Directory.EnumerateFiles($"{shared}/results").Any(results => File.ReadAllText(results).Contains('\n')));

            // One task is canceled, whatever others run at this moment are killed, and the node takes no more.
            Slurm("scancel", $"{job}_4");
            Slurm("scontrol", "update", $"nodename={Environment.MachineName.Split('.')[0]}", "state=drain", "reason=test");
            foreach (Process worker in Process.GetProcessesByName("dotnet").Where(process => Arguments(process).Contains(shared)))
            {
                worker.Kill();
            }

            WaitUntil(() => !Slurm("squeue", "--noheader", "--states=running,completing").Contains("tiny-swe"));
            ProcessResult status = Sweep("--status");
            Assert.Contains("not finished and not queued", status.Output);
            Assert.Equal(1, Sweep("--collect").ExitCode);

            Slurm("scontrol", "update", $"nodename={Environment.MachineName.Split('.')[0]}", "state=resume");
            Assert.Contains("Submitted", Sweep("--submit").Errors);
            WaitUntil(() => Slurm("squeue", "--noheader").Length == 0);
            Assert.Contains("36 of 36 trials have their results", Sweep("--status").Output);
            ProcessResult collected = Sweep("--collect", "--pick", At("picked.tiny"));
            Assert.True(collected.ExitCode == 0, collected.Errors);
            Assert.Equal(File.ReadAllText(At("local/results.csv")), File.ReadAllText($"{shared}/results.csv"));
            Assert.Equal(File.ReadAllText(At("local/results.json")), File.ReadAllText($"{shared}/results.json"));
            Assert.True(File.Exists(At("picked.tiny")));
            Assert.Contains($"{job}_0.log", Directory.EnumerateFiles($"{shared}/logs").Select(path => Path.GetFileName(path)));
            Assert.Contains("gather them with --collect", Sweep("--submit").Errors);
        }
        finally
        {
            Run("bash", Script, "stop", cluster);
            Directory.Delete(cluster, recursive: true);
        }
    }

    private static string Arguments(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it has ended
        }
    }

    private static void WaitUntil(Func<bool> holds)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); !holds(); Thread.Sleep(50))
        {
            Assert.True(watch.Elapsed < Longest, "Slurm did not get there in a minute.");
        }
    }

    private static string Run(params string[] command) => Run([], command);

    private static string Run((string Name, string Value)[] environment, string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}.");
        return output;
    }
}

/// <summary>A test on a real Slurm; skipped with a word where it is not installed, or cannot be started.</summary>
public sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "bash"];

    public SlurmFactAttribute()
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/sbin"];
        string? missing = Programs.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))));
        Skip = missing is not null ? $"{missing} is not installed (Debian: apt-get install slurmctld slurmd slurm-client munge)."
            : Environment.UserName != "root" ? "Starting Slurm's daemons needs root." : null;
    }
}
