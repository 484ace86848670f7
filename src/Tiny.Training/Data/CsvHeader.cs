using System.Globalization;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>The columns of a CSV file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Names">A name each: the file's, or "column 0", "column 1" ...</param>
/// <param name="IsNamed">Whether the names are the file's own.</param>
/// <seealso cref="CsvSource"/>
public sealed record CsvHeader(string Path, IReadOnlyList<string> Names, bool IsNamed)
{
    private const int MostListed = 12;

    /// <summary>How many columns.</summary>
    public int Count => Names.Count;

    /// <summary>
    /// A header of names as a file has them: what is empty is called by its number, what would steer a terminal is escaped.
    /// </summary>
    public static CsvHeader Of(string path, IReadOnlyList<string> names) =>
        new(path, [.. names.Select((name, i) => name.Length == 0 ? NameOf(i) : SafeText.HoldsControl(name) ? SafeText.Clean(name) : name)],
        IsNamed: true);

    /// <summary>A header of a file without names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">Columns.</param>
    public static CsvHeader Unnamed(string path, int count) => new(path, [.. Enumerable.Range(0, count).Select(NameOf)], IsNamed: false);

    /// <summary>Whether the file gives this column no name.</summary>
    /// <param name="column">From 0 to columns - 1.</param>
    public bool IsUnnamed(int column) => !IsNamed || Names[column] == NameOf(column);

    /// <summary>Names for a message, cut where there are many.</summary>
    public string List(IEnumerable<int> columns)
    {
        int[] all = [.. columns];
        return string.Join(", ", all.Take(MostListed).Select(column => SafeText.Clean(Names[column])))
            + (all.Length > MostListed ? ", ..." : "");
    }

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

        string asked = $"{option} {SafeText.Clean(column)}";
        if (found.Length > 1)
        {
            throw new SelectionException(
                $"{Path}: {asked}: {found.Length} columns have this name ({string.Join(", ", found)}). Use the number instead.");
        }

        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return index < Count
                ? index
                : throw new SelectionException(
                $"{Path}: {asked}: there is no such column; the file has {Count}, numbered 0 to {Count - 1}.");
        }

        string? near = IsNamed ? Suggestion.For(column, Names) : null;
        string advice = near is not null
            ? $"Did you mean \"{SafeText.Clean(near)}\"?"
            : IsNamed
                ? $"The columns are {List(Enumerable.Range(0, Count))}."
                : $"The file has no header; number its columns from 0 to {Count - 1}.";
        throw new SelectionException($"{Path}: {asked}: there is no such column. {advice}");
    }

    /// <summary>The indices of columns that an option names, each once.</summary>
    /// <param name="columns">Names of columns, or their numbers from 0.</param>
    /// <param name="option">The option, for the message.</param>
    /// <returns>(columns), from 0.</returns>
    /// <exception cref="SelectionException">One does not exist, or is named twice.</exception>
    public int[] FindAll(IEnumerable<string> columns, string option)
    {
        List<int> found = [];
        foreach (string column in columns)
        {
            int index = Find(column, option);
            if (found.Contains(index))
            {
                throw new SelectionException($"{Path}: {option}: column \"{SafeText.Clean(Names[index])}\" is named twice. Name it once.");
            }

            found.Add(index);
        }

        return [.. found];
    }

    private static string NameOf(int column) => string.Create(CultureInfo.InvariantCulture, $"column {column}");
}
