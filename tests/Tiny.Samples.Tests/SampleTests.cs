using System.Text;
using System.Text.RegularExpressions;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Emulator.Peripherals;
using Tiny.Gestures;
using Tiny.Tests;
using Tiny.Training.Data.Capture;

namespace Tiny.Samples.Tests;

/// <summary>Each sample passes the dialect gate, is short, and prints in the emulator what its README says.</summary>
public class SampleTests
{
    private static readonly Dictionary<string, short[][]> Recordings = GestureRecordings.All(seed: 1)
        .ToDictionary(recording => recording.Name, recording => recording.Samples);

    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateDirectories(At("")).Select(path => Path.GetFileName(path)!).Where(name => char.IsDigit(name[0])).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Its_program_is_short_and_the_device_takes_it(string sample)
    {
        Assert.InRange(File.ReadAllLines(At($"{sample}/Program.cs")).Length, 10, 60);
        using DeviceProgram program = Load(sample);
        Assert.DoesNotContain(DialectGate.Check(program), fault => !fault.IsWarning);
        Assert.NotNull(program.Main.EntryPoint);
        string readme = File.ReadAllText(At($"{sample}/README.md"));
        Assert.All(new[] { "## Hardware and wiring", "## Build and deploy", "nanoff", "## Expected output" },
            part => Assert.Contains(part, readme));
    }

    [Theory]
    [InlineData("01-Xor")]
    [InlineData("04-Generated")]
    public void Without_a_sensor_it_prints_what_its_readme_says(string sample)
    {
        foreach (string board in BoardProfile.Names)
        {
            Assert.Equal(Expected(sample)[0], Run(sample, board, new BoardPeripherals()).Output);
        }
    }

    [Fact]
    public void Gestures_are_told_and_shaking_lights_the_led()
    {
        BoardPeripherals peripherals = Sensor("wearer3-rest-5", "wearer3-shake-5", "wearer3-circle-5");
        Assert.Equal(Expected("02-Gesture")[0], Run("02-Gesture", "esp32", peripherals).Output);
        Assert.Equal([(2, true), (2, false)],
            peripherals.Pins.Changes.SkipWhile(change => !change.High).Select(change => (change.Pin, change.High)));
        EmulatedAccelerometer sensor = (EmulatedAccelerometer)peripherals.I2c[EmulatedAccelerometer.Address];
        Assert.Equal((450, 1), (sensor.SamplesRead, sensor.RangeCode));
    }

    /// <summary>Half a second between windows, and the board keeps up with its sensor: each beat comes at a tick of 10 ms.</summary>
    [Fact]
    public void The_gesture_sample_keeps_the_pace_of_its_sensor()
    {
        (_, Machine machine) = Run("02-Gesture", "esp32", Sensor("wearer3-rest-5", "wearer3-shake-5"));
        Assert.InRange(machine.Milliseconds, 300 * 20, 300 * 20 + 60);
        Assert.InRange(1000 * machine.Board.Seconds(machine.Instructions), 10, 600);
    }

    [Fact]
    public void What_is_learned_from_a_wearer_survives_a_reset()
    {
        string[] expected = Expected("03-KeepLearning");
        EmulatedFiles flash = new();
        string[] teaching = [.. new[] { "circle", "knock", "wave" }
            .SelectMany(gesture => new[] { 0, 1, 2, 3, 5 }.Select(i => $"wearer7-{gesture}-{i}"))];
        BoardPeripherals taught = Sensor(flash, teaching);
        taught.Pins.Press(25, 0, 15000);
        taught.Pins.Press(26, 15000, 30000);
        taught.Pins.Press(27, 30000, 47000);
        Assert.Equal(expected[0], Run("03-KeepLearning", "esp32", taught).Output);
        Assert.Equal(["I:\\weights0.slot"], flash.Paths);

        string[] tried = ["wearer7-circle-4", "wearer7-knock-4", "wearer7-wave-4"];
        Assert.Equal(expected[1], Run("03-KeepLearning", "esp32", Sensor(flash, tried)).Output);
        Assert.Equal(expected[2], Run("03-KeepLearning", "esp32", Sensor(new EmulatedFiles(), tried)).Output);
        Assert.All(new[] { "knock", "wave" }, gesture => Assert.True(expected[1].Split('\n').Count(line => line == gesture) >= 4));
        Assert.DoesNotContain("knock", expected[2]);
    }

    [Fact]
    public void Three_presses_teach_a_gesture_that_the_model_never_saw()
    {
        string[] expected = Expected("07-NewGesture");
        EmulatedFiles flash = new();
        BoardPeripherals taught = Sensor(flash, "wearer2-wave-0", "wearer2-wave-1", "wearer2-wave-2", "wearer2-wave-3");
        taught.Pins.Press(25, 2600, 3200);
        taught.Pins.Press(25, 4600, 5200);
        taught.Pins.Press(25, 6600, 7200);
        Assert.Equal(expected[0], Run("07-NewGesture", "esp32", taught).Output);

        string[] tried = ["wearer2-wave-4", "wearer2-circle-4", "wearer2-shake-4", "wearer2-wave-5"];
        Assert.Equal(expected[1], Run("07-NewGesture", "esp32", Sensor(flash, tried)).Output);
        Assert.Equal(expected[2], Run("07-NewGesture", "esp32", Sensor(new EmulatedFiles(), tried)).Output);
        Assert.True(expected[1].Split('\n').Count(line => line == "yours") >= 8);
        Assert.DoesNotContain("yours", expected[2]);
    }

