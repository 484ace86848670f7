using System.Globalization;
using System.Text;
using Tiny.Features;
using static Tiny.Cli.Tests.Output.NarrowScreen;

namespace Tiny.Cli.Tests.Output;

/// <summary>
/// Commands that answer, record, run, serve, sign and compare, on a screen of 80 columns: paths are longer than a line, and names are
/// long or wide. What a program reads stays as it is on any screen.
/// </summary>
public sealed class ScreenCommandTests : WorkFolder
{
    private const string Label = "walking upstairs slowly with a heavy bag";
    private static readonly (string, string)[] Narrow = [("COLUMNS", $"{Columns}")];

    private readonly string folder;

    public ScreenCommandTests()
    {
        folder = Directory.CreateDirectory(At(LongFolder)).FullName;
    }

    [Fact]
    public void Predictions_stay_as_they_are_and_what_is_said_of_them_fits()
    {
        string data = WriteLong("data.csv", Table(LongNames));
        string model = Trained(data, "model.tiny", 1);
        string[] lines = [.. Table(LongNames).Split('\n').Take(8)];
        lines[2] = "";
        lines[3] = $"?,1,2,3,{LongNames[0]}";
        lines[4] = $"acceleration-that-is-no-number-at-all-although-it-stands-where-one-should,1,2,3,{LongNames[1]}";
        string damaged = WriteLong("damaged.csv", string.Join('\n', lines));
        foreach (string[] options in new string[][] { [], ["--json"] })
        {
            string[] arguments = ["predict", model, damaged, "--drop-missing", "--skip-bad-rows", .. options];
            ProcessResult narrow = InProcess.RunAt(Columns, arguments);
            Assert.Equal(0, narrow.ExitCode);
            Assert.Equal(InProcess.Run(arguments).Output, narrow.Output);
            Assert.Contains("3 rows of 7 with an empty answer", InProcess.Run(arguments).Errors);
            Holds(narrow.Errors);
        }

        Fails("predict", model, damaged);
        Fails("predict", model, damaged, "--drop-missing");
        Fails("predict", model, WriteLong("other.csv", $"{LongColumns[0]},{LongColumns[2]}\n1,2\n"));
        Fails("predict", model, AtLong("none.csv"));
        Fails("predict", damaged, data);
    }

    [Fact]
    public void A_capture_says_what_came_in_lines_that_fit()
    {
        string path = AtLong("recordings.csv");
        Signal signal = new Signal(100).AddAll(["acceleration along the first axis", "第二軸の加速度", "z"], "mg");
        string header = Encoding.UTF8.GetString(SampleLine.Header(signal));
        string samples = string.Concat(Enumerable.Range(0, 60).Select(i => Sample(i % 40 == 20 ? 21 : i % 40)));
        string damaged = $"$1,2,3*00\nrst:0x1 (POWERON_RESET)\n{new string('9', 600)}\n\u0001\u0002\n";
        string all = $"partial\n{header}{samples}{damaged}{Sample(70)}";
        ProcessResult made = Capture(all, "--label", Label, "--out", path);
        Assert.Equal(0, made.ExitCode);
        Assert.Contains("each reset began another recording", InOneLine(made.Errors));
        File.AppendAllText(path, "one,a,10,1");
        ProcessResult again = Capture($"{header}{samples}", "--label", LongNames[3], "--name", LongNames[4], "--out", path);
        Assert.Contains("which were cut off", InOneLine(again.Errors));
        Assert.Contains("Name them with --channels", InOneLine(
            Capture(samples, "--label", LongNames[2], "--out", AtLong("no-header.csv")).Errors));

        void Fails(string words, string input, params string[] options)
        {
            ProcessResult result = Capture(input, options);
            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains(words, InOneLine(result.Errors));
        }

        string[] usual = ["--label", Label, "--out", path];
        Fails("Is the device connected", "", usual);
        Fails("they look like $12,240", $"{new string('w', 50)} {LongNames[0]}\nmore\n", usual);
        Fails("but nothing after it", header, usual);
        Fails("checksums are missing", "\n$1,2,3*00\n$1,2,3\n", usual);
        Fails("has a recording", samples, [.. usual, "--name", LongNames[4]]);
        Fails("its columns are", samples, [.. usual, "--channels", $"a,b,{LongNames[3]}"]);
        Fails("--channels names 2 channels", header + samples,
            "--label", Label, "--channels", $"{LongNames[2]},{LongNames[3]}", "--out", AtLong("new.csv"));
        Fails("is no file of recordings", samples, "--label", Label, "--out", WriteLong("notes.csv", "my own\n"));
        NarrowScreen.Fails("capture", "/dev/no-port-of-this-name-is-there", "--label", Label, "--out", path);
        NarrowScreen.Fails("capture", "-", "--label", " ", "--out", path);
    }

