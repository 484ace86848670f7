namespace Tiny.Training.Data.Text;

/// <summary>Keeps the first few thousand texts of a column, so that one of few words makes few strings.</summary>
internal sealed class TextPool
{
    private const int Most = 4096;

    private readonly Dictionary<string, string> pool = [];
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    internal TextPool() => lookup = pool.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a text is kept.</summary>
    internal bool Holds(ReadOnlySpan<char> text) => lookup.ContainsKey(text);

    /// <summary>Keeps a text if there is room.</summary>
    internal void Keep(ReadOnlySpan<char> text)
    {
        if (pool.Count < Most)
        {
            Get(text);
        }
    }

    /// <summary>A text as a string: the one that is kept, or a new one.</summary>
    internal string Get(ReadOnlySpan<char> text)
    {
        if (lookup.TryGetValue(text, out string? found))
        {
            return found;
        }

        string made = text.ToString();
        if (pool.Count < Most)
        {
            pool.Add(made, made);
        }

        return made;
    }
}
