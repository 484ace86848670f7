namespace Tiny.Emulator.Peripherals;

/// <summary>A serial port: what the program sends goes to a stream, what it receives comes from a text, each line at its time.</summary>
/// <param name="sent">Where what is sent goes.</param>
/// <param name="lines">(lines) what comes, with the milliseconds since the start; null for nothing.</param>
public sealed class EmulatedSerialPort(Stream sent, IReadOnlyList<(double Milliseconds, byte[] Bytes)>? lines = null)
{
    private readonly Queue<byte> arrived = [];
    private int next;

    /// <summary>Where what is sent goes.</summary>
    public Stream Sent { get; } = sent;

    /// <summary>Bytes that wait to be read.</summary>
    /// <param name="milliseconds">The board's clock.</param>
    internal int Waiting(double milliseconds)
    {
        while (next < (lines?.Count ?? 0) && lines![next].Milliseconds <= milliseconds)
        {
            Array.ForEach(lines[next++].Bytes, arrived.Enqueue);
        }

        return arrived.Count;
    }

    internal int Read(Span<byte> into, double milliseconds)
    {
        int count = Math.Min(into.Length, Waiting(milliseconds));
        for (int i = 0; i < count; i++)
        {
            into[i] = arrived.Dequeue();
        }

        return count;
    }
}
