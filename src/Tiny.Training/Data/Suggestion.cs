namespace Tiny.Training.Data;

/// <summary>Finds what somebody probably meant.</summary>
/// <example>
/// <code>
/// string meant = Suggestion.For("gestrue", ["gesture", "x", "y"]); // gesture
/// </code>
/// </example>
public static class Suggestion
{
    /// <summary>The candidate nearest to the word by edit distance, if it is near enough to be a slip; else null.</summary>
    public static string? For(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int fewest = 1 + Math.Max(1, word.Length / 3);
        foreach (string candidate in candidates)
        {
            int edits = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (edits < fewest)
            {
                fewest = edits;
                best = candidate;
            }
        }

        return best;
    }

    /// <summary>The fewest characters inserted, deleted or replaced, or neighbors swapped (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        int[][] edits = [.. Enumerable.Range(0, a.Length + 1).Select(i => new int[b.Length + 1])];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                edits[i][j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), 1 + Math.Min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits[i][j] = Math.Min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }

        return edits[a.Length][b.Length];
    }
}
