namespace Tiny.Reference;

/// <summary>The last columns of a row: words, and name=value pairs.</summary>
public sealed record ApiExtras(IReadOnlySet<string> Words, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The value of a name, or null.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    internal static ApiExtras Parse(IEnumerable<string> columns)
    {
        HashSet<string> words = [];
        Dictionary<string, string> values = [];
        foreach (string column in columns)
        {
            // A message may hold blanks and signs of its own.
            string[] parts = column.StartsWith("obsolete=", StringComparison.Ordinal)
                ? [column] : column.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (string part in parts)
            {
                int equals = part.IndexOf('=');
                if (equals < 0)
                {
                    words.Add(part);
                }
                else
                {
                    values[part[..equals]] = part[(equals + 1)..];
                }
            }
        }

        return new ApiExtras(words, values);
    }
}
