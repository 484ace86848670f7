using System.Text;
using Spectre.Console;

namespace Tiny.Cli.Output;

/// <summary>Text measured in a terminal's columns: a Chinese, Japanese or Korean character takes two, a combining mark none.</summary>
internal static class Cells
{
    private const string Ellipsis = "…";
    private const int Hanging = 2;

    /// <summary>The columns that a text takes.</summary>
    internal static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Width(rune);
        }

        return width;
    }

    /// <summary>The text with blanks behind it.</summary>
    internal static string PadRight(string text, int width) => text + Blanks(width - Width(text));

    /// <summary>The text with blanks before it.</summary>
    internal static string PadLeft(string text, int width) => Blanks(width - Width(text)) + text;

    /// <summary>The text, its middle left out where it is wider: names that differ do so at one of their ends.</summary>
    internal static string Cut(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        int right = (width - 1) / 3;
        string head = Take(text, width - 1 - right);
        return head + Ellipsis + Reversed(Take(Reversed(text), right));
    }

    /// <summary>
    /// Breaks a text into lines between words, and between characters where a script writes no blanks. A word that is too long is
    /// broken too, behind a comma if it has one; but not a path: that is to be copied.
    /// </summary>
    /// <param name="text">One line.</param>
    /// <param name="width">The columns of a line.</param>
    /// <param name="indent">Blanks before all lines but the first; null for two more than the first has.</param>
    internal static string Wrap(string text, int width, int? indent = null)
    {
        if (Width(text) <= width || IsCommand(text))
        {
            return text;
        }

        string hanging = Blanks(indent ?? text.Length - text.TrimStart(' ').Length + Hanging);
        StringBuilder lines = new();
        string line = "";
        foreach (string piece in Pieces(text, width - hanging.Length))
        {
            if (line.Trim().Length > 0 && Width(line + piece.TrimEnd(' ')) > width)
            {
                lines.AppendLine(line.TrimEnd(' '));
                line = hanging;
            }

            line += piece;
        }

        return lines.Append(line.TrimEnd(' ')).ToString();
    }

    /// <summary>A line that is a command to copy stays one line.</summary>
    private static bool IsCommand(string text) => text.TrimStart(' ').StartsWith("tiny ", StringComparison.Ordinal) && text.Contains(" --");

    /// <summary>What is kept together: a word with the blanks behind it, a wide character, a part of what is longer than a line.</summary>
    private static IEnumerable<string> Pieces(string text, int most)
    {
        int start = 0;
        while (start < text.Length)
        {
            int end = start;
            while (end < text.Length && text[end] == ' ')
            {
                end++;
            }

            while (end < text.Length && text[end] != ' ')
            {
                end++;
            }

            while (end < text.Length && text[end] == ' ')
            {
                end++;
            }

            string word = text[start..end];
            start = end;
            foreach (string part in Parts(word, most))
            {
                yield return part;
            }
        }
    }

    private static IEnumerable<string> Parts(string word, int most)
    {
        bool isPath = word.AsSpan().IndexOfAny('/', '\\') >= 0;
        bool isLong = !isPath && Width(word.Trim(' ')) > most;
        StringBuilder part = new();
        bool isWide = false;
        foreach (Rune rune in word.EnumerateRunes())
        {
            // What stands before the first wide character, such as a quotation mark, stays with it.
            bool breaks = (isWide && Width(rune) == 2 && !isPath)
                || (isLong && (Width(part.ToString()) + Width(rune) > most || part is [.., ',']));
            if (breaks && part.Length > 0)
            {
                yield return part.ToString();
                part.Clear();
                isWide = false;
            }

            part.Append(rune.ToString());
            isWide |= Width(rune) == 2;
        }

        yield return part.ToString();
    }

    private static string Blanks(int count) => new(' ', Math.Max(0, count));

    private static string Take(string text, int width)
    {
        StringBuilder taken = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            width -= Width(rune);
            if (width < 0)
            {
                break;
            }

            taken.Append(rune.ToString());
        }

        return taken.ToString();
    }

    private static string Reversed(string text) => string.Concat(text.EnumerateRunes().Reverse().Select(rune => rune.ToString()));

    private static int Width(Rune rune) => rune.IsBmp ? Math.Max(0, ((char)rune.Value).GetCellWidth()) : 2;
}
