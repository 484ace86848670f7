namespace Tiny.Training.Data;

/// <summary>Fields of CSV as text (RFC 4180).</summary>
/// <example>
/// <code>
/// string line = CsvText.Record(["x, in g", "1.5"]);          // quotes where they are needed
/// string[] fields = CsvText.Records(line)[0];
/// </code>
/// </example>
public static class CsvText
{
    /// <summary>A field, in quotes where it needs them.</summary>
    public static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    /// <summary>Fields with commas between. A record of one empty field is "" in quotes, for an empty line is no record.</summary>
    public static string Record(IEnumerable<string> fields)
    {
        string record = string.Join(',', fields.Select(Quoted));
        return record.Length == 0 ? "\"\"" : record;
    }

    /// <summary>The records of a text, with commas between their fields; those with a fault are passed over.</summary>
    /// <param name="text">The text.</param>
    /// <returns>(fields) for each record.</returns>
    public static IReadOnlyList<string[]> Records(string text)
    {
        Text.RecordReader reader = new(text, ",");
        List<string[]> records = [];
        while (reader.Read())
        {
            if (reader.Fault == Text.RecordFault.None)
            {
                records.Add(reader.ToFields());
            }
        }

        return records;
    }

    /// <summary>The fields of a list such as an option takes: A,B or "A, in m",B.</summary>
    /// <param name="list">The list.</param>
    /// <returns>(fields).</returns>
    /// <exception cref="SelectionException">A quote stands where none may.</exception>
    public static string[] Fields(string list)
    {
        Text.RecordReader reader = new(list, ",");
        return !reader.Read() ? []
            : reader.Fault == Text.RecordFault.None ? [.. reader.ToFields().Where(field => field.Length > 0)]
            : throw new SelectionException(
            $"{Text.SafeText.Quote(list)}: a quote is missing, or stands inside a name. Put whole names in quotes: '\"Temp, C\",RH'.");
    }
}
