using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Cli.Serial;
using Tiny.Training.Data;
using Tiny.Training.Data.Capture;
using Tiny.Training.Files;

namespace Tiny.Cli.Commands;

/// <summary>tiny capture: records what a device sends as one labeled recording of a CSV file.</summary>
internal sealed class CaptureCommand
{
    private readonly Argument<string> source = new("SOURCE") { Description = "A serial port such as /dev/ttyUSB0 or COM3; - for stdin" };
    private readonly Option<string> output =
        new("--out") { Description = "The CSV file of recordings to append to", Required = true, HelpName = "FILE" };
    private readonly Option<string> label =
        new("--label") { Description = "What is going on while it is recorded", Required = true, HelpName = "LABEL" };
    private readonly Option<string?> name =
        new("--name") { Description = "The recording's name; default: the label and the time", HelpName = "NAME" };
    private readonly Option<string?> channels =
        new("--channels") { Description = "The channels' names; default: as the device says, else c0, c1, ..", HelpName = "X,Y,.." };
    private readonly Option<double?> seconds =
        new Option<double?>("--seconds")
        {
            Description = "Stop after this many seconds. Default: at the end of the input, or when interrupted",
            HelpName = "S"
        }
        .Within(duration => duration > 0, "seconds above 0");

    private readonly Option<long?> samples = new Option<long?>("--samples") { Description = "Stop after this many samples", HelpName = "N" }
        .Within(count => count > 0, "a whole number above 0");

    private readonly Option<int> baud =
        new Option<int>("--baud") { Description = "Speed of the port", HelpName = "N", DefaultValueFactory = _ => 115200 }
        .Within(speed => speed > 0, "a whole number above 0");

    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };

    internal static Command Create()
    {
        CaptureCommand capture = new();
        ExampleCommand command = new(
            "capture",
            "Records labeled samples from a device, over a serial port or stdin, into a CSV file for tiny train. The device runs "
                + "firmware-samples/05-Capture.",
            "tiny capture /dev/ttyUSB0 --label shake --seconds 10 --out gestures.csv",
            "cat log.txt | tiny capture - --label rest --out gestures.csv");
        command.Arguments.Add(capture.source);
        foreach (Option option in new Option[] { capture.output, capture.label, capture.name, capture.channels, capture.seconds,
            capture.samples, capture.baud, capture.json })
        {
            command.Options.Add(option);
        }

        command.SetWork(capture.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string port = parsed.GetValue(source)!;
        string from = port == "-" ? "stdin" : port;
        string path = parsed.GetValue(output)!;
        string what = CaptureFile.CheckText(parsed.GetValue(label)!, "--label");
        string[]? named = ReadChannels(parsed.GetValue(channels));
        new RunFiles().Reads("SOURCE", port).Keeps(output.Name, path).Check();
        using CaptureFile file = CaptureFile.Open(path);
        string called = ReadName(parsed.GetValue(name), what, file);
        using Stream stream = port == "-" ? StandardHandle.OpenInput() : SerialDevice.Open(port, parsed.GetValue(baud));
        CaptureRecorder recorder = new(file, called, what, named) { Most = parsed.GetValue(samples) ?? long.MaxValue };
        CaptureView view = new(recorder, file, path);
        Words.Say($"{from}: listening; Ctrl-C ends the recording.");
        string? broken = Read(stream, port != "-", recorder, view, parsed.GetValue(seconds) ?? double.MaxValue, cancel) ?? recorder.Ended;
        recorder.Finish();
        if (parsed.GetValue(json))
        {
            Json.Print(view.ToJson(called));
        }

        foreach (string line in view.Report(parsed.GetValue(json)))
        {
            Words.Say(line);
        }

        if (broken is not null)
        {
            throw new DataException($"{from}: {broken} {WhatIsKept(recorder, path)}");
        }

        return recorder.Samples > 0 ? cancel.IsCancellationRequested
            ? ExitCode.Interrupted : ExitCode.Done : throw new DataException($"{from}: not one sample came. {view.Advice()}");
    }

    private static string WhatIsKept(CaptureRecorder recorder, string path)
    {
        string kept = recorder.Samples > 0 ? $"What had come is in {path}." : "Nothing had come.";
        return recorder.Ended is null ? kept : $"{kept} Record what comes now to another file.";
    }

    private static string[]? ReadChannels(string? text)
    {
        string[]? names = text?.Split(',').Select(name => CaptureFile.CheckText(name, "--channels: a name")).ToArray();
        CaptureFile.CheckChannels(names ?? []);
        return names;
    }

    /// <summary>The recording's name: the one given, or one made of label and time.</summary>
    private static string ReadName(string? given, string label, CaptureFile file)
    {
        if (given is not null)
        {
            string name = CaptureFile.CheckText(given, "--name");
            file.CheckName(name);
            return name;
        }

        return file.FreeName($"{label}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
    }

    /// <summary>Records until something ends it; what broke, or null.</summary>
    private static string? Read(
        Stream stream, bool isPort, CaptureRecorder recorder, CaptureView view, double longest, CancellationToken cancel)
    {
        byte[] buffer = new byte[1 << 14];
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan lastFlush = TimeSpan.Zero;
        try
        {
            while (!recorder.IsDone && watch.Elapsed.TotalSeconds < longest && !cancel.IsCancellationRequested)
            {
                int count = isPort ? stream.Read(buffer) : ReadOrWait(stream, buffer, longest - watch.Elapsed.TotalSeconds, cancel);
                if (count == 0 && !isPort)
                {
                    break;
                }

                recorder.Take(buffer.AsSpan(0, count));
                if (watch.Elapsed - lastFlush > TimeSpan.FromSeconds(1))
                {
                    lastFlush = watch.Elapsed;
                    recorder.Flush();
                    Words.Status(view.Status);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The recording ends here; what came is kept.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"reading failed: {error.Message.TrimEnd('.')}.";
        }
        finally
        {
            Words.EndStatus();
        }

        return null;
    }

    /// <summary>Stdin has no time of silence after which a read returns, so the wait for it is what ends.</summary>
    private static int ReadOrWait(Stream stream, byte[] buffer, double seconds, CancellationToken cancel)
    {
        Task<int> read = stream.ReadAsync(buffer, cancel).AsTask();
        TimeSpan limit = seconds < 1e6 ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : Timeout.InfiniteTimeSpan;
        try
        {
            return read.WaitAsync(limit, cancel).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            return 0;
        }
    }
}