    [Fact]
    public void A_pump_that_knocks_raises_an_alarm_that_stays()
    {
        BoardPeripherals peripherals = Sensor(
            "wearer3-circle-0", "wearer3-circle-1", "wearer3-circle-2", "wearer3-circle-3", "wearer3-circle-4", "wearer3-knock-0",
                "wearer3-circle-5");
        string output = Run("08-PumpMonitor", "esp32", peripherals).Output;
        Assert.Equal(Expected("08-PumpMonitor")[0], output);
        Assert.EndsWith("alarm\n", output);
        Assert.Equal([(2, false), (2, true)], peripherals.Pins.Changes.Select(change => (change.Pin, change.High)).Distinct());
    }

    [Fact]
    public void A_stream_tells_of_each_gesture_once_and_keeps_the_pace()
    {
        BoardPeripherals peripherals =
            Sensor("wearer3-rest-5", "wearer3-shake-5", "wearer3-rest-4", "wearer3-circle-5", "wearer3-knock-5", "wearer3-wave-5");
        (string output, Machine machine) = Run("09-Stream", "esp32", peripherals);
        Assert.Equal(Expected("09-Stream")[0], output);
        Assert.Equal([(2, true), (2, false)],
            peripherals.Pins.Changes.SkipWhile(change => !change.High).Select(change => (change.Pin, change.High)));
        Assert.InRange(machine.Milliseconds, 900 * 20, 900 * 20 + 300); // loading included
        Assert.InRange(1000 * machine.Board.Seconds(machine.Instructions) / 900, 1, 10); // of the 20 ms between samples
    }

    [Fact]
    public void What_the_capture_sample_sends_is_what_was_measured()
    {
        MemoryStream sent = new();
        BoardPeripherals peripherals = Sensor("wearer0-rest-0", "wearer0-shake-0");
        peripherals.Serial = sent;
        Run("05-Capture", "esp32", peripherals);
        Assert.StartsWith(Expected("05-Capture")[0], Encoding.ASCII.GetString(sent.ToArray()));
        LineParser parser = new();
        CaptureClock clock = new();
        List<short[]> samples = [];
        parser.Take(sent.ToArray(), sample =>
        {
            clock.Add(sample);
            samples.Add([.. sample.Values.Select(short.Parse)]);
        });
        Assert.Equal(Recordings["wearer0-rest-0"].Concat(Recordings["wearer0-shake-0"]), samples);
        Assert.Equal((0, 50.0), (clock.Lost, Math.Round(clock.Rate, 1)));
        Assert.Equal(["x", "y", "z"], parser.Header!.Channels);
    }

    [Fact]
    public void Drawn_digits_are_told()
    {
        EmulatedFiles flash = new();
        flash.WriteAll("I:\\digits.txt", File.ReadAllBytes(At("06-Digits/board/I/digits.txt")));
        Assert.Equal(Expected("06-Digits")[0], Run("06-Digits", "esp32", new BoardPeripherals { Files = flash }).Output);
        Assert.Equal("3 7 0 2 4", string.Join(' ', Expected("06-Digits")[0].TrimEnd().Split('\n').Select(line => line[..1])));
    }

    [Fact]
    public void A_board_without_the_sensor_is_told_of_it()
    {
        Assert.Contains("0x68", Assert.Throws<EmulatorException>(() => Run("02-Gesture", "esp32", new BoardPeripherals())).Message);
        Assert.Contains("--files",
            Assert.Throws<EmulatorException>(() => Run("03-KeepLearning", "esp32", Sensor("wearer0-rest-0"))).Message);
        Assert.Contains("--serial", Assert.Throws<EmulatorException>(() => Run("05-Capture", "esp32", Sensor("wearer0-rest-0"))).Message);
    }

    private static BoardPeripherals Sensor(params string[] recordings) => Sensor(null, recordings);

    private static BoardPeripherals Sensor(EmulatedFiles? files, params string[] recordings) => new()
    {
        Files = files,
        I2c = { [EmulatedAccelerometer.Address] = new EmulatedAccelerometer([.. recordings.SelectMany(name => Recordings[name])]) },
    };

    private static (string Output, Machine Machine) Run(string sample, string board, BoardPeripherals peripherals)
    {
        using DeviceProgram program = Load(sample);
        StringWriter output = new() { NewLine = "\n" };
        Machine machine = new(BoardProfile.Load(board), program, output) { Peripherals = peripherals };
        machine.Invoke(program.Main.EntryPoint!, [.. program.Main.EntryPoint!.Parameters.Select(_ => (object?)null)]);
        return (output.ToString(), machine);
    }

    private static DeviceProgram Load(string sample) =>
        DeviceProgram.Load(Path.Combine(AppContext.BaseDirectory, "samples", sample, $"{sample[(sample.IndexOf('-') + 1)..]}.dll"));

    /// <summary>The plain blocks under Expected output; those of commands have a language behind their fence.</summary>
    internal static string[] Expected(string sample)
    {
        string readme = File.ReadAllText(At($"{sample}/README.md")).ReplaceLineEndings("\n");
        string part = readme[readme.IndexOf("## Expected output", StringComparison.Ordinal)..];
        MatchCollection blocks = Regex.Matches(part, "^```(\\w*)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline);
        return [.. blocks.Where(block => block.Groups[1].Length == 0).Select(block => block.Groups[2].Value)];
    }

    private static string At(string path) => Path.Combine(Repository.Root, "firmware-samples", path);
}
