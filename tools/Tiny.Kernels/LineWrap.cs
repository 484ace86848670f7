using System.Text;

namespace Tiny.Kernels;

/// <summary>
/// Lines that fit: comments wrapped between words, code behind a comma or before an operator, as far out of its parentheses as it can be.
/// </summary>
public static class LineWrap
{
    /// <summary>The longest line, in characters.</summary>
    public const int Longest = 140;

    /// <summary>What a line is broken in front of, the weakest first: where one serves, the next are not tried.</summary>
    private static readonly string[] Operators = ["+|&?:", "=*"];

    /// <summary>The lines that one line becomes.</summary>
    /// <param name="line">Without what it is indented by.</param>
    /// <param name="indent">Blanks in front of it, and of all that come of it.</param>
    /// <exception cref="InvalidOperationException">It has no place where it could be broken.</exception>
    public static IEnumerable<string> Wrap(string line, int indent)
    {
        int room = Longest - indent;
        return line.Length <= room ? [line]
            : line.StartsWith("/// <summary>", StringComparison.Ordinal) && line.EndsWith("</summary>", StringComparison.Ordinal)
                ? ["/// <summary>", .. Words("///", line["/// <summary>".Length..^"</summary>".Length], room), "/// </summary>"]
            : line.StartsWith("//", StringComparison.Ordinal) ? Words(line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..], room)
            : Code(line, room);
    }

    private static IEnumerable<string> Words(string slashes, string text, int room)
    {
        StringBuilder made = new(slashes);
        foreach (string word in text.Split(' '))
        {
            if (made.Length + 1 + word.Length > room)
            {
                yield return made.ToString();
                made.Clear().Append(slashes);
            }

            made.Append(' ').Append(word);
        }

        yield return made.ToString();
    }

    private static IEnumerable<string> Code(string line, int room)
    {
        string lead = line[..(line.Length - line.TrimStart().Length)];
        string rest = line;
        while (rest.Length > room)
        {
            int at = Operators.Select(operators => Place(rest, room, operators)).FirstOrDefault(place => place > 0);
            if (at == 0)
            {
                throw new InvalidOperationException($"A line of {line.Length} characters has no place to break: {line}");
            }

            yield return rest[..at].TrimEnd();
            rest = lead + "    " + rest[at..].TrimStart();
        }

        yield return rest;
    }

    /// <summary>
    /// The last of the outermost places at which a line may be broken so that its head fits and is worth a line; 0 without any.
    /// </summary>
    private static int Place(string line, int room, string operators)
    {
        int best = 0;
        int outermost = int.MaxValue;
        int depth = 0;
        for (int at = 0; at < room; at++)
        {
            depth += line[at] is '(' or '[' ? 1 : line[at] is ')' or ']' ? -1 : 0;
            if (at > room / 3 && line[at] == ' ' && depth <= outermost
                && (line[at - 1] == ',' || operators.Contains(line[at + 1], StringComparison.Ordinal)))
            {
                (best, outermost) = (at, depth);
            }
        }

        return best;
    }
}
