namespace Tiny.Training.Data;

/// <summary>
/// A stream whose first bytes were looked at: gives them again, then goes on. Works on pipes, which cannot be wound back.
/// </summary>
/// <param name="start">The bytes that were read from it.</param>
/// <param name="rest">The stream, which goes when this one does.</param>
internal sealed class LookedAtStream(byte[] start, Stream rest) : ForwardStream
{
    private int given;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (given == start.Length)
        {
            return rest.Read(buffer);
        }

        int count = Math.Min(buffer.Length, start.Length - given);
        start.AsSpan(given, count).CopyTo(buffer);
        given += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
