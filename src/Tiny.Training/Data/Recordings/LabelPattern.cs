using System.Text;
using System.Text.RegularExpressions;

namespace Tiny.Training.Data.Recordings;

/// <summary>
/// Where a label stands in a file's name, such as <c>{label}_*.csv</c>: <c>*</c> is any number of characters, <c>?</c> is one, and each
/// part is as short as it can be. A pattern with slashes looks at the folders too, such as <c>{label}/*.csv</c>.
/// </summary>
/// <example>
/// <code>
/// LabelPattern pattern = new("{label}_*.csv");
/// string label = pattern.Find("walk_03.csv");                // walk
/// </code>
/// </example>
public sealed class LabelPattern
{
    private const string Place = "{label}";
    private const string Packed = ".gz";
    private const int Longest = 200;

    private readonly Regex regex;
    private readonly int parts; // of a path that are looked at

    /// <summary>A pattern.</summary>
    /// <exception cref="SelectionException">It does not have one place for the label.</exception>
    public LabelPattern(string pattern)
    {
        string[] beside = pattern.Replace('\\', '/').Split(Place);
        if (beside.Length != 2 || pattern.Length > Longest)
        {
            throw new SelectionException(
                $"--label-from {pattern}: expected a file's name "
                    + $"with {Place} where the label stands, once, such as {Place}_*.csv or {Place}/*.csv.");
        }

        Text = pattern;
        parts = 1 + beside.Sum(text => text.Count(character => character == '/'));
        regex = new Regex($"^{Expression(beside[0])}(?<label>[^/]+?){Expression(beside[1])}$",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>The pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>The label in a file's path; null if its end is not as the pattern says.</summary>
    public string? Find(string path)
    {
        string name = string.Join('/', path.Replace('\\', '/').Split('/').TakeLast(parts));
        return Match(name) ?? (name.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? Match(name[..^Packed.Length]) : null);
    }

    private static string Expression(string text)
    {
        StringBuilder expression = new();
        foreach (char character in text)
        {
            expression.Append(character switch
            {
                '*' => "[^/]*?",
                '?' => "[^/]",
                _ => Regex.Escape(character.ToString()),
            });
        }

        return expression.ToString();
    }

    private string? Match(string name) =>
        regex.Match(name) is { Success: true } match && match.Groups["label"].Value.Trim() is { Length: > 0 } label ? label : null;
}
