using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tiny.Training.Data;

namespace Tiny.Studio.Live;

/// <summary>
/// Samples as a device of firmware-samples/05-Capture sends them, at its pace: a header each ten seconds, a line with a checksum for each
/// sample. What comes too late for its moment comes at once, so none is left out.
/// </summary>
internal sealed class PacedLines : ForwardStream
{
    private const int MostAtOnce = 200; // samples
    private const int Nap = 4;          // milliseconds

    private readonly double rate;
    private readonly string header;
    private readonly Action<long, float[]> next;
    private readonly float[] sample;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private byte[] waiting = [];
    private int at;
    private long sent;
    private volatile bool ended;

    /// <summary>A sensor.</summary>
    /// <param name="rate">Samples a second.</param>
    /// <param name="channels">The channels' names.</param>
    /// <param name="units">Their units.</param>
    /// <param name="next">Fills in the sample of a number, (channels).</param>
    internal PacedLines(double rate, IReadOnlyList<string> channels, IReadOnlyList<string> units, Action<long, float[]> next)
    {
        this.rate = rate;
        this.next = next;
        sample = new float[channels.Count];
        header = string.Create(CultureInfo.InvariantCulture,
            $"tiny 1 {rate:0.###} {string.Join(',', channels.Zip(units, (name, unit) => $"{name}:{unit}"))}");
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (at == waiting.Length && !ended)
        {
            Thread.Sleep(Nap);
            Make();
        }

        int given = Math.Min(buffer.Length, waiting.Length - at);
        waiting.AsSpan(at, given).CopyTo(buffer);
        at += given;
        return given;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        ended = true;
        base.Dispose(disposing);
    }

    private void Make()
    {
        StringBuilder text = new();
        long due = (long)(watch.Elapsed.TotalSeconds * rate);
        for (int i = 0; sent < due && i < MostAtOnce; i++)
        {
            if (sent % (long)Math.Max(1, 10 * rate) == 0)
            {
                Append(text, '#', header);
            }

            next(sent, sample);
            Append(text, '$', string.Create(CultureInfo.InvariantCulture, $"{sent & 0x7FFFFFFF},{(long)(1000 * sent / rate) & 0x7FFFFFFF},")
                + string.Join(',', sample.Select(value => value.ToString("0.#####", CultureInfo.InvariantCulture))));
            sent++;
        }

        waiting = Encoding.UTF8.GetBytes(text.ToString());
        at = 0;
    }

    private static void Append(StringBuilder text, char mark, string line)
    {
        int check = Encoding.UTF8.GetBytes(line).Aggregate(0, (sum, value) => sum ^ value);
        text.Append(mark).Append(line).Append(CultureInfo.InvariantCulture, $"*{check:X2}\n");
    }
}
