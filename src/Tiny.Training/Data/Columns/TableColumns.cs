namespace Tiny.Training.Data.Columns;

/// <summary>The columns of a table with what the file's beginning tells of them.</summary>
/// <param name="Header">Their names.</param>
/// <param name="Kinds">What each holds.</param>
/// <param name="Rows">The first rows as text, (rows)(columns): what was judged by.</param>
/// <seealso cref="CsvSource"/>
public sealed record TableColumns(CsvHeader Header, IReadOnlyList<ColumnKind> Kinds, IReadOnlyList<string[]> Rows)
{
    private const int SeriesLength = 8;
    private const int FewestToCount = 20;
    private const double MostKept = 0.9; // of the values; a few are alike by chance

    private Dictionary<string, int>? series; // columns by their names without digits

    /// <summary>Columns of which only the names are known.</summary>
    public static TableColumns Of(CsvHeader header) => new(header, [.. header.Names.Select(_ => ColumnKind.Number)], []);

    /// <summary>How many columns.</summary>
    public int Count => Header.Count;

    /// <summary>Why a column is no input unless it is named as one, in words that go on after its name; null if it is one.</summary>
    /// <param name="column">From 0 to columns - 1.</param>
    public string? WhyNoInput(int column) => Kinds[column] switch
    {
        ColumnKind.Clock or ColumnKind.Date => "is a clock",
        ColumnKind.RowNumber => "numbers the rows",
        ColumnKind.RowName => "names the rows",
        ColumnKind.Empty => Header.IsUnnamed(column) ? "has no name and no value" : "has no value",
        _ => null,
    };

    /// <summary>Whether a column goes up by one with each of the first rows, whatever its name.</summary>
    /// <param name="column">From 0 to columns - 1.</param>
    public bool CountsRows(int column) =>
        Rows.Count >= FewestToCount && RowNumberColumn.Is("", [.. Rows.Select(row => row[column])]);

    /// <summary>Whether a column's values differ in digits that a float32 does not hold: it has some seven.</summary>
    internal bool LosesDigits(int column, Text.NumberText numbers)
    {
        HashSet<double> exact = [];
        HashSet<float> kept = [];
        foreach (string[] row in Rows)
        {
            if (numbers.TryParse(row[column], out double value))
            {
                exact.Add(value);
                kept.Add((float)value);
            }
        }

        return kept.Count < MostKept * exact.Count;
    }

    /// <summary>Whether a column has one and the same value in all the first rows.</summary>
    /// <param name="column">From 0 to columns - 1.</param>
    public bool IsConstantAtFirst(int column) => Rows.Count > 1 && Rows.All(row => row[column] == Rows[0][column]);

    /// <summary>
    /// Whether a column is one of many of a kind, such as pixel0 to pixel783: its place tells what it is, so
    /// it stays even if it never changes. So are all columns of a file without names.
    /// </summary>
    /// <param name="column">From 0 to columns - 1.</param>
    public bool IsInSeries(int column)
    {
        series ??= Header.Names.CountBy(Stem).ToDictionary();
        return !Header.IsNamed || series[Stem(Header.Names[column])] >= SeriesLength;
    }

    private static string Stem(string name) => string.Concat(name.Where(c => !char.IsAsciiDigit(c)));
}
