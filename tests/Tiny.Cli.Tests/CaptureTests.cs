using System.Diagnostics;
using System.Text;
using Tiny.Features;

namespace Tiny.Cli.Tests;

public sealed class CaptureTests : WorkFolder
{
    private static readonly Signal Signal = new Signal(100).AddAll(["x", "y", "z"], "mg");

    /// <summary>A sample's line, by the device's own class.</summary>
    private static byte[] Line(int number)
    {
        SampleLine line = new(3);
        line.Begin(number, 10 * number + number % 2);
        line.Add(number % 1000 - 500);
        line.Add(-number);
        line.Add(16384);
        line.End();
        return line.Buffer[..line.Length];
    }

    /// <summary>A capture in a process of its own, once it listens.</summary>
    private static Process Listen(string port, params string[] options)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "tiny.dll"), "capture", port, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        Assert.Contains("listening", process.StandardError.ReadLine());
        return process;
    }

    [PseudoTerminalFact]
    public void All_that_comes_through_a_port_is_kept_and_what_is_no_sample_is_counted()
    {
        const int count = 20_000;
        using PseudoTerminal terminal = new();
        string path = At("c.csv");
        using Process process = Listen(
            terminal.Port, "--label", "shake", "--name", "one", "--out", path, "--samples", $"{count}", "--json");
        byte[] damaged = Line(7);
        damaged[5] ^= 1;
        terminal.Write("17,5*00\n"u8);
        terminal.Write(SampleLine.Header(Signal));
        for (int i = 0; i < count; i++)
        {
            terminal.Write(i switch
            {
                5000 => [0x80, 0xFF, 0x00, 0x01, (byte)'\n'],
                6000 => [.. Encoding.ASCII.GetBytes("rst:0x1 (POWERON_RESET)\r\n")],
                7000 => damaged,
                8000 => [.. Line(3).AsSpan(0, 9), (byte)'\n'],
                9000 => [.. new byte[600].Select(_ => (byte)'9'), (byte)'\n'],
                _ => [],
            });
            terminal.Write(Line(i));
        }

        Assert.True(process.WaitForExit(60_000));
        ProcessResult result = new(process.ExitCode, process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(count, result.Json.GetProperty("samples").GetInt32());
        Assert.Equal(0, result.Json.GetProperty("lost").GetInt32());
        Assert.Equal(100, result.Json.GetProperty("rate").GetDouble(), 1);
        Assert.Equal(1, result.Json.GetProperty("jitter_milliseconds").GetDouble(), 3);
        Assert.Equal("""{"text":1,"binary":1,"checksum":2,"values":0,"too_long":1,"partial":1}""",
            result.Json.GetProperty("faulty_lines").GetRawText().Replace(" ", "").Replace("\n", "").Replace("\r", ""));
        string[] lines = File.ReadAllLines(path);
        Assert.Equal("file,label,i,ms,x,y,z", lines[0]);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"one,shake,{i},{10 * i + i % 2},{i % 1000 - 500},{-i},16384"), lines[1..]);
    }

    [PseudoTerminalFact]
    public void A_kill_at_any_moment_leaves_whole_lines()
    {
        for (int round = 0; round < 5; round++)
        {
            using PseudoTerminal terminal = new();
            string path = At($"k{round}.csv");
            using Process process = Listen(terminal.Port, "--label", "a", "--out", path);
            terminal.Write(SampleLine.Header(Signal));
            for (int i = 0; i < 300 + 777 * round; i++)
            {
                terminal.Write(Line(i));
            }

            Thread.Sleep(20 * round);
            process.Kill();
            process.WaitForExit();
            string text = File.Exists(path) ? File.ReadAllText(path) : "";
            Assert.True(text.Length == 0 || text.EndsWith('\n'));
            string[] rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Enumerable.Range(0, Math.Max(0, rows.Length - 1)).Select(i => $"{i}"),
                rows.Skip(1).Select(row => row.Split(',')[2]));
            Assert.All(rows, row => Assert.Equal(7, row.Split(',').Length));
        }
    }

    [PseudoTerminalFact]
    public void Interrupted_it_keeps_what_it_has_and_says_so()
    {
        using PseudoTerminal terminal = new();
        string path = At("i.csv");
        using Process process = Listen(terminal.Port, "--label", "a", "--out", path);
        terminal.Write(SampleLine.Header(Signal));
        for (int i = 0; i < 100; i++)
        {
            terminal.Write(Line(i));
        }

        while (!File.Exists(path) || File.ReadAllLines(path).Length < 101)
        {
            Thread.Sleep(10);
        }

        TinyProcess.RunWithInput("", "capture", "-", "--label", "a", "--out", path).FailedWith(1, "another capture writes to it");

        // Not with SIGINT: what runs behind a shell's & has it ignored.
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        Assert.True(process.WaitForExit(30_000));
        Assert.Equal(130, process.ExitCode);
        string errors = process.StandardError.ReadToEnd();
        Assert.Contains("100 samples of x, y, z, 99.9 a second", errors);
        Assert.Contains("--channels x,y,z --rate 100 ", errors);
    }

    [Fact]
    public void Recordings_are_appended_and_a_half_line_is_cut_off()
    {
        string path = At("a.csv");
        string input = Encoding.ASCII.GetString([.. SampleLine.Header(Signal), .. Enumerable.Range(0, 10).SelectMany(Line)]);
        Assert.Equal(0, TinyProcess.RunWithInput(input, "capture", "-", "--label", "a, or b", "--name", "one", "--out", path).ExitCode);
        File.AppendAllText(path, "one,a,10,1");
        ProcessResult again = TinyProcess.RunWithInput(input, "capture", "-", "--label", "c", "--name", "two", "--out", path);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("10 bytes of a line without an end, which were cut off", again.Errors);
        string[] lines = File.ReadAllLines(path);
        Assert.Equal((21, "one,\"a, or b\",9,91,-491,-9,16384", "two,c,0,0,-500,0,16384"), (lines.Length, lines[10], lines[11]));
        TinyProcess.RunWithInput(input, "capture", "-", "--label", "c", "--name", "two", "--out", path)
            .FailedWith(1, "has a recording \"two\" already");
        TinyProcess.RunWithInput(input, "capture", "-", "--label", "c", "--channels", "a,b,c", "--out", path)
            .FailedWith(1, "its columns are file,label,i,ms,x,y,z");
        Assert.Equal(lines, File.ReadAllLines(path));
        ProcessResult data = InProcess.Run("data", path, "--group", "file", "--json");
        Assert.Equal(2, data.Json.GetProperty("recordings").GetInt32());
    }

    [Fact]
    public void Nothing_that_can_be_recorded_is_told()
    {
        string path = At("n.csv");
        void Fails(string input, params string[] words) =>
            TinyProcess.RunWithInput(input, "capture", "-", "--label", "a", "--out", path).FailedWith(1, ["not one sample came", .. words]);
        Fails("", "Is the device connected");
        Fails("hello\nworld\n", "(the first is \"hello\")", "no samples", "they look like $12,240");
        Fails("\u0001\u0002\n\u0003", "is --baud the device's?");
        Fails("\n$1,2,3*00\n$1,2,3\n", "checksums are missing or wrong");
        Fails("\n$1,x,3*7A\n", "a finite number for each channel");
        Fails(Encoding.ASCII.GetString(SampleLine.Header(Signal)), "The device's header came (x (mg), y (mg), z (mg) at 100 Hz)");
        InProcess.Run("capture", "/dev/ttyNone", "--label", "a", "--out", path).FailedWith(1, "no such port");
        HoldsOnly();
    }

    [Fact]
    public void What_cannot_be_is_told_before_it_listens()
    {
        string path = Write("notes.csv", "not\nours");
        void Fails(int exitCode, string words, params string[] options)
        {
            ProcessResult result = TinyProcess.RunWithInput("", ["capture", "-", .. options]);
            result.FailedWith(exitCode, words);
            Assert.DoesNotContain("listening", result.Errors);
        }

        Fails(1, "is no file of recordings that tiny capture made", "--label", "a", "--out", path);
        Assert.Equal("not\nours", File.ReadAllText(path));
        string[] usual = ["--label", "a", "--out", At("n.csv")];
        Fails(2, "--seconds -1", [.. usual, "--seconds", "-1"]);
        Fails(2, "--seconds nan", [.. usual, "--seconds", "nan"]);
        Fails(2, "--label is empty", "--label", " ", "--out", path);
        Fails(2, "--name: a line break", [.. usual, "--name", "a\nb"]);
        Fails(2, "--channels: a name is empty", [.. usual, "--channels", "x,,y"]);
        Fails(2, "--label", "--out", path);
        HoldsOnly("notes.csv");
    }

    [Fact]
    public void A_header_that_changes_ends_it_with_what_had_come()
    {
        string path = At("h.csv");
        string input = Encoding.ASCII.GetString([.. SampleLine.Header(Signal), .. Line(0), .. Line(1),
            .. SampleLine.Header(new Signal(50).AddAll(["x", "y", "z"], "mg")), .. Line(2)]);
        ProcessResult result = TinyProcess.RunWithInput(input, "capture", "-", "--label", "a", "--name", "one", "--out", path);
        result.FailedWith(1, "it now sends x (mg), y (mg), z (mg) at 50 Hz", $"What had come is in {path}.");
        Assert.Equal(3, File.ReadAllLines(path).Length);
    }
}
