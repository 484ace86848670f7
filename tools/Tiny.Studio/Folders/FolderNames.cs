using Tiny.Training.Data;
using Tiny.Training.Data.Text;

namespace Tiny.Studio.Folders;

/// <summary>
/// Names that a person gives to files of the folder. A name is one part of a path and means the same on every system, so that no name leads
/// anywhere else.
/// </summary>
internal static class FolderNames
{
    private const int Longest = 80;

    private static readonly HashSet<string> Reserved =
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"com{i}", $"lpt{i}" })];

    /// <summary>The name without blanks at its ends.</summary>
    /// <param name="name">What was typed.</param>
    /// <exception cref="SelectionException">No file may be called so.</exception>
    internal static string Check(string name)
    {
        string trimmed = name.Trim();
        bool isGood = trimmed.Length is > 0 and <= Longest && trimmed.All(IsGood) && !trimmed.StartsWith('.') && !trimmed.StartsWith('-')
            && !trimmed.EndsWith('.')
            && !Reserved.Contains(trimmed.Split('.')[0].ToLowerInvariant());
        return isGood
            ? trimmed
            : throw new SelectionException(
                $"{SafeText.Quote(name)} cannot be a file's name: expected at most {Longest} letters, digits, blanks and . _ -, not "
                    + "beginning with a dot or dash.");
    }

    /// <summary>A name made of a text: what cannot stand in a name becomes a dash.</summary>
    internal static string Of(string text)
    {
        string name = string.Concat(text.Select(character => IsGood(character) ? character : '-')).Trim('.', ' ', '-');
        name = name.Length > Longest / 2 ? name[..(Longest / 2)].Trim('.', ' ', '-') : name;
        return name.Length == 0 || Reserved.Contains(name.ToLowerInvariant()) ? "recording" : name;
    }

    private static bool IsGood(char character) => char.IsLetterOrDigit(character) || character is ' ' or '.' or '_' or '-';
}
