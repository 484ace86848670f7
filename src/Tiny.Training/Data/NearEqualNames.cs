using System.Globalization;
using System.Text;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>
/// Finds class names that a reader takes for the same: they differ only in case, blanks, invisible characters or Unicode form.
/// </summary>
/// <example>
/// <code>
/// foreach (string warning in NearEqualNames.Warnings(data.OutputNames, rows: null))
/// {
///     Console.WriteLine(warning);
/// }
/// </code>
/// </example>
public static class NearEqualNames
{
    private const int MostGroups = 5;

    // Combining marks with the letters they stand above or below, and both in one character.
    private static readonly Dictionary<char, (string Letters, string Composed)> Marks = new()
    {
        ['\u0300'] = ("AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        ['\u0301'] = ("AEIOUYCLNRSZaeiouyclnrsz", "ÁÉÍÓÚÝĆĹŃŔŚŹáéíóúýćĺńŕśź"),
        ['\u0302'] = ("AEIOUCGHJSWYaeioucghjswy", "ÂÊÎÔÛĈĜĤĴŜŴŶâêîôûĉĝĥĵŝŵŷ"),
        ['\u0303'] = ("ANOIUanoiu", "ÃÑÕĨŨãñõĩũ"),
        ['\u0304'] = ("AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
        ['\u0306'] = ("AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ"),
        ['\u0307'] = ("CEGIZcegz", "ĊĖĠİŻċėġż"),
        ['\u0308'] = ("AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
        ['\u030A'] = ("AUau", "ÅŮåů"),
        ['\u030B'] = ("OUou", "ŐŰőű"),
        ['\u030C'] = ("CDENRSTZcdenrstz", "ČĎĚŇŘŠŤŽčďěňřšťž"),
        ['\u0327'] = ("CGKLNRSTcgklnrst", "ÇĢĶĻŅŖŞŢçģķļņŗşţ"),
        ['\u0328'] = ("AEIUaeiu", "ĄĘĮŲąęįų"),
    };

    /// <summary>A warning for each group of such names.</summary>
    /// <param name="names">The class names.</param>
    /// <param name="rows">Rows of each; null where they are not known.</param>
    public static IEnumerable<string> Warnings(IReadOnlyList<string> names, IReadOnlyList<long>? rows)
    {
        foreach (IGrouping<string, int> group in Enumerable.Range(0, names.Count).GroupBy(i => Key(names[i]))
            .Where(group => group.Count() > 1).Take(MostGroups))
        {
            IEnumerable<string> shown =
                group.Select(i => $"\"{Reveal(names[i])}\"{(rows is null ? "" : $" ({rows[i]} row{(rows[i] == 1 ? "" : "s")})")}");
            yield return $"class names {string.Join(" and ", shown)} differ only in case, blanks, invisible characters or Unicode form. "
                + "Are they one class? Then write them alike.";
        }
    }

    private static string Key(string name)
    {
        StringBuilder key = new();
        foreach (char c in Composed(name))
        {
            if (char.IsWhiteSpace(c))
            {
                _ = key.Length > 0 && key[^1] != ' ' ? key.Append(' ') : key;
            }
            else if (!IsInvisible(c))
            {
                key.Append(char.ToLowerInvariant(c));
            }
        }

        return key.ToString().TrimEnd();
    }

    /// <summary>
    /// Letters and their marks in one character each, as far as Latin has such; wide letters as
    /// narrow ones. Without ICU the framework composes nothing.
    /// </summary>
    private static string Composed(string name)
    {
        StringBuilder composed = new();
        foreach (char c in name)
        {
            (string Letters, string Composed) pair = Marks.GetValueOrDefault(c, ("", ""));
            int letter = composed.Length > 0 ? pair.Letters.IndexOf(composed[^1]) : -1;
            if (letter >= 0)
            {
                composed[^1] = pair.Composed[letter];
            }
            else
            {
                composed.Append(c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c);
            }
        }

        return composed.ToString();
    }

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control;

    /// <summary>A name with the marks on its letters written out, as what cannot be seen.</summary>
    private static string Reveal(string name) => string.Concat(SafeText.Clean(name).Select(c =>
        char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : c.ToString()));
}
