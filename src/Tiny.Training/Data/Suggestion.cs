namespace Tiny.Training.Data;

/// <summary>Finds what somebody probably meant.</summary>
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

    /// <summary>Levenshtein's distance: the fewest characters inserted, deleted or replaced.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
