using System.Globalization;

namespace Tiny.Training.Data;

/// <summary>The columns of a CSV file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Names">A name each: the file's, or "column 0", "column 1" ...</param>
/// <param name="IsNamed">Whether the names are the file's own.</param>
public sealed record CsvHeader(string Path, IReadOnlyList<string> Names, bool IsNamed)
{
    /// <summary>How many columns.</summary>
    public int Count => Names.Count;

    /// <summary>The index of the column with this name, or, where none has it, with this 0-based number.</summary>
    /// <param name="column">Name or number.</param>
    /// <param name="option">The option it was given to, for the message.</param>
    /// <exception cref="DataException">There is none.</exception>
    public int Find(string column, string option)
    {
        int[] found = [.. Enumerable.Range(0, Count).Where(i => IsNamed && Names[i] == column)];
        if (found.Length == 1)
        {
            return found[0];
        }

        if (found.Length > 1)
        {
            throw new SelectionException(
                $"{Path}: {option} {column}: {found.Length} columns have this name ({string.Join(", ", found)}). Use the number instead.");
        }

        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return index < Count
                ? index
                : throw new SelectionException($"{Path}: {option} {column}: there is no such column; the file has {Count}, numbered 0 to {Count - 1}.");
        }

        string? near = IsNamed ? Suggestion.For(column, Names) : null;
        string advice = near is not null
            ? $"Did you mean \"{near}\"?"
            : IsNamed
                ? $"The columns are {string.Join(", ", Names.Take(12))}{(Count > 12 ? ", ..." : "")}."
                : $"The file has no header; number its columns from 0 to {Count - 1}.";
        throw new SelectionException($"{Path}: {option} {column}: there is no such column. {advice}");
    }
}
