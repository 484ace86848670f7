namespace Tiny.Training.Data.Text;

/// <summary>
/// The part of a text that is looked at: characters from the record at hand on, read as they are wanted. Counts the lines that go by.
/// </summary>
internal sealed class CharWindow
{
    private const int LongestLine = 1 << 24; // no table has such a line, but a device has one without an end

    private readonly TextSource? source;
    private bool swallowsLineFeed; // that which ends a line together with the carriage return before

    /// <summary>A window on a file's text, not read yet.</summary>
    internal CharWindow(TextSource source)
    {
        this.source = source;
        Buffer = new char[1 << 16];
    }

    /// <summary>A window on a text in memory, all of it.</summary>
    internal CharWindow(ReadOnlySpan<char> text)
    {
        Buffer = text.ToArray();
        End = Buffer.Length;
        HasEnded = true;
    }

    /// <summary>The characters.</summary>
    internal char[] Buffer { get; private set; }

    /// <summary>Where the record at hand begins.</summary>
    internal int Start { get; private set; }

    /// <summary>The line at which it begins, from 1.</summary>
    internal int Line { get; private set; } = 1;

    /// <summary>Where the characters end.</summary>
    internal int End { get; private set; }

    /// <summary>Whether no more will come.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Characters from the record's beginning on.</summary>
    internal int Length => End - Start;

    /// <summary>Sees to it that there are characters, and none of the line before.</summary>
    /// <returns>False at the end of the text.</returns>
    internal bool BeginLine()
    {
        while (Length > 0 || Fill())
        {
            if (!swallowsLineFeed || Buffer[Start] != '\n')
            {
                swallowsLineFeed = false;
                return true;
            }

            Start++;
            swallowsLineFeed = false;
        }

        return false;
    }

    /// <summary>Goes on behind the line end, or the end of the text, that stands here.</summary>
    /// <param name="position">Where it stands.</param>
    /// <param name="lines">Lines that end with it.</param>
    internal void EndLine(int position, int lines)
    {
        Line += lines;
        swallowsLineFeed = position < End && Buffer[position] == '\r';
        Start = Math.Min(End, position + 1);
    }

    /// <summary>Passes over the rest of the line.</summary>
    /// <exception cref="DataException">It does not end where the longest of lines would.</exception>
    internal void SkipLine()
    {
        for (long passed = 0; BeginLine(); passed += Length, Start = End)
        {
            if (passed > LongestLine)
            {
                throw new DataException(FormattableString.Invariant(
                    $"{source!.Path}, line {Line}: {passed} characters without a line end: this is no table of values."));
            }

            int length = Buffer.AsSpan(Start, Length).IndexOfAny('\n', '\r');
            if (length >= 0)
            {
                EndLine(Start + length, 1);
                return;
            }
        }

        Line++; // the last line, which nothing ends
    }

    /// <summary>Reads on; what stands before the record at hand goes.</summary>
    /// <returns>False at the end of the text.</returns>
    internal bool Fill()
    {
        if (HasEnded)
        {
            return false;
        }

        if (Start > 0)
        {
            Buffer.AsSpan(Start, Length).CopyTo(Buffer);
            End -= Start;
            Start = 0;
        }

        if (End == Buffer.Length)
        {
            char[] larger = new char[2 * End];
            Buffer.CopyTo(larger, 0);
            Buffer = larger;
        }

        int count = source!.Read(Buffer.AsSpan(End));
        HasEnded = count == 0;
        End += count;
        return !HasEnded;
    }
}
