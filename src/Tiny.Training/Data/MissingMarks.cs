namespace Tiny.Training.Data;

/// <summary>What files write where a value is missing.</summary>
internal static class MissingMarks
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Marks =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "", "?", "-", "--", "---", ".", "na", "n/a", "n.a.", "#n/a", "<na>", "nan", "-nan", "null", "nil", "none", "missing",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a field is one of them.</summary>
    internal static bool Contains(ReadOnlySpan<char> text) => text.Length <= 8 && Marks.Contains(text);
}
