namespace Tiny.Emulator.Peripherals;

/// <summary>A device on the I2C bus.</summary>
public interface II2cPeripheral
{
    /// <summary>Takes what the board writes: a register's number, and bytes for it and those after it.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Gives what the board reads, from the register last named on.</summary>
    /// <returns>False when there is nothing more to give: the run is over.</returns>
    bool Read(Span<byte> bytes);
}
