using System.Buffers;
using System.Globalization;
using Tiny.Training.Data.Text;

namespace Tiny.Cli.Output;

/// <summary>
/// Text that may come from a file, as it may be shown: names and values of a stranger's data must not move a
/// terminal's cursor, ring its bell, turn what stands around them or fill the screen.
/// </summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';
    private const int MostOfLine = 1500; // characters
    private const int MostOfCell = 200;
    private const int Piece = 60; // which SafeText does not cut

    // C0 without tab and line feed, DEL and C1; marks that turn the direction of writing; separators of lines.
    private static readonly SearchValues<char> NotInText =
        SearchValues.Create([.. All.Where(c => (char.IsControl(c) && c is not ('\t' or '\n' or '\r')) || IsInvisible(c))]);
    private static readonly SearchValues<char> NotInLine = SearchValues.Create([.. All.Where(c => char.IsControl(c) || IsInvisible(c))]);

    private static IEnumerable<char> All => Enumerable.Range(0, 0x2100).Select(c => (char)c);

    /// <summary>What goes into a line of words; of a very long one its beginning and its end.</summary>
    internal static string Line(string text) => Replaced(Cut(text, MostOfLine), NotInLine);

    /// <summary>What goes into a table's cell.</summary>
    internal static string Cell(string text) => Replaced(Cut(text, MostOfCell), NotInLine);

    /// <summary>A name in a table, characters that cannot be seen written out.</summary>
    internal static string Name(string name) => string.Concat(Cut(name, MostOfCell).Chunk(Piece).Select(piece => SafeText.Clean(piece)));

    /// <summary>Lines of text: all that does not mean anything but a character, a tab or the end of a line is replaced.</summary>
    internal static string Lines(string text) => Replaced(text, NotInText);

    /// <summary>Whether <see cref="Lines"/> would leave a text as it is.</summary>
    internal static bool Is(ReadOnlySpan<char> text) => text.IndexOfAny(NotInText) < 0;

    private static bool IsInvisible(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066'
        and <= '\u2069');

    private static string Replaced(string text, SearchValues<char> bad) => text.AsSpan().IndexOfAny(bad) < 0
        ? text
        : string.Create(text.Length, (text, bad), static (span, state) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = state.bad.Contains(state.text[i]) ? Replacement : state.text[i];
            }
        });

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        string left = string.Create(CultureInfo.InvariantCulture, $" [{text.Length - most} more] ");
        return string.Concat(text.AsSpan(0, 2 * most / 3), left, text.AsSpan(text.Length - most / 3));
    }
}
