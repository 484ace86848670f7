using System.Buffers.Binary;

namespace Tiny.Emulator.Peripherals;

/// <summary>
/// An MPU-6050 that plays a recording: each read of its acceleration gives the next sample, and behind the last the run is over. Registers
/// as in InvenSense RM-MPU-6000A: 0x75 says 0x68, 0x6B wakes it, 0x1C sets the range, 0x3B and on is the acceleration, big-endian.
/// </summary>
/// <param name="samples">(samples)(3), in counts of the range that the program is expected to set.</param>
public sealed class EmulatedAccelerometer(IReadOnlyList<short[]> samples) : II2cPeripheral
{
    /// <summary>Its usual address.</summary>
    public const int Address = 0x68;

    private const int Range = 0x1C;
    private const int Acceleration = 0x3B;
    private const int Power = 0x6B;
    private const int WhoAmI = 0x75;
    private const byte Asleep = 0x40;

    private readonly byte[] registers = NewRegisters();
    private int register;

    /// <summary>Samples read so far.</summary>
    public int SamplesRead { get; private set; }

    /// <summary>What the program set as range: 0 for 2 g to 3 for 16 g.</summary>
    public int RangeCode => (registers[Range] >> 3) & 3;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        register = bytes[0];
        bytes[1..].CopyTo(registers.AsSpan(register));
    }

    /// <inheritdoc/>
    public bool Read(Span<byte> bytes)
    {
        if (register == Acceleration)
        {
            if (SamplesRead == samples.Count)
            {
                return false;
            }

            short[] sample = registers[Power] == Asleep ? [0, 0, 0] : samples[SamplesRead];
            SamplesRead++;
            for (int axis = 0; axis < 3; axis++)
            {
                BinaryPrimitives.WriteInt16BigEndian(registers.AsSpan(Acceleration + 2 * axis), sample[axis]);
            }
        }

        registers.AsSpan(register, bytes.Length).CopyTo(bytes);
        return true;
    }

    private static byte[] NewRegisters()
    {
        byte[] fresh = new byte[256];
        fresh[WhoAmI] = 0x68;
        fresh[Power] = Asleep;
        return fresh;
    }
}
