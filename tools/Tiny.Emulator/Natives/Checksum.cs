namespace Tiny.Emulator.Natives;

/// <summary>The firmware's CRC-32, by which it hashes texts: most significant bit first, polynomial 0x04C11DB7, starting from 0.</summary>
internal static class Checksum
{
    private const uint Polynomial = 0x04C11DB7;

    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= (uint)value << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            }
        }

        return crc;
    }
}
