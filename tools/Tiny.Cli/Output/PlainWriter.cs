using System.Text;

namespace Tiny.Cli.Output;

/// <summary>Passes text on as <see cref="PlainText"/> lets it.</summary>
/// <param name="to">Where it goes.</param>
internal sealed class PlainWriter(TextWriter to) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => to.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (PlainText.Is(buffer))
        {
            to.Write(buffer);
        }
        else
        {
            to.Write(PlainText.Lines(buffer.ToString()));
        }
    }

    /// <inheritdoc/>
    public override void Flush() => to.Flush();
}
