using Tiny.Training.Files;

namespace Tiny.Cli.Output;

/// <summary>A standard stream whose faults are put into words, or passed over where there is nowhere left to say them.</summary>
/// <param name="to">The stream; null if it is closed.</param>
/// <param name="name">What messages call it; null to pass over faults.</param>
internal sealed class GuardedStream(Stream? to, string? name) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="StreamException">It cannot be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            (to ?? throw new IOException("it is closed")).Write(buffer);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            if (name is not null)
            {
                throw new StreamException($"{name}: cannot be written: {FileFault.Reason(error)}");
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
