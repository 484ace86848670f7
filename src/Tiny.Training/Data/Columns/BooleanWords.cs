namespace Tiny.Training.Data.Columns;

/// <summary>The words that stand for 1 and 0.</summary>
internal static class BooleanWords
{
    private static readonly (string One, string Zero)[] Pairs = [("true", "false"), ("yes", "no"), ("on", "off")];

    /// <summary>Reads a word.</summary>
    /// <returns>1 or 0; null for what is none of these words.</returns>
    internal static float? Read(ReadOnlySpan<char> text)
    {
        if (text.Length is < 2 or > 5)
        {
            return null;
        }

        foreach ((string one, string zero) in Pairs)
        {
            if (text.Equals(one, StringComparison.OrdinalIgnoreCase) || text.Equals(zero, StringComparison.OrdinalIgnoreCase))
            {
                return text.Equals(one, StringComparison.OrdinalIgnoreCase) ? 1f : 0f;
            }
        }

        return null;
    }
}
