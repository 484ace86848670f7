namespace Tiny.Training.Data;

/// <summary>Fields of CSV as text (RFC 4180).</summary>
public static class CsvText
{
    /// <summary>A field, in quotes where it needs them.</summary>
    public static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
