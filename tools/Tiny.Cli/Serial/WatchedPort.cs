using System.Diagnostics;
using Tiny.Training.Data;

namespace Tiny.Cli.Serial;

/// <summary>
/// A serial port of Unix that may be unplugged: to a read that is the same as silence, except that the port's
/// file is gone, or that the read gives nothing at once instead of after the time of silence.
/// </summary>
internal sealed class WatchedPort(FileStream file, string path) : ForwardStream
{
    private const int MostAtOnce = 5; // reads in a row that give nothing at once

    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(20);

    private int atOnce;

    /// <inheritdoc/>
    /// <exception cref="IOException">The port is gone.</exception>
    public override int Read(Span<byte> buffer)
    {
        long start = Stopwatch.GetTimestamp();
        int read = file.Read(buffer);
        if (read > 0)
        {
            atOnce = 0;
            return read;
        }

        atOnce = Stopwatch.GetElapsedTime(start) < AtOnce ? atOnce + 1 : 0;
        return atOnce < MostAtOnce && File.Exists(path)
            ? 0 : throw new IOException("The port is gone: it was unplugged, or its other end was closed.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
