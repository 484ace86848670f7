using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tiny.Cli.Tests;

public sealed class SweepTests : WorkFolder
{
    private const string Space = """ "layers": ["4", "12"], "lr": [0.01, 0.03], "weights": ["float32", "int8"] """;

    /// <summary>Three classes in four inputs, 240 rows.</summary>
    private string Data()
    {
        Random random = new(5);
        StringBuilder text = new("a,b,c,d,class\n");
        for (int i = 0; i < 240; i++)
        {
            double[] x = [random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()];
            string name = x[0] + x[1] > 1.2 ? "high" : x[2] * x[3] > 0.3 ? "odd" : "low";
            text.Append(CultureInfo.InvariantCulture, $"{x[0]:0.000},{x[1]:0.000},{x[2]:0.000},{x[3]:0.000},{name}\n");
        }

        return Write("d.csv", text.ToString());
    }

    private string Sweep(string more = "", string space = Space, string name = "s.json")
    {
        Data();
        return Write(name, $$"""
            {
              "data": "d.csv",
              "options": ["--test-every", "5", "--schedule", "constant"],
              {{more}}
              "space": { {{space}}, "epochs": [30] }
            }
            """);
    }

    [Fact]
    public void A_sweep_finds_the_front_and_the_winner_can_be_had_by_hand()
    {
        string file = Sweep("\"repeats\": 2, \"seed\": 7,");
        string picked = At("picked.tiny");
        ProcessResult result = InProcess.Run("sweep", file, "--jobs", "2", "--pick", picked, "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        JsonElement winner = result.Json.GetProperty("winner");
        Assert.Equal((16, 8, 0), (result.Json.GetProperty("trials").GetInt32(), result.Json.GetProperty("configurations").GetInt32(),
            result.Json.GetProperty("failed").GetInt32()));
        Assert.Equal(new FileInfo(picked).Length, winner.GetProperty("blob_bytes").GetInt64());
        string[] front = [.. result.Json.GetProperty("front").EnumerateArray().Select(entry => string.Join(' ', Arguments(entry)))];
        Assert.Contains(string.Join(' ', Arguments(winner)), front);

        // The winner as tiny train makes it with the manifest's arguments, and as tiny eval finds it on the test rows.
        string[] arguments = Arguments(winner);
        string[] int8 = arguments.Contains("int8") ? ["--max-loss", "1000"] : [];
        ProcessResult train = InProcess.Run(
            ["train", At("d.csv"), "--test-every", "5", "--schedule", "constant", "--validation", "0.2", .. arguments, .. int8, "--seed",
                "7", "--out", At("hand.tiny"), "--json"]);
        Assert.Equal(File.ReadAllBytes(picked), File.ReadAllBytes(At("hand.tiny")));
        Assert.True(train.Json.TryGetProperty("validation", out _));
        ProcessResult eval = InProcess.Run("eval", picked, At("d.csv"), "--test-every", "5", "--json");
        Assert.Equal(eval.Json.GetProperty("accuracy").GetDouble(), winner.GetProperty("test_accuracy").GetDouble());
        ProcessResult info = InProcess.Run("info", picked, "--board", "esp32", "--json");
        Assert.Equal((info.Json.GetProperty("instructions").GetInt64(), info.Json.GetProperty("predict_ram").GetInt64()),
            (winner.GetProperty("instructions").GetInt64(), winner.GetProperty("ram").GetInt64()));

        string[] csv = File.ReadAllLines(At("s.sweep/results.csv"));
        Assert.Equal(17, csv.Length);
        Assert.All(Enumerable.Range(0, 16), i => Assert.StartsWith($"{i},{i / 2},0,{7 + i % 2},0.", csv[i + 1]));
        string svg = File.ReadAllText(At("s.sweep/front.svg"));
        Assert.Contains("8 configurations", svg);
        Assert.DoesNotContain("href", svg);
    }

    [Fact]
    public void Killed_at_any_moment_it_goes_on_to_the_same_results()
    {
        string file = Sweep("\"repeats\": 3,");
        Assert.Equal(0, InProcess.Run("sweep", file, "--dir", At("whole")).ExitCode);
        string cut = At("cut");
        for (int results = 1; results < 20; results += 7)
        {
            using Process process = Process.Start(new ProcessStartInfo(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, "tiny.dll"), "sweep", file, "--dir", cut, "--jobs", "2"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            while (!process.HasExited && !(File.Exists($"{cut}/results/local.jsonl") && Lines($"{cut}/results/local.jsonl") >= results))
            {
                Thread.Sleep(1);
            }

            process.Kill();
            process.WaitForExit();
        }

        // What a power cut leaves at the end.
        File.AppendAllText($"{cut}/results/local.jsonl", "{\"id\":23,\"accu");
        ProcessResult last = InProcess.Run("sweep", file, "--dir", cut, "--jobs", "1");
        Assert.Equal(0, last.ExitCode);
        Assert.Contains(" are there", last.Errors);
        foreach (string name in new[] { "results.csv", "results.json", "front.svg", "manifest.jsonl" })
        {
            Assert.Equal(File.ReadAllText($"{At("whole")}/{name}"), File.ReadAllText($"{cut}/{name}"));
        }
    }

    private static string[] Arguments(JsonElement candidate) =>
        [.. candidate.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)];

    private static int Lines(string path)
    {
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Count(c => c == '\n');
    }

    [Fact]
    public void Random_search_and_halving_draw_alike_and_halving_keeps_the_better()
    {
        const string ranges = """ "layers": { "min": 2, "max": 20 }, "lr": { "min": 0.001, "max": 0.1 }, "activation": ["relu", "tanh"] """;
        Data();
        string halving = Write("h.json",
            $$"""
            { "data": "d.csv", "search": "halving", "trials": 9, "seed": 4,
              "halving": { "epochs": 3, "keep": 3 }, "space": { {{ranges}} } }
            """);
        Assert.Equal(0, InProcess.Run("sweep", halving).ExitCode);
        string[][] rows = [.. File.ReadAllLines(At("h.sweep/results.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(["0: 9", "1: 3", "2: 1"], rows.GroupBy(row => row[2]).Select(group => $"{group.Key}: {group.Count()}"));
        double worstKept = rows.Where(row => row[2] == "0" && rows.Any(other => other[2] == "1" && other[1] == row[1]))
            .Min(row => double.Parse(row[4], CultureInfo.InvariantCulture));
        double bestLeft = rows.Where(row => row[2] == "0" && !rows.Any(other => other[2] == "1" && other[1] == row[1]))
            .Max(row => double.Parse(row[4], CultureInfo.InvariantCulture));
        Assert.True(worstKept >= bestLeft);
        Assert.EndsWith("--epochs 27,", string.Join(',', rows[^1]));
        Assert.Equal(0, InProcess.Run("sweep", halving, "--dir", At("again"), "--jobs", "1").ExitCode);
        Assert.Equal(File.ReadAllText(At("h.sweep/results.csv")), File.ReadAllText(At("again/results.csv")));

        string random = Write("r.json",
            $$"""{ "data": "d.csv", "search": "random", "trials": 6, "options": ["--lr=3"], "space": { {{ranges}} } }""");
        InProcess.Run("sweep", random).FailedWith(2, "r.json, line 1: options --lr is set by the sweep");
        random = Write("r.json", $$"""{ "data": "d.csv", "search": "random", "trials": 6, "space": { {{ranges}}, "epochs": [3] } }""");
        Assert.Equal(0, InProcess.Run("sweep", random).ExitCode);
        string[] drawn = [.. File.ReadAllLines(At("r.sweep/manifest.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("arguments").GetRawText())];
        Assert.Equal(6, drawn.Distinct().Count());
    }

    [Fact]
    public void Constraints_cut_the_front_and_can_be_changed_afterward()
    {
        string file = Sweep();
        Assert.Equal(0, InProcess.Run("sweep", file).ExitCode);
        ProcessResult cut = InProcess.Run("sweep", file, "--board", "stm32f091", "--max-bytes", "400", "--json");
        Assert.All(cut.Json.GetProperty("front").EnumerateArray(),
            entry => Assert.InRange(entry.GetProperty("blob_bytes").GetInt32(), 100, 400));
        Assert.Equal("stm32f091", cut.Json.GetProperty("board").GetString());
        ProcessResult none = InProcess.Run("sweep", file, "--max-ms", "0.001");
        Assert.Equal(3, none.ExitCode);
        Assert.Contains("None of 8 configurations keeps within the constraints. The least RAM is", none.Errors);
        InProcess.Run("sweep", Sweep("\"seed\": 2,"), "--dir", At("s.sweep")).FailedWith(1, "a sweep was begun here from another file");
    }

    [Theory]
    [InlineData("\"serch\": \"grid\",", "line 4: serch is unknown", "Did you mean search?")]
    [InlineData("\"seed\": \"x\",", "line 4: seed is a string; expected a number")]
    [InlineData("\"repeats\": 0,", "line 4: repeats is 0; expected 1 to 1000")]
    [InlineData("\"repeats\": 1.5,", "line 4: repeats is 1.5; expected a whole number")]
    [InlineData("\"search\": \"gird\",", "line 4: search is \"gird\"; expected grid, random, halving")]
    [InlineData("\"search\": \"random\",", "line 1: trials is missing")]
    [InlineData("\"trials\": 4,", "line 4: trials is for random and halving")]
    [InlineData("\"constraints\": { \"max_ram\": 0 },", "line 4: constraints.max_ram is 0")]
    [InlineData("\"constraints\": { \"board\": \"esp64\" },", "line 4: constraints.board is esp64; the boards are")]
    [InlineData("\"constraints\": { \"max_ram\": 500 },", "constraints.max_ram of 500 bytes cannot be kept: the smallest network")]
    [InlineData("\"seed\": 1, \"seed\": 2,", "line 4: seed stands there twice")]
    [InlineData("\"seed\": 1", "is not JSON")]
    [InlineData("", "line 5: space.lr is empty", "\"lr\": []")]
    [InlineData("", "line 5: space.lr is a range, and a grid needs lists", "\"lr\": { \"min\": 1, \"max\": 2 }")]
    [InlineData("", "line 5: space.activation", "\"activation\": [\"relo\"]")]
    [InlineData("", "line 5: space.lrate is unknown", "\"lrate\": [1]")]
    [InlineData("", "line 5: space.layers is a string; expected a list", "\"layers\": \"8\"")]
    public void Bad_files_are_refused_with_line_and_key_and_leave_nothing(string more, string words, string third = "")
    {
        string space = third.StartsWith('"') ? third : "\"layers\": [\"4\", \"8\"]";
        string file = Sweep(more, space).Replace("\\", "/");
        InProcess.Run("sweep", file).FailedWith(2, [words, .. third.StartsWith("Did") ? [third] : Array.Empty<string>()]);
        HoldsOnly("d.csv", "s.json");
        Assert.False(Directory.Exists(At("s.sweep")));
    }

    [Fact]
    public void Data_that_cannot_be_read_is_told_before_anything_is_begun()
    {
        InProcess.Run("sweep", Write("s.json", """{ "data": "none.csv", "space": { "layers": ["4"] } }"""))
            .FailedWith(1, "none.csv: no such file");
        Write("bad.csv", "a,b\n1,x\n2\n");
        InProcess.Run("sweep", Write("s.json", """{ "data": "bad.csv", "space": { "layers": ["4"] } }""")).FailedWith(1, "bad.csv, line 3");
        InProcess.Run("sweep", At("none.json")).FailedWith(1, "no such file");
        InProcess.Run("sweep", At("s.json"), "--status").FailedWith(2, "--status goes with --slurm");
        InProcess.Run("sweep", At("s.json"), "--max-ram", "x").FailedWith(2, "--max-ram x");
        Assert.Empty(Directory.EnumerateDirectories(Path.GetDirectoryName(At("s.json"))!));
    }

    [Fact]
    public void A_trial_that_cannot_run_is_a_result_and_the_sweep_ends()
    {
        Data();
        string file = Write("f.json",
            """{ "data": "d.csv", "options": ["--optimizer", "sgd"], "space": { "lr": [0.05, 900], "epochs": [5] } }""");
        ProcessResult some = InProcess.Run("sweep", file, "--json");
        Assert.True(some.ExitCode == 0, some.Errors);
        JsonElement failure = Assert.Single(some.Json.GetProperty("failures").EnumerateArray());
        Assert.Equal((1, 1), (some.Json.GetProperty("failed").GetInt32(), failure.GetProperty("trial").GetInt32()));
        Assert.Contains("Lower --lr", failure.GetProperty("error").GetString());
        Assert.Contains("Lower --lr", File.ReadAllLines(At("f.sweep/results.csv"))[2]);
        Assert.Contains("Lower --lr", File.ReadAllText(At("f.sweep/results.json")));

        string none = Write("n.json",
            """
            { "data": "d.csv", "search": "halving", "trials": 6, "options": ["--optimizer", "sgd"],
              "space": { "lr": { "min": 800, "max": 1000 } } }
            """);
        InProcess.Run("sweep", none).FailedWith(1, "every trial failed");
        Assert.Equal(7, File.ReadAllLines(At("n.sweep/results.csv")).Length);
        InProcess.Run("sweep", none).FailedWith(1, "every trial failed");
        string job = At("job");
        Assert.Equal(0, TinyProcess.Run(null, [("PATH", "/nowhere")], ["sweep", none, "--slurm", job, "--per-task", "6"]).ExitCode);
        Assert.Equal(0, InProcess.Run("sweep-worker", job, "--task", "0").ExitCode);
        InProcess.Run("sweep", none, "--slurm", job, "--collect").FailedWith(1, "every trial failed");
    }

    [Fact]
    public void A_validation_share_that_holds_no_row_is_refused()
    {
        Data();
        File.WriteAllLines(At("few.csv"), File.ReadLines(At("d.csv")).Take(9));
        InProcess.Run("sweep", Write("v.json", """{ "data": "few.csv", "validation": 0.01, "space": { "layers": ["4"] } }"""))
            .FailedWith(2, "v.json: validation is 0.01, which of 8 training rows leaves none");
    }

    [Theory]
    [InlineData("--partition", "short\n#SBATCH --wrap=x")]
    [InlineData("--partition", "")]
    [InlineData("--time", "soon")]
    [InlineData("--mem", "2GB")]
    [InlineData("--throttle", "0")]
    [InlineData("--slurm", "two\nlines")]
    public void What_slurm_does_not_take_is_refused_before_anything_is_written(string option, string value)
    {
        string file = Sweep();
        string[] folder = option == "--slurm" ? [] : ["--slurm", At("job")];
        InProcess.Run(["sweep", file, .. folder, option, value]).FailedWith(2, $"{option} ");
        HoldsOnly("d.csv", "s.json");
        Assert.False(Directory.Exists(At("job")));
    }

    [Fact]
    public void A_job_in_any_folder_runs_and_what_is_read_back_is_checked()
    {
        string file = Sweep(space: "\"layers\": [\"4\"]");
        string job = At("it's 100 % \"of $HOME\" #1");
        ProcessResult written = TinyProcess.Run(null, [("PATH", "/nowhere")], ["sweep", file, "--slurm", job]);
        Assert.True(written.ExitCode == 0, written.Errors);
        string script = File.ReadAllText(Path.Combine(job, "tasks.sh"));
        Assert.Contains("#SBATCH --output=\"" + job.Replace("%", "%%").Replace("\"", "\\\"") + "/logs/%A_%a.log\"\n", script);
        Assert.All(script.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("^(#!/bin/bash|#SBATCH --[a-z-]+|exec )", line));

        // The script as a node runs it, and the printed command with another sbatch.
        using Process task = Process.Start(
            new ProcessStartInfo("bash", [Path.Combine(job, "tasks.sh")]) { Environment = { ["SLURM_ARRAY_TASK_ID"] = "0" } })!;
        task.WaitForExit();
        Assert.Equal((0, 1), (task.ExitCode, Lines(Path.Combine(job, "results/task-000000.jsonl"))));
        using Process shell = Process.Start(new ProcessStartInfo(
            "bash", ["-c", $"sbatch() {{ printf '%s\n' \"$@\"; }}; {written.Output}"])
        { RedirectStandardOutput = true })!;
        Assert.Equal($"--parsable\n--array=0\n{Path.Combine(job, "tasks.sh")}\n", shell.StandardOutput.ReadToEnd());
        shell.WaitForExit();

        File.WriteAllText(Path.Combine(job, "jobs.txt"), "12\n--help\n");
        InProcess.Run("sweep", file, "--slurm", job, "--status").FailedWithOutput(1, "jobs.txt, line 2: is no job's number");
        File.Delete(Path.Combine(job, "jobs.txt"));
        File.WriteAllText(Path.Combine(job, "slurm.json"), """{"PerTask":1,"Partition":"a\n#SBATCH --wrap=x"}""");
        InProcess.Run("sweep", file, "--slurm", job).FailedWith(1, "slurm.json: Partition is");
        File.WriteAllText(Path.Combine(job, "slurm.json"), "null");
        InProcess.Run("sweep", file, "--slurm", job).FailedWith(1, "slurm.json: cannot be read");
        File.WriteAllText(Path.Combine(job, "manifest.jsonl"), "{\"id\":5}\n");
        InProcess.Run("sweep", file, "--slurm", job).FailedWith(1, "manifest.jsonl, line 1: is not trial 0");
    }

    [Fact]
    public void Without_slurm_the_job_is_written_all_the_same()
    {
        string file = Sweep();
        ProcessResult written = TinyProcess.Run(null, [("PATH", "/nowhere")],
            ["sweep", file, "--slurm", At("job"), "--per-task", "3", "--throttle", "2", "--partition", "short", "--time", "10", "--mem",
                "500M"]);
        Assert.Equal(0, written.ExitCode);
        Assert.Equal($"sbatch --parsable --array=0-2%2 {At("job/tasks.sh")}\n", written.Output);
        Assert.All(["--partition=short", "--time=10", "--mem=500M", "--requeue", "--open-mode=append", "sweep-worker"],
            part => Assert.Contains(part, File.ReadAllText(At("job/tasks.sh"))));
        TinyProcess.Run(null, [("PATH", "/nowhere")], ["sweep", file, "--slurm", At("job"), "--submit"])
            .FailedWith(1, "Slurm is not installed here");
        InProcess.Run("sweep", file, "--slurm", At("job"), "--per-task", "4").FailedWith(2, "was begun with 3");
        InProcess.Run("sweep", file, "--slurm", At("job"), "--collect").FailedWith(1, "8 of 8 trials have no result yet");

        // Its tasks are ordinary commands: here without a scheduler, one of them cut short.
        foreach (int task in new[] { 0, 1, 2 })
        {
            Assert.Equal(0, InProcess.Run("sweep-worker", At("job"), "--task", $"{task}").ExitCode);
        }

        string second = At("job/results/task-000001.jsonl");
        string[] lines = File.ReadAllLines(second);
        File.WriteAllText(second, lines[0] + "\n" + lines[1][..20]);
        ProcessResult status = InProcess.Run("sweep", file, "--slurm", At("job"), "--status");
        Assert.Contains("6 of 8 trials have their results", status.Output);
        Assert.Equal(0, InProcess.Run("sweep-worker", At("job"), "--task", "1").ExitCode);
        Assert.Equal(lines.Length, File.ReadAllLines(second).Length);
        Assert.Equal(0, InProcess.Run("sweep", file, "--slurm", At("job"), "--collect").ExitCode);
        Assert.Equal(0, InProcess.Run("sweep", file, "--dir", At("local")).ExitCode);
        Assert.Equal(File.ReadAllText(At("local/results.csv")), File.ReadAllText(At("job/results.csv")));
    }
}
