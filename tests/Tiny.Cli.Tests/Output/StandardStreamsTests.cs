using System.Diagnostics;

namespace Tiny.Cli.Tests.Output;

/// <summary>stdin, stdout and stderr as shells hand them over: full, closed, ended early.</summary>
public sealed class StandardStreamsTests : WorkFolder
{
    private const string Rows = "a,b,label\n1,2,x\n2,3,y\n3,1,x\n4,4,y\n";

    [UnixFact]
    public void A_full_stdout_and_a_closed_one_end_in_one_line()
    {
        string data = Write("d.csv", Rows);
        foreach (string command in new[] { $"data {data}", $"data {data} --json", "train --help", "--version" })
        {
            if (File.Exists("/dev/full"))
            {
                Shell($"tiny {command} > /dev/full").FailedWith(1, "tiny: stdout: cannot be written: No space left on device");
            }

            ProcessResult closed = Shell($"tiny {command} >&-");
            closed.FailedWith(1, "tiny: stdout: cannot be written: it is closed");
            Assert.Single(closed.Errors.TrimEnd().Split('\n'));
        }
    }

    [UnixFact]
    public void A_closed_stdin_is_an_empty_one()
    {
        string model = Model();
        Shell($"tiny predict {model} - <&-").FailedWith(1, "stdin: the file is empty");
        Shell($"tiny capture - --label x --out {At("c.csv")} <&-").FailedWith(1, "stdin: not one sample came");
    }

    [UnixFact]
    public void Words_that_cannot_be_said_stop_nothing_and_spoil_no_file()
    {
        string data = Write("d.csv", Rows);
        foreach (string errors in new[] { "2>&-", "2>/dev/full", "<&- 2>&-" })
        {
            string model = At("m.tiny");
            ProcessResult result = Shell($"tiny train {data} --epochs 1 --out {model} --checkpoint {At("c")} {errors}");
            Assert.Equal(0, result.ExitCode);
            Assert.Contains("accuracy", result.Output);
            Assert.Equal(0, InProcess.Run("info", model).ExitCode);
            Assert.Equal(Rows, File.ReadAllText(data));
        }

        Assert.Equal(2, Shell("tiny info 2>&-").ExitCode);
    }

    [UnixFact]
    public void Whoever_reads_only_the_beginning_is_no_fault()
    {
        string model = Model();
        ProcessResult result = Shell($"tiny predict {model} {TinyProcess.Gestures} | head -1; echo ${{PIPESTATUS[0]}}");
        Assert.Equal(["label,circle,knock,rest,shake,wave", "0"], result.Output.TrimEnd().Split('\n'));
        Assert.Empty(result.Errors);
    }

    [UnixFact]
    public void A_file_that_stdout_goes_to_is_no_input_and_no_output()
    {
        string data = Write("d.csv", Rows);
        Shell($"tiny data {data} >> {data}").FailedWith(2, "stdout", $"DATA {data}");
        Assert.Equal(Rows, File.ReadAllText(data));
        Shell($"tiny train {data} --out {At("log")} > {At("log")}").FailedWith(2, "stdout", "--out");
        Shell($"tiny capture - --label x --out {data} < {data}").FailedWith(2, "--out", "SOURCE -");
        Assert.Equal(Rows, File.ReadAllText(data));
    }

    [UnixFact]
    public void A_model_goes_into_a_pipe_a_device_or_through_a_link()
    {
        string data = Write("d.csv", Rows);
        string model = Write("real.tiny", "old");
        File.CreateSymbolicLink(At("link.tiny"), "real.tiny");
        Assert.Equal(0, InProcess.Run("train", data, "--epochs", "1", "--out", At("link.tiny")).ExitCode);
        Assert.Equal("real.tiny", new FileInfo(At("link.tiny")).LinkTarget);
        ProcessResult piped = Shell(
            $"mkfifo {At("pipe")}; cat {At("pipe")} | cmp "
                + $"- {model} & tiny train {data} --epochs 1 --out {At("pipe")} > /dev/null && wait $! && echo same");
        Assert.Equal("same\n", piped.Output);
        Assert.Equal(0, Shell($"cp {model} {At("copy")}; tiny train {data} --epochs 1 --out /dev/stderr 2>/dev/null").ExitCode);
    }

    /// <summary>A line of bash in which tiny is the command.</summary>
    private static ProcessResult Shell(string line)
    {
        string tiny = Path.Combine(AppContext.BaseDirectory, "tiny.dll");
        ProcessStartInfo start = new("bash", ["-c",
            $"tiny() {{ timeout -k 5 120 dotnet '{tiny}' \"$@\"; }}\n{line}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProcessResult(process.ExitCode, output, errors.Result);
    }
}
