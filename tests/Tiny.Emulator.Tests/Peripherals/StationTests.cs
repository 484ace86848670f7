using System.Text;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Peripherals;
using Tiny.Tests;

namespace Tiny.Emulator.Tests.Peripherals;

/// <summary>A program with all that hangs on a board, on every board.</summary>
public class StationTests
{
    private const string Map =
        """
        { "registers": { "0x75": "0x68", "31": 77, "0x20": "0x0A" },
          "columns": { "x": { "at": "0x3B" }, "y": { "at": "0x3D", "scale": 2 } } }
        """;

    private static readonly string[] Expected =
    [
        "who 104, x -300, y 14, id 77 10",
        "4 bytes: $1",
        "then 4",
        "report 1",
        "button 25 pressed",
        "button 25 released",
        "report 2",
        "report 3",
        "report 4",
        "report 5",
    ];

    public static TheoryData<string> Boards() => [.. BoardProfile.Names];

    [Theory]
    [MemberData(nameof(Boards))]
    public void Threads_timer_button_converter_buses_and_port_work_together(string board)
    {
        using DeviceProgram program = DeviceSource.Compile(File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "Tiny.Emulator.Tests", "Peripherals", "Programs", "Station.cs")));
        MemoryStream sent = new();
        BoardPeripherals peripherals = NewPeripherals(sent);
        string[] found = DeviceSource.Run(program, BoardProfile.Load(board), peripherals);
        Assert.Equal([.. Expected, "mean 1095 of 20, reports 5", "2026 High"], found);
        Assert.Equal("ok\r\n", Encoding.ASCII.GetString(sent.ToArray()));
        Assert.Equal(5, peripherals.Pins.Changes.Count);
    }

    [Fact]
    public void A_recording_with_times_gives_what_was_measured_by_then_and_ends_the_run()
    {
        Replay replay = new([0, 100, 200], [[1], [2], [3]]);
        Assert.Equal([1f, 1f, 2f, 3f], new[] { 0.0, 99, 150, 200 }.Select(time => replay.Read(time)![0]));
        Assert.Null(replay.Read(201));
        Replay turns = new(null, [[7], [8]]);
        Assert.Equal([7f, 8f], new[] { turns.Read(0)![0], turns.Read(0)![0] });
        Assert.Null(turns.Read(0));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{ "registers": { "0x100": 1 } }""")]
    [InlineData("""{ "registers": { "1": 256 } }""")]
    [InlineData("""{ "columns": { "x": { } } }""")]
    [InlineData("""{ "columns": { "x": { "at": 255, "bytes": 2 } } }""")]
    [InlineData("""{ "columns": { "x": { "at": 1, "bytes": 5 } } }""")]
    public void A_map_that_is_none_is_refused_with_a_word(string json) =>
        Assert.Contains("expected", Assert.Throws<FormatException>(() => RegisterMap.Parse(json)).Message);

    private static BoardPeripherals NewPeripherals(Stream sent)
    {
        BoardPeripherals peripherals = new()
        {
            StartOfClock = new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc),
            Adc = { [3] = new Replay(null, [.. Enumerable.Range(0, 60).Select(i => new[] { 1000f + 10 * i })]) },
            I2c = { [0x68] = new RegisterDevice(RegisterMap.Parse(Map), new Replay(null, [[-300f, 7f], [0f, 0f]])) },
            Spi = { [5] = new RegisterDevice(RegisterMap.Parse(Map), null) },
            SerialPorts = { ["COM3"] = new EmulatedSerialPort(sent, [(0, "$1\r\n"u8.ToArray()), (20, "$2\r\n"u8.ToArray())]) },
        };
        peripherals.Pins.Press(25, 200, 260);
        return peripherals;
    }
}
