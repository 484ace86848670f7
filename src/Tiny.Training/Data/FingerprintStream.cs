using System.Security.Cryptography;

namespace Tiny.Training.Data;

/// <summary>
/// A stream that is fingerprinted as it is read, so that a pipe can be too. The hash is
/// worked out on another thread while the reader goes on.
/// </summary>
/// <param name="source">The stream, which goes when this one does.</param>
internal sealed class FingerprintStream(Stream source) : ForwardStream
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
