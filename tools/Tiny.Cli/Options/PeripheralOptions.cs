using System.CommandLine;
using System.Globalization;
using Tiny.Cli.Output;
using Tiny.Emulator.Peripherals;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Cli.Options;

/// <summary>The options that say what hangs on the emulated board.</summary>
internal sealed class PeripheralOptions
{
    private static readonly string[] Axes = ["x", "y", "z"];

    private readonly Option<string?> accelerometer = new("--accelerometer")
    {
        Description = "Recordings (CSV with x, y, z in counts) that an MPU-6050 at 0x68 of the I2C bus plays; the run ends behind the "
            + "last sample",
        HelpName = "FILE",
    };

    private readonly Option<string?> recordings =
        new("--recordings") { Description = "Which of its recordings, in this order; default: all", HelpName = "A,B,.." };

    private readonly Option<string[]> presses = new("--press")
    {
        Description = "A button between a pin and ground, held down from one millisecond to another, such as 25@1000-4000. May be given "
            + "again",
        HelpName = "PIN@FROM-TO",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> files =
        new("--files")
        {
            Description = "A folder that holds the board's files; what the program writes is there for the next run",
            HelpName = "DIR"
        };
    private readonly Option<string?> serial =
        new("--serial") { Description = "A file for what the program sends over its serial port; - for stdout", HelpName = "FILE" };

    private readonly Option<string?> server =
        new("--server") { Description = "A folder of what HTTP servers give: http://ANY/a/b.bin is a/b.bin in it", HelpName = "DIR" };

    private readonly DeviceOptions devices = new();

    internal void AddTo(Command command)
    {
        devices.AddTo(command);
        foreach (Option option in new Option[] { accelerometer, recordings, presses, files, serial, server })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Names the files that these options name.</summary>
    internal void NameFiles(ParseResult parsed, RunFiles files)
    {
        string? sent = parsed.GetValue(serial);
        files.Reads(accelerometer.Name, parsed.GetValue(accelerometer)).Writes(serial.Name, sent == "-" ? null : sent);
        devices.NameFiles(parsed, files);
        if (parsed.GetValue(this.files) is string folder)
        {
            files.WritesInto(this.files.Name, folder, BoardFolder.FilesIn(folder));
        }
    }

    /// <summary>Attaches what was asked for.</summary>
    /// <exception cref="UsageException">An option is malformed.</exception>
    /// <exception cref="DataException">A file cannot be used.</exception>
    internal BoardPeripherals Read(ParseResult parsed)
    {
        BoardPeripherals peripherals = new();
        if (parsed.GetValue(accelerometer) is string path)
        {
            peripherals.I2c[EmulatedAccelerometer.Address] =
                new EmulatedAccelerometer(ReadSamples(path, parsed.GetValue(recordings)?.Split(',')));
        }
        else if (parsed.GetValue(recordings) is not null)
        {
            throw new UsageException("--recordings goes with --accelerometer.");
        }

        foreach (string press in parsed.GetValue(presses) ?? [])
        {
            string[] parts = press.Split('@', '-');
            if (parts.Length != 3 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pin)
                || !Milliseconds(parts[1], out double from)
                || !Milliseconds(parts[2], out double to))
            {
                throw new UsageException($"--press {press}: expected PIN@FROM-TO in milliseconds, such as 25@1000-4000.");
            }

            peripherals.Pins.Press(pin, from, to);
        }

        if (parsed.GetValue(files) is string folder)
        {
            peripherals.Files = BoardFolder.Load(folder);
        }

        if (parsed.GetValue(server) is string served)
        {
            peripherals.Server = ServerFolder.Open(served);
        }

        peripherals.Serial = parsed.GetValue(serial) switch
        {
            null => null,
            "-" => StandardStreams.Data,
            string file => OutputFile.Create(file),
        };
        devices.Attach(parsed, peripherals);
        peripherals.Pins.OnChange = change =>
            Words.Say($"{change.Milliseconds.ToString("0", CultureInfo.InvariantCulture)} ms: "
            + $"pin {change.Pin} {(change.High ? "high" : "low")}");
        return peripherals;
    }

    /// <summary>Keeps what the program left behind.</summary>
    internal void Save(ParseResult parsed, BoardPeripherals peripherals)
    {
        peripherals.Serial?.Dispose();
        if (parsed.GetValue(files) is string folder)
        {
            BoardFolder.Save(folder, peripherals.Files!);
        }
    }

    private static bool Milliseconds(string text, out double value) => Numbers.TryParse(text, NumberStyles.AllowDecimalPoint, out value);

    private static short[][] ReadSamples(string path, string[]? names)
    {
        using CsvSource source = new(path, new CsvOptions());
        int group = RecordingColumns.IndexOf(source.Header, "file");
        ColumnSelection selection = new([.. Axes.Select(axis => source.Header.Find(axis, "--accelerometer"))], -1);
        Dictionary<string, List<short[]>> found = [];
        float[] sample = new float[Axes.Length];
        while (source.ReadRow(selection, sample, out _))
        {
            string name = source.Text(group);
            if (!found.TryGetValue(name, out List<short[]>? samples))
            {
                found[name] = samples = [];
            }

            samples.Add(Array.ConvertAll(sample, value => (short)Math.Clamp(value, short.MinValue, short.MaxValue)));
        }

        string? missing = names?.FirstOrDefault(name => !found.ContainsKey(name));
        return missing is null
            ? [.. (names ?? [.. found.Keys]).SelectMany(name => found[name])]
            : throw new SelectionException(
            $"{path}: has no recording \"{missing}\"; it has {string.Join(", ", found.Keys.Take(8))}{(found.Count > 8 ? ", ..." : "")}.");
    }
}
