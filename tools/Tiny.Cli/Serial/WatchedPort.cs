using System.Diagnostics;

namespace Tiny.Cli.Serial;

/// <summary>
/// A serial port of Unix that may be unplugged: to a read that is the same as silence, except that the port's
/// file is gone, or that the read gives nothing at once instead of after the time of silence.
/// </summary>
internal sealed class WatchedPort(FileStream file, string path) : Stream
{
    private const int MostAtOnce = 5; // reads in a row that give nothing at once

    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(20);

    private int atOnce;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The port is gone.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        long start = Stopwatch.GetTimestamp();
        int read = file.Read(buffer, offset, count);
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
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
