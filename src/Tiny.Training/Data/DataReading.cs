using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>How a data file was read: what the first line of output, the notes and the training record are made of.</summary>
/// <seealso cref="DatasetFile"/>
public sealed record DataReading
{
    /// <summary>The file, as messages call it.</summary>
    public required string Path { get; init; }

    /// <summary>How the text is written; null for an IDX file.</summary>
    public required CsvDialect? Dialect { get; init; }

    /// <summary>All columns of the file.</summary>
    public required CsvHeader Header { get; init; }

    /// <summary>Positions of the input columns in the file, in the network's order; of recordings, of the channels.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>The position of the label's column; -1 for none.</summary>
    public required int Label { get; init; }

    /// <summary>Columns that are neither, though nobody left them out, each with its reason.</summary>
    public IReadOnlyList<ColumnSetAside> SetAside { get; init; } = [];

    /// <summary>The option that takes such a column all the same.</summary>
    public string InputsOption { get; init; } = "--inputs";

    /// <summary>What a user should know of how the fields were understood, in whole sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Rows left out because a value was missing.</summary>
    public long Dropped { get; init; }

    /// <summary>Rows left out because of their label.</summary>
    public long LeftOut { get; init; }

    /// <summary>Rows left out because they cannot be read.</summary>
    public long BadRows { get; init; }

    /// <summary>The first of those, each with where and why.</summary>
    public IReadOnlyList<string> BadRowsShown { get; init; } = [];

    /// <summary>How an IDX file was read.</summary>
    internal static DataReading OfIdx(string path, int elements) => new()
    {
        Path = path,
        Dialect = null,
        Header = CsvHeader.Unnamed(path, elements),
        Inputs = [.. Enumerable.Range(0, elements)],
        Label = -1,
    };

    /// <summary>How a CSV file was read, once it is.</summary>
    internal static DataReading Of(CsvSource source, IReadOnlyList<int> inputs, int label) => new()
    {
        Path = source.Header.Path,
        Dialect = source.Dialect,
        Header = source.Header,
        Inputs = inputs,
        Label = label,
        Remarks = [.. RemarksOn(source, inputs, label)],
        Dropped = source.Dropped,
        LeftOut = source.LeftOut,
        BadRows = source.BadRows,
        BadRowsShown = source.BadRowsShown,
    };

    /// <summary>How the file was understood, for the first line of output.</summary>
    public string Describe() => $"{Path}: {Dialect?.Describe() ?? $"IDX, {Inputs.Count} elements a row"}";

    /// <summary>The columns as a model trained on them will know them again.</summary>
    public ModelColumns ToModelColumns() => new(
        [.. Inputs.Select(column => Header.Names[column])], Inputs, Label < 0 ? "" : Header.Names[Label], Label, Header.IsNamed,
            Header.Count);

    /// <summary>The same with the columns that were set aside because of what they are, not because an option leaves them out.</summary>
    internal DataReading WithSetAside(TableColumns columns, CsvOptions options)
    {
        int[] dropped = Header.FindAll(options.Drop, "--drop");
        return options.Inputs is not null ? this : this with
        {
            SetAside =
            [
                .. Enumerable.Range(0, columns.Count).Except(Inputs).Except(dropped)
                    .Where(column => column != Label && columns.WhyNoInput(column) is not null)
                    .Select(column => new ColumnSetAside(column, Header.Names[column], columns.WhyNoInput(column)!)),
            ],
        };
    }

    private static IEnumerable<string> RemarksOn(CsvSource source, IReadOnlyList<int> inputs, int label)
    {
        if (source.Remark is string remark)
        {
            yield return remark;
        }

        CsvHeader header = source.Header;
        int[] used = [.. inputs.Append(label).Where(column => column >= 0)];
        foreach (IGrouping<string, int> twice in used.Order().GroupBy(column => header.Names[column]).Where(group => group.Count() > 1))
        {
            yield return $"columns {string.Join(" and ", twice)} are all "
                + $"named {SafeText.Quote(twice.Key)}; they are told apart by their place.";
        }

        int[] counting = [.. inputs.Where(column => source.Columns.CountsRows(column))];
        if (counting.Length > 0 && counting.Length < inputs.Count)
        {
            yield return $"{header.List(counting)} goes up by one with each row. If it only numbers the rows, leave it out with --drop.";
        }

        int[] imprecise = [.. inputs.Where(column => source.Columns.LosesDigits(column, source.Fields.Numbers))];
        if (imprecise.Length > 0)
        {
            yield return $"{header.List(imprecise)} has values that differ only in digits beyond the seven that a float holds. Take off "
                + "what they have in common, or leave it out with --drop.";
        }

        int[] booleans = [.. inputs.Where(column => source.Columns.Kinds[column] == ColumnKind.Boolean)];
        if (booleans.Length > 0)
        {
            yield return $"true, yes and on are read as 1, false, no and off as 0, in {header.List(booleans)}.";
        }
    }
}
