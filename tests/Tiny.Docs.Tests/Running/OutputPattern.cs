using System.Text.RegularExpressions;

namespace Tiny.Docs.Tests.Running;

/// <summary>
/// Compares what a command printed with what a page prints. <c>...</c> within a line stands for any text, such as seconds; a line of
/// <c>...</c> alone stands for any number of lines. Everything else is compared to the letter, but for blanks at the ends of lines.
/// </summary>
public static class OutputPattern
{
    /// <summary>What stands for any text.</summary>
    public const string Any = "...";

    /// <summary>The first line of the page that the output does not have, as a message; null where all agrees.</summary>
    /// <param name="expected">The lines of the page.</param>
    /// <param name="actual">The lines that were printed.</param>
    public static string? Difference(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        int furthest = 0;
        if (Match(expected, actual, 0, 0, ref furthest))
        {
            return null;
        }

        int line = Math.Min(furthest, expected.Count);
        string page = line < expected.Count ? $"\"{expected[line]}\"" : "its end";
        return $"the page says {page}, and the output was\n{string.Join('\n', actual)}";
    }

    private static bool Match(IReadOnlyList<string> expected, IReadOnlyList<string> actual, int at, int printed, ref int furthest)
    {
        for (; at < expected.Count; at++, printed++)
        {
            furthest = Math.Max(furthest, at);
            if (expected[at].Trim() == Any)
            {
                for (int next = printed; next <= actual.Count; next++)
                {
                    if (Match(expected, actual, at + 1, next, ref furthest))
                    {
                        return true;
                    }
                }

                return false;
            }

            if (printed >= actual.Count || !LineMatches(expected[at], actual[printed]))
            {
                return false;
            }
        }

        furthest = Math.Max(furthest, at);
        return printed == actual.Count;
    }

    private static bool LineMatches(string expected, string actual)
    {
        string pattern = string.Join(".*", expected.TrimEnd().Split(Any).Select(Regex.Escape));
        return Regex.IsMatch(actual.TrimEnd(), $"^{pattern}$");
    }
}