    [Fact]
    public void An_emulation_says_what_it_found_in_lines_that_fit()
    {
        Fits("emulate", Program("Program"), "--board", "stm32f091");
        string planted = Fails("emulate", Program("Planted"));
        Assert.Contains("nothing was run", planted);
        Assert.Equal(planted.Split('\n').Distinct(), planted.Split('\n'));
        Fails("emulate", WriteLong("notes.dll", "no assembly"));
        Fails("emulate", AtLong("none.dll"));
        Fails("emulate", typeof(ScreenCommandTests).Assembly.Location);
        Fails("emulate", Program("Program"), "--board", "stm32f9");
        string recordings = WriteLong("r.csv", "file,x,y,z\n" + string.Concat(LongNames.Select(name => $"{name},1,2,3\n")));
        Fails("emulate", Program("Program"), "--accelerometer", recordings, "--recordings", "none");
        Fails("emulate", Program("Program"), "--accelerometer", WriteLong("no-z.csv", $"file,x,y,{LongColumns[0]}\nr,1,2,3\n"));
        Fails("emulate", Program("Program"), "--files", recordings);
        Fails("emulate", Program("Program"), "--server", AtLong("none"));
        Fails("emulate", Program("Program"), "--serial", AtLong("none/serial.txt"));
        Fails("emulate", Program("Program"), "--press", "25@1000");
    }

    [Fact]
    public void The_address_of_the_studio_is_one_line()
    {
        ProcessResult studio = InProcess.RunAt(Columns, "studio", folder, "--no-browser", "--idle", "0.05");
        Assert.Equal(0, studio.ExitCode);
        Assert.StartsWith("http://127.0.0.1:", Assert.Single(studio.Output.TrimEnd().Split('\n')));
        Holds(studio.Errors);
        Fails("studio", WriteLong("file", ""), "--no-browser", "--idle", "0.05");
        Fails("studio", AtLong("no/such"), "--no-browser", "--idle", "0.05");
        Fails("studio", folder, "--no-browser", "--idle", "0.05", "--play", AtLong("none.csv"));
        Fails("studio", folder, "--no-browser", "--port", "70000");
    }

    [Fact]
    public void An_import_says_what_became_of_each_node_in_lines_that_fit()
    {
        string graph = AtLong("graph.onnx");
        File.WriteAllBytes(graph, LongNamedGraph.Make(["/model/encoder/blocks.0/attention/projection/dense_layer_of_the_block/Gemm",
            "the last layer before the classes that the model knows in its present form", LongNames[3]]));
        string model = AtLong("model.tiny");
        ProcessResult import = InProcess.RunAt(
            Columns, "import", graph, "--labels", string.Join(',', LongNames[..3]), "--verbose", "--out", model);
        Assert.True(import.ExitCode == 0, import.Errors);
        Holds(import.Output);
        Holds(import.Errors);
        Assert.Contains("(Gemm): dense, 4 to 4", InOneLine(import.Errors));
        Fails("import", graph, "--labels", string.Join(',', LongNames), "--out", model);
        Fails("import", graph, "--check", WriteLong("rows.csv", "1,2\n"), "--out", model);
        Fails("import", WriteLong("model.tflite", ""), "--out", model);
        Fails("import", WriteLong("model.h5", ""), "--out", model);
        Fails("import", AtLong("none.onnx"), "--out", model);
    }

    [Fact]
    public void Signing_and_comparing_fit()
    {
        string data = WriteLong("data.csv", Table(LongNames));
        string model = Trained(data, "model.tiny", 1);
        string renamed = WriteLong("renamed.csv", Table([.. LongNames.Select(name => $"{name} (renamed)")]));
        string other = Trained(renamed, "another model with a name of its own.tiny", 1);
        string wider = Trained(data, "wider.tiny", 1, "--layers", "8");
        string key = AtLong("update.key");
        string package = AtLong("model.signed");
        foreach ((string file, string[] options) in new (string, string[])[] { (key, ["--new-key", key]),
            (package, [model, "--key", key, "--generation", "7"]), (package, [package, "--key", key, "--check"]) })
        {
            ProcessResult signed = InProcess.RunAt(Columns, ["sign", .. options]);
            Assert.Equal((0, file), (signed.ExitCode, signed.Output.TrimEnd())); // a path, which a script may read
            Holds(signed.Errors);
        }

        Fails("sign", "--new-key", key);
        Fails("sign", model, "--key", key, "--check");
        Fails("sign", package, "--key", WriteLong("short.key", "too short"), "--check");
        Fails("sign", package, "--key", WriteLong("other.key", "a key that is long enough for a key"), "--check");
        Fails("sign", model, "--key", AtLong("none.key"));

        string diff = Fits("diff", model, other);
        Assert.Matches(@"\n  +0 +\d+ +\d+ +\S+ +\S+%\r?\n", diff);
        Assert.Contains("name of class 0", InOneLine(diff));
        Fits("diff", model, model, "--data", data);
        Fails("diff", model, other, "--data", data);
        Fails("diff", model, wider);

        string average = AtLong("fleet.tiny");
        Assert.Matches(@"^  layer +spread, rms\r?\n  0 +\S+%\r?\n", Fits("average", model, model, "--out", average));
        Fails("average", model, wider, "--out", average);
        Fails("average", model, other, "--out", average);
        Fails("average", model, "--out", average);
        Fails("average", model, model, "--weights", "1,2,many", "--out", average);
        Fails("average", model, model, "--out", model);
    }

