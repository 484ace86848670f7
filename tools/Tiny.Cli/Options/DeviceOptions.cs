using System.CommandLine;
using System.Globalization;
using System.Text;
using Tiny.Cli.Output;
using Tiny.Emulator.Peripherals;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Cli.Options;

/// <summary>
/// The options that hang devices on the board's buses, analog channels and serial ports, each as PLACE=FILE; and its clock.
/// </summary>
internal sealed class DeviceOptions
{
    private const int MostBytes = 16 << 20; // of a map, or of what a port receives

    private readonly Option<string[]> i2c = Many("--i2c", "ADDRESS=FILE.csv:MAP.json",
        "A device on the I2C bus that plays a CSV through the registers of a map (tools/Tiny.Emulator/README.md). May be given again");
    private readonly Option<string[]> spi =
        Many("--spi", "PIN=FILE.csv:MAP.json", "The same on the SPI bus, by its chip select pin. May be given again");
    private readonly Option<string[]> adc = Many("--adc", "CHANNEL=FILE.csv",
        "An analog channel that plays a CSV: a row for each reading, or by the times of its column ms. May be given again");
    private readonly Option<string[]> receives = Many("--receive", "PORT=FILE",
        "What arrives at a serial port, such as COM2=lines.txt: each line at once, or behind its \"MILLISECONDS:\". May be given again");
    private readonly Option<string?> clock =
        new("--clock") { Description = "What the board's clock says when it starts, such as 2026-11-26T12:00:00Z", HelpName = "TIME" };

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[] { i2c, spi, adc, receives, clock })
        {
            command.Options.Add(option);
        }
    }

    internal void NameFiles(ParseResult parsed, RunFiles files)
    {
        foreach (Option<string[]> option in new[] { i2c, spi, adc, receives })
        {
            foreach (string given in parsed.GetValue(option) ?? [])
            {
                (string csv, string? map) = Files(Place(given, option.Name).File);
                files.Reads(option.Name, csv).Reads(option.Name, map);
            }
        }
    }

    /// <exception cref="UsageException">An option is malformed.</exception>
    internal void Attach(ParseResult parsed, BoardPeripherals peripherals)
    {
        AttachRegisters(parsed, i2c, peripherals.I2c, 0x7F);
        AttachRegisters(parsed, spi, peripherals.Spi, 255);
        foreach (string given in parsed.GetValue(adc) ?? [])
        {
            (string place, string file) = Place(given, adc.Name);
            peripherals.Adc[Number(place, adc.Name, 255)] = ReplayFile.Read(file, null, adc.Name);
        }

        foreach (string given in parsed.GetValue(receives) ?? [])
        {
            (string port, string file) = Place(given, receives.Name);
            peripherals.SerialPorts[port] = new EmulatedSerialPort(peripherals.Serial ?? Stream.Null, [.. ReadLines(file).Select(Line)]);
        }

        if (parsed.GetValue(clock) is string time)
        {
            peripherals.StartOfClock = DateTime.TryParse(
                time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime start)
                ? start
                : throw new UsageException($"--clock {time}: expected a time such as 2026-11-26T12:00:00Z.");
        }
    }

    private static void AttachRegisters(ParseResult parsed, Option<string[]> option, Dictionary<int, II2cPeripheral> bus, int most)
    {
        foreach (string given in parsed.GetValue(option) ?? [])
        {
            (string place, string files) = Place(given, option.Name);
            (string csv, string? map) = Files(files);
            if (map is null)
            {
                throw new UsageException($"{option.Name} {given}: expected a recording and a map of registers, such "
                    + $"as {place}=imu.csv:registers.json.");
            }

            RegisterMap registers = ReadMap(map);
            Replay? recording = registers.Columns.Count == 0
                ? null : ReplayFile.Read(csv, [.. registers.Columns.Select(column => column.Name)], option.Name);
            bus[Number(place, option.Name, most)] = new RegisterDevice(registers, recording);
        }
    }

    private static RegisterMap ReadMap(string path)
    {
        try
        {
            return RegisterMap.Parse(ReadText(path));
        }
        catch (FormatException error)
        {
            throw new UsageException($"{path}: {error.Message}");
        }
    }

    private static IEnumerable<string> ReadLines(string path)
    {
        StringReader reader = new(ReadText(path));
        while (reader.ReadLine() is string line)
        {
            yield return line;
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return InputFile.ReadText(path, MostBytes);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{path}: cannot be read: {FileFault.Reason(error)}.", error);
        }
    }

    private static (double Milliseconds, byte[] Bytes) Line(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        bool isTimed = double.TryParse(
            line[..Math.Max(colon, 0)], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double milliseconds);
        return (isTimed ? milliseconds : 0, Encoding.UTF8.GetBytes((isTimed ? line[(colon + 1)..] : line) + "\r\n"));
    }

    private static (string Place, string File) Place(string given, string option)
    {
        int at = given.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && at < given.Length - 1 ? (given[..at], given[(at + 1)..]) : throw new UsageException(
            $"{option} {given}: expected PLACE=FILE, such as 0=light.csv or 0x68=imu.csv:registers.json.");
    }

    /// <summary>FILE, or FILE:MAP.json; a drive's colon is none of these.</summary>
    private static (string Csv, string? Map) Files(string files)
    {
        int colon = files.LastIndexOf(':');
        return colon > 1 && files.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? (files[..colon], files[(colon + 1)..]) : (files, null);
    }

    private static int Number(string text, string option, int most)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out int value) && value <= most
            ? value
            : throw new UsageException($"{option} {text}: expected a number from 0 to {most}, such as 0x68.");
    }

    private static Option<string[]> Many(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = false };
}
