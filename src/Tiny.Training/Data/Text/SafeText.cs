using System.Globalization;
using System.Text;

namespace Tiny.Training.Data.Text;

/// <summary>Text out of files as messages show it: what a file holds must not steer a terminal or fill a screen.</summary>
/// <example>
/// <code>
/// string shown = SafeText.Quote("walk\u001b[31m");           // no control character reaches the terminal
/// </code>
/// </example>
public static class SafeText
{
    private const int MostShown = 60;

    /// <summary>A field in quotes, characters that cannot be seen written out, cut to 60 characters.</summary>
    /// <param name="text">(characters), any.</param>
    public static string Quote(ReadOnlySpan<char> text) => $"\"{Clean(text)}\"";

    /// <summary>Characters that cannot be seen written out, cut to 60 characters.</summary>
    /// <param name="text">(characters), any.</param>
    public static string Clean(ReadOnlySpan<char> text)
    {
        bool cut = text.Length > MostShown;
        ReadOnlySpan<char> shown = cut ? text[..MostShown] : text;
        StringBuilder clean = new(shown.Length);
        foreach (char c in shown)
        {
            clean.Append(IsHidden(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : c.ToString());
        }

        return cut ? clean.Append("...").ToString() : clean.ToString();
    }

    /// <summary>
    /// Whether a text holds a character that is not shown but does something: a control, or a mark of the writing direction.
    /// </summary>
    /// <param name="text">(characters), any.</param>
    public static bool HoldsControl(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (IsControl(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a character is not seen where it stands, or looks like a blank and is none.</summary>
    private static bool IsHidden(char c) => IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format
        || (char.IsWhiteSpace(c) && c != ' ');

    private static bool IsControl(char c) =>
        char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u2028' or '\u2029';
}
