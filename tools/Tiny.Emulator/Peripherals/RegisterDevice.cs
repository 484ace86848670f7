namespace Tiny.Emulator.Peripherals;

/// <summary>
/// A device of registers on an I2C or SPI bus, some of which play a recording: reading the first of the
/// recording's registers takes the next row. Behind the last row the run is over.
/// </summary>
/// <param name="map">Its registers.</param>
/// <param name="recording">The recording; null for a device of constants.</param>
public sealed class RegisterDevice(RegisterMap map, Replay? recording) : II2cPeripheral
{
    private readonly byte[] registers = [.. map.Initial];
    private readonly int sampleStart = map.Columns.Count == 0 ? -1 : map.Columns.Min(column => column.At);
    private int register;

    /// <summary>The board's clock in milliseconds, which recordings with times follow.</summary>
    public Func<double> Clock { get; set; } = () => 0;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        register = bytes[0];
        for (int i = 1; i < bytes.Length; i++)
        {
            registers[(register + i - 1) & 0xFF] = bytes[i];
        }
    }

    /// <inheritdoc/>
    public bool Read(Span<byte> bytes)
    {
        bool reachesSample = sampleStart >= 0 && register <= sampleStart && register + bytes.Length > sampleStart;
        if (reachesSample && recording is not null)
        {
            if (recording.Read(Clock()) is not float[] row)
            {
                return false;
            }

            map.Write(registers, row);
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = registers[(register + i) & 0xFF];
        }

        register = (register + bytes.Length) & 0xFF; // a read without a number goes on where the last ended
        return true;
    }
}
