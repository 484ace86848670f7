using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Cli.Output;
using Tiny.Cli.Serial;
using Tiny.Training.Data;
using Tiny.Training.Data.Capture;

namespace Tiny.Cli.Commands;

/// <summary>tiny capture: records what a device sends as one labelled recording of a CSV file.</summary>
internal sealed class CaptureCommand
{
    private readonly Argument<string> source = new("SOURCE") { Description = "A serial port such as /dev/ttyUSB0 or COM3; - for stdin" };
    private readonly Option<string> output = new("--out") { Description = "The CSV file of recordings; this one is appended", Required = true, HelpName = "FILE" };
    private readonly Option<string> label = new("--label") { Description = "What is going on while it is recorded", Required = true, HelpName = "LABEL" };
    private readonly Option<string?> name = new("--name") { Description = "The recording's name; default: the label and the time", HelpName = "NAME" };
    private readonly Option<string?> channels = new("--channels") { Description = "The channels' names; default: as the device says, else c0, c1, ..", HelpName = "X,Y,.." };
    private readonly Option<double?> seconds = new("--seconds") { Description = "Stop after so long; default: at the end of the input, or when interrupted", HelpName = "S" };
    private readonly Option<long?> samples = new("--samples") { Description = "Stop after so many samples", HelpName = "N" };
    private readonly Option<int> baud = new("--baud") { Description = "Speed of the port", HelpName = "N", DefaultValueFactory = _ => 115200 };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };

    internal static Command Create()
    {
        CaptureCommand capture = new();
        ExampleCommand command = new(
            "capture",
            "Records labelled samples from a device, over a serial port or stdin, into a CSV file of recordings that tiny train takes. firmware-samples/05-Capture is the device's half.",
            "tiny capture /dev/ttyUSB0 --label shake --seconds 10 --out gestures.csv",
            "cat log.txt | tiny capture - --label rest --out gestures.csv");
        command.Arguments.Add(capture.source);
        foreach (Option option in new Option[] { capture.output, capture.label, capture.name, capture.channels, capture.seconds, capture.samples, capture.baud, capture.json })
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
        string what = parsed.GetValue(label)!;
        CheckPositive("--seconds", parsed.GetValue(seconds));
        CheckPositive("--samples", parsed.GetValue(samples));
        CheckPositive("--baud", parsed.GetValue(baud));
        if (what.Length == 0)
        {
            throw new UsageException("--label is empty: say what is going on.");
        }

        string called = parsed.GetValue(name) ?? $"{what}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        string[]? named = parsed.GetValue(channels)?.Split(',', StringSplitOptions.TrimEntries);
        OutputFile.CheckWritable(path);
        using Stream stream = port == "-" ? Console.OpenStandardInput() : SerialDevice.Open(port, parsed.GetValue(baud));
        using Recorder recorder = new(path, called, what, named);
        Words.Say($"{from}: listening; Ctrl-C ends the recording.");
        string? broken = Read(stream, port != "-", recorder, parsed, cancel);
        recorder.Finish();
        if (parsed.GetValue(json))
        {
            Json.Print(recorder.ToJson());
        }

        foreach (string line in recorder.Report(parsed.GetValue(json)))
        {
            Words.Say(line);
        }

        if (broken is not null)
        {
            throw new DataException($"{from}: {broken} What had come is in {path}.");
        }

        return recorder.Samples > 0 ? cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done : throw new DataException($"{from}: not one sample came. {recorder.Advice}");
    }

    /// <summary>Records until something ends it; what broke, or null.</summary>
    private string? Read(Stream stream, bool isPort, Recorder recorder, ParseResult parsed, CancellationToken cancel)
    {
        long most = parsed.GetValue(samples) ?? long.MaxValue;
        double longest = parsed.GetValue(seconds) ?? double.MaxValue;
        byte[] buffer = new byte[1 << 14];
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan lastFlush = TimeSpan.Zero;
        try
        {
            while (recorder.Samples < most && watch.Elapsed.TotalSeconds < longest && !cancel.IsCancellationRequested)
            {
                int count = isPort ? stream.Read(buffer) : ReadOrWait(stream, buffer, longest - watch.Elapsed.TotalSeconds, cancel);
                if (count == 0 && !isPort)
                {
                    break;
                }

                recorder.Take(buffer.AsSpan(0, count), most);
                if (watch.Elapsed - lastFlush > TimeSpan.FromSeconds(1))
                {
                    lastFlush = watch.Elapsed;
                    recorder.Flush();
                    Words.Status(recorder.Status);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The recording ends here; what came is kept.
        }
        catch (IOException error)
        {
            return $"reading failed: {error.Message}.";
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

    private static void CheckPositive(string option, double? value)
    {
        if (value is not null && !(value > 0))
        {
            throw new UsageException($"{option} {value.Value.ToString(CultureInfo.InvariantCulture)}: expected more than 0.");
        }
    }

    /// <summary>One recording as it is made.</summary>
    private sealed class Recorder(string path, string name, string label, string[]? channels) : IDisposable
    {
        private readonly LineParser parser = new(channels?.Length);
        private readonly CaptureClock clock = new();
        private CaptureFile? file;
        private IReadOnlyList<string> names = channels ?? [];
        private long most = long.MaxValue;

        internal long Samples { get; private set; }

        internal string Status => $"{Format.Count(Samples, "sample")}, {Format.Plain(clock.Rate)} a second, {Format.Count(clock.Lost)} lost, {Format.Count(Faulty)} faulty lines";

        /// <summary>What to do where nothing came.</summary>
        internal string Advice => Faulty > parser.CountOf(LineFault.Binary)
            ? "Lines came, but no samples: they look like $12,240,-776,1536*5A (see tiny capture --help, and firmware-samples/05-Capture)."
            : parser.CountOf(LineFault.Binary) > 0 ? "Only binary bytes came: is --baud the device's?" : "Is the device connected, and its program running?";

        private long Faulty => Enum.GetValues<LineFault>().Sum(parser.CountOf);

        internal void Take(ReadOnlySpan<byte> bytes, long mostSamples)
        {
            most = mostSamples;
            parser.Take(bytes, Add);
            file?.Write();
        }

        internal void Flush() => file?.Flush();

        internal void Finish()
        {
            parser.Finish();
            Flush();
        }

        internal IEnumerable<string> Report(bool brief)
        {
            if (file?.CutOff > 0)
            {
                yield return $"note: {path}: ended in {Format.Count(file.CutOff, "byte")} of a line without an end, which were cut off.";
            }

            if (Samples == 0 || brief)
            {
                yield break;
            }

            string jitter = $"every {Format.Plain(clock.Rate > 0 ? 1000 / clock.Rate : 0)} ms, deviation {Format.Plain(clock.Jitter)}, longest {Format.Plain(clock.LongestInterval)}";
            yield return $"Recorded {name}: {Format.Count(Samples, "sample")} of {string.Join(", ", names)}, {Format.Plain(clock.Rate)} a second ({jitter}).";
            yield return $"  lost on the way {Format.Count(clock.Lost)}; resets {clock.Restarts}; faulty lines {Format.Count(Faulty)}{FaultsInWords()}";
            if (parser.Header is { Rate: > 0 } header && clock.Rate > 0 && Math.Abs(clock.Rate - header.Rate) > 0.05 * header.Rate)
            {
                yield return $"warning: the device means to send {Format.Plain(header.Rate)} samples a second: it does not keep up.";
            }

            yield return $"Train on it: tiny train {path} --group file --label label --channels {string.Join(',', names)} --rate {Math.Round(clock.Rate).ToString(CultureInfo.InvariantCulture)} --window N --out MODEL";
        }

        internal JsonObject ToJson()
        {
            JsonObject figures = Json.Begin("capture");
            figures["recording"] = name;
            figures["samples"] = Samples;
            figures["channels"] = Json.Strings([.. names]);
            figures["rate"] = clock.Rate;
            figures["jitter_milliseconds"] = clock.Jitter;
            figures["longest_interval_milliseconds"] = clock.LongestInterval;
            figures["lost"] = clock.Lost;
            figures["restarts"] = clock.Restarts;
            figures["faulty_lines"] = new JsonObject(Enum.GetValues<LineFault>().Select(fault => KeyValuePair.Create(Name(fault), (JsonNode?)parser.CountOf(fault))));
            return figures;
        }

        public void Dispose() => file?.Dispose();

        private static string Name(LineFault fault) => fault == LineFault.TooLong ? "too_long" : fault.ToString().ToLowerInvariant();

        private string FaultsInWords()
        {
            string[] counts = [.. Enum.GetValues<LineFault>().Where(fault => parser.CountOf(fault) > 0).Select(fault => $"{Name(fault).Replace('_', ' ')} {Format.Count(parser.CountOf(fault))}")];
            return counts.Length == 0 ? "." : $" ({string.Join(", ", counts)}).";
        }

        private void Add(CaptureSample sample)
        {
            if (Samples == most)
            {
                return;
            }

            if (file is null)
            {
                names = channels ?? parser.Header?.Channels ?? [.. Enumerable.Range(0, sample.Values.Count).Select(i => $"c{i}")];
                file = new CaptureFile(path, name, label, names);
            }

            Samples++;
            clock.Add(sample);
            file.Add(sample);
        }
    }
}
