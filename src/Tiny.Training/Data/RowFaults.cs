using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>
/// Gathers what is wrong with a file's rows, and makes one message of it: rows that cannot be read, missing values, columns of words.
/// </summary>
internal sealed class RowFaults
{
    private const int MostShown = 10;
    private const int MostWords = 3;
    private const int MostColumns = 6;

    private readonly Dictionary<string, long> spellings = []; // of missing values
    private readonly SortedDictionary<int, (string Name, List<string> Words)> columns = []; // of words
    private readonly List<string> shown = [];
    private readonly List<int> lines = []; // of the rows shown
    private string? first;
    private string? firstMissing;
    private bool endedEarly;
    private long refused; // rows with missing values that no option leaves out

    /// <summary>Rows that cannot be read.</summary>
    internal long Bad { get; private set; }

    /// <summary>Rows in which a value is missing.</summary>
    internal long Missing { get; private set; }

    /// <summary>Whether a column of words was to be an input.</summary>
    internal bool HasWords => columns.Count > 0;

    /// <summary>Whether nobody said which column is the label: one of words may be meant.</summary>
    internal bool LabelIsGuessed { get; set; }

    /// <summary>The first rows that cannot be read, in full.</summary>
    internal IReadOnlyList<string> Shown => shown;

    /// <summary>Takes note of a row that cannot be read.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="describe">Says what is wrong with it, in full; asked of the first few.</param>
    internal void AddBad(int line, Func<string> describe)
    {
        Bad++;
        if (shown.Count < MostShown)
        {
            shown.Add(describe());
            lines.Add(line);
            first ??= shown[0];
        }
    }

    /// <summary>Takes note of a row with missing values that an option leaves out.</summary>
    internal void AddMissing() => Missing++;

    /// <summary>Takes note of a row with missing values that no option leaves out.</summary>
    /// <param name="describe">Says where the first of them is; asked of the first row.</param>
    internal void AddMissing(Func<string> describe)
    {
        Missing++;
        refused++;
        firstMissing ??= describe();
    }

    /// <summary>Takes note of how a missing value is written.</summary>
    internal void AddSpelling(ReadOnlySpan<char> spelling)
    {
        string text = spelling.ToString();
        spellings[text] = spellings.GetValueOrDefault(text) + 1;
    }

    /// <summary>Takes note of a field of a column of words.</summary>
    internal void AddWord(int column, string name, ReadOnlySpan<char> word, Func<string> describe)
    {
        first ??= describe();
        if (!columns.TryGetValue(column, out (string Name, List<string> Words) entry))
        {
            columns[column] = entry = (name, []);
        }

        string text = entry.Words.Count < MostWords ? SafeText.Clean(word) : "";
        if (text.Length > 0 && !entry.Words.Contains(text))
        {
            entry.Words.Add(text);
        }
    }

    /// <summary>Takes note that the file was not looked at to its end.</summary>
    internal void EndEarly() => endedEarly = true;

    /// <summary>One message of it all: the first fault in full, then how many there are and what to do.</summary>
    /// <param name="rows">Rows looked at.</param>
    internal DataException ToException(long rows)
    {
        string of = $"{(endedEarly ? "the first " : "")}{rows} row{(rows == 1 ? "" : "s")}";
        List<string> sentences = [first ?? firstMissing!];
        if (HasWords)
        {
            sentences.Add(AdviceOnWords());
        }

        if (Bad > 0)
        {
            string where = $"line{(Bad == 1 ? "" : "s")} {string.Join(", ", lines)}{(Bad > lines.Count ? ", ..." : "")}";
            sentences.Add($"{Bad} of {of} cannot be read ({where}). Mend them, or leave such rows out with --skip-bad-rows.");
        }

        if (refused > 0)
        {
            IEnumerable<string> found = spellings.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => $"{SafeText.Quote(entry.Key)} ({entry.Value})");
            sentences.Add("Values are missing "
                + $"in {refused} of {of}, written {string.Join(", ", found)}. Fill them in, or leave such rows out with --drop-missing.");
        }

        return new DataException(string.Join(' ', sentences));
    }

    private string AdviceOnWords()
    {
        string names = CsvText.Record(columns.Values.Select(column => column.Name));
        string drop = names.AsSpan().ContainsAny(" \"'()[]&|<>;*?$#") ? $"'{names}'" : names;
        string[] held = [.. columns.Values.Take(MostColumns)
            .Select(column => $"{SafeText.Clean(column.Name)} ({string.Join(", ", column.Words)})")];
        string more = columns.Count > MostColumns ? $" and {columns.Count - MostColumns} more" : "";
        string instead = columns.Values.All(column => column.Words.All(word => char.IsAsciiDigit(word[0])))
            ? "mend the values" : "write a column of 0 and 1 for each word";
        string label = LabelIsGuessed ? $" If it is what to learn, say --label {drop}." : "";
        return columns.Count == 1
            ? $"Column {held[0]} holds no numbers: leave it out with --drop {drop}, or {instead}.{label}"
            : $"{columns.Count} columns hold no numbers: {string.Join("; ", held)}{more}. Leave them out with --drop {drop}, or {instead}.";
    }
}
