using System.Security.Cryptography;

namespace Tiny.Training.Data;

/// <summary>A stream that is fingerprinted as it is read, so that a pipe can be too. The hash is worked out on another thread while the reader goes on.</summary>
/// <param name="source">The stream, which goes when this one does.</param>
internal sealed class FingerprintStream(Stream source) : Stream
{
    private const int BlockBytes = 1 << 17;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] filling = new byte[BlockBytes];
    private byte[] hashed = new byte[BlockBytes];
    private Task hashing = Task.CompletedTask;
    private int filled;
    private long bytes;

    /// <summary>The fingerprint, once the stream was read to its end; null before.</summary>
    internal DataFingerprint? Fingerprint { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        if (read > 0)
        {
            Add(buffer[..read]);
        }
        else if (buffer.Length > 0 && Fingerprint is null)
        {
            Hash();
            hashing.GetAwaiter().GetResult();
            Fingerprint = new DataFingerprint(bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }

        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
        if (disposing)
        {
            hashing.GetAwaiter().GetResult();
            hash.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Add(ReadOnlySpan<byte> read)
    {
        bytes += read.Length;
        while (read.Length > 0)
        {
            int count = Math.Min(read.Length, filling.Length - filled);
            read[..count].CopyTo(filling.AsSpan(filled));
            filled += count;
            read = read[count..];
            if (filled == filling.Length)
            {
                Hash();
            }
        }
    }

    /// <summary>Hands over what was read to be hashed, when what was handed over before is.</summary>
    private void Hash()
    {
        hashing.GetAwaiter().GetResult();
        (filling, hashed) = (hashed, filling);
        (byte[] block, int count) = (hashed, filled);
        filled = 0;
        hashing = Task.Run(() => hash.AppendData(block, 0, count));
    }
}
