namespace Tiny.Emulator.Peripherals;

/// <summary>
/// What hangs on an emulated board: pins, buses, analog channels, serial ports, a file system.
/// What is not given is not there, and a program that reaches for it is told.
/// </summary>
public sealed class BoardPeripherals
{
    /// <summary>The general-purpose pins.</summary>
    public EmulatedPins Pins { get; } = new();

    /// <summary>Devices of the I2C bus by their address.</summary>
    public Dictionary<int, II2cPeripheral> I2c { get; } = [];

    /// <summary>Devices of the SPI bus by their chip select pin.</summary>
    public Dictionary<int, II2cPeripheral> Spi { get; } = [];

    /// <summary>Analog channels by their number: of each row the first value is what the converter counts.</summary>
    public Dictionary<int, Replay> Adc { get; } = [];

    /// <summary>Serial ports by their name, such as COM2.</summary>
    public Dictionary<string, EmulatedSerialPort> SerialPorts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the bytes of a serial port go that <see cref="SerialPorts"/> does not name; null for no port.</summary>
    public Stream? Serial { get; set; }

    /// <summary>The file system; null for none. Given to the next machine, files survive a reset.</summary>
    public EmulatedFiles? Files { get; set; }

    /// <summary>
    /// What HTTP servers give to a GET of a URL: the content, or null for what they do not have. Null for a board without a network.
    /// </summary>
    public Func<string, byte[]?>? Server { get; set; }

    /// <summary>What the board's clock says when it starts.</summary>
    public DateTime StartOfClock { get; set; } = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
}