    [UnixFact]
    public void A_sweep_on_a_cluster_says_how_far_it_is_in_lines_that_fit()
    {
        string data = WriteLong("data.csv", Table(LongNames));
        string file = WriteLong("sweep.json", """
            { "data": "data.csv", "options": ["--test-every", "5"], "repeats": 60, "space": { "layers": ["4"], "epochs": [1] } }
            """);
        string shared = AtLong("shared");
        string[] call = ["sweep", file, "--slurm", shared];
        string odd = string.Join(',', Enumerable.Range(0, 30).Select(i => 2 * i + 1));
        ProcessResult written = InProcess.RunAt(Columns, [.. call, "--per-task", "1"]);
        Assert.True(written.ExitCode == 0, written.Errors);
        Holds(written.Errors);
        Assert.Equal($"sbatch --parsable --array=0-59 '{shared}/tasks.sh'", written.Output.TrimEnd());
        Fits([.. call, "--status"]);
        Fails([.. call, "--collect"]);
        Fails([.. call, "--partition", "two words"]);
        Fails([.. call, "--time", "soon"]);
        Fails([.. call, "--mem", "much"]);
        Fails([.. call, "--per-task", "4"]);
        Fails("sweep", file, "--submit");
        Fails([.. call, "--dir", AtLong("dir")]);

        // A scheduler that refuses, then one that has every other task in its queue, then none.
        Script("sbatch", "printf 'sbatch: error: invalid partition specified: long\\nsbatch: error: Batch job failed\\n' >&2; exit 1");
        ProcessResult refused = OnCluster([.. call, "--submit"]);
        Assert.Contains("specified: long; sbatch: error: Batch", InOneLine(refused.Errors));
        Script("sbatch", "echo 4711");
        Assert.Contains("60 tasks as job 4711", InOneLine(OnCluster([.. call, "--submit"]).Errors));
        Script("squeue", "i=0; while [ $i -lt 60 ]; do echo \"$i PENDING\"; i=$((i + 2)); done");
        ProcessResult status = OnCluster([.. call, "--status"]);
        Assert.Contains("30 tasks pending.", status.Output);
        Assert.Contains($"30 tasks not finished and not queued: {odd}.", InOneLine(status.Output).Replace(", ", ","));
        Directory.Delete(At("bin"), recursive: true);
        Assert.Contains("Without --submit", InOneLine(OnCluster([.. call, "--submit"]).Errors));
        Assert.Contains("cannot be asked from here", InOneLine(OnCluster([.. call, "--status"]).Errors));
    }

    private static string Sample(int number)
    {
        SampleLine line = new(3);
        line.Begin(number, 10 * number);
        line.Add(number - 500);
        line.Add(-number);
        line.Add(16384);
        line.End();
        return Encoding.ASCII.GetString(line.Buffer, 0, line.Length);
    }

    private static ProcessResult Capture(string input, params string[] options) =>
        Checked(TinyProcess.Run(input, Narrow, ["capture", "-", .. options]));

    /// <summary>Runs a command where the test's scheduler is on the path, and nothing else.</summary>
    private ProcessResult OnCluster(string[] arguments) =>
        Checked(TinyProcess.Run(null, [.. Narrow, ("PATH", At("bin"))], arguments));

    private static ProcessResult Checked(ProcessResult result)
    {
        Holds(result.Output);
        Holds(result.Errors);
        return result;
    }

    private void Script(string name, string line)
    {
        Directory.CreateDirectory(At("bin"));
        string path = Write($"bin/{name}", $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string InOneLine(string text) =>
        string.Join(' ', text.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string Program(string name) => Path.Combine(AppContext.BaseDirectory, "programs", name + ".dll");

    private string AtLong(string name) => Path.Combine(folder, name);

    private string WriteLong(string name, string text)
    {
        File.WriteAllText(AtLong(name), text);
        return AtLong(name);
    }

    private string Trained(string data, string name, int epochs, params string[] options)
    {
        Fits(["train", data, "--epochs", epochs.ToString(CultureInfo.InvariantCulture), "--out", AtLong(name), .. options]);
        return AtLong(name);
    }
}
