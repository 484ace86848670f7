namespace Tiny.Training.Data.Columns;

/// <summary>Finds out from a table's first records which of them hold names and units, and where the rows begin.</summary>
internal sealed class HeaderFinder
{
    private const double Most = 0.8;
    private const int FewestBelowUnits = 2;

    private readonly TableBeginning beginning;
    private readonly CsvOptions options;
    private readonly FieldReader fields;
    private readonly string[] first;
    private readonly int width;        // of the records below the first
    private readonly double alike;     // share of them that have it
    private readonly int shift;        // 1 where the header has no field for the rows' names

    private HeaderFinder(TableBeginning beginning, FieldReader fields, CsvOptions options)
    {
        this.beginning = beginning;
        this.options = options;
        this.fields = fields;
        first = beginning.Records[0];
        (width, alike) = beginning.Width(from: 1);
        shift = width == first.Length + 1 && !first.Any(IsValue) && !EndEmpty() && NameRows() ? 1 : 0;
    }

    /// <summary>Finds names and first rows.</summary>
    /// <exception cref="DataException">There is no record, or the first ones belong to no table.</exception>
    internal static TableStart Find(TableBeginning beginning, FieldReader fields, CsvOptions options) => beginning.Records.Count > 0
        ? new HeaderFinder(beginning, fields, options).Find()
        : throw new DataException(
        $"{beginning.Path}: there is no "
            + $"row: {(beginning.Dialect.Skipped > 0 ? "all lines are skipped" : "all lines are blank or comments")}. Expected a header "
            + "and rows.");

    private TableStart Find()
    {
        CheckTitle();
        bool looksNamed = LooksNamed();
        bool named = options.NoHeader is bool none ? !none : looksNamed;
        int rows = named ? 1 : 0;
        int units = named && HoldUnits() ? 1 : 0;
        CsvHeader header = named
            ? CsvHeader.Of(beginning.Path, Names()) : CsvHeader.Unnamed(beginning.Path, alike >= Most ? width : first.Length);
        CsvDialect dialect = beginning.Dialect with
        {
            HeaderLine = named ? beginning.Lines[0] : 0,
            UnitsLine = units > 0
            ? beginning.Lines[1] : 0
        };
        string[][] whole = [.. beginning.Records.Skip(rows + units).Where(record => record.Length == header.Count)];
        return new TableStart(dialect, header, ColumnJudge.Judge(header, named && shift > 0, whole, fields), whole)
        {
            Remark = options.NoHeader is null && (!named || first.Any(IsValue)) ? Remark(named) : null,
        };
    }

    /// <summary>The first line, with a name for what it has no field for and without empty ones that no row has.</summary>
    private string[] Names()
    {
        if (shift > 0)
        {
            return ["", .. first];
        }

        if (width > first.Length && EndEmpty())
        {
            return [.. first, .. Enumerable.Repeat("", width - first.Length)];
        }

        int count = first.Length;
        while (count > width && width > 0 && first[count - 1].Length == 0)
        {
            count--;
        }

        return first[..count];
    }

    /// <summary>Whether the first record holds names: words above values.</summary>
    private bool LooksNamed()
    {
        int[] values = [.. Enumerable.Range(0, first.Length).Where(i => IsValue(first[i]))];
        int[] numeric = [.. Enumerable.Range(0, first.Length).Where(i => Holds(i + shift, IsValue))];
        int[] words = [.. numeric.Where(i => !IsValue(first[i]) && !fields.IsMissing(first[i]))];
        return values.Length == 0
            ? numeric.Length == 0 || words.Length > 0
            : words.Length > values.Length || CountsColumns(values);
    }

    /// <summary>
    /// Whether the numbers of the first record are their columns' own, as a program writes that has no names; one column has another.
    /// </summary>
    private bool CountsColumns(int[] values) =>
        values.Length < first.Length && values.Length > 1
        && beginning.Records.Count > 5
        && Enumerable.Range(0, values.Length).All(i => first[values[i]] == i.ToString(System.Globalization.CultureInfo.InvariantCulture))
        && Enumerable.Range(0, first.Length).Except(values).All(i => Below(1, i).All(field => field != first[i]));

    /// <summary>Whether the record below the names holds no value where all others do, and no word that another row has too.</summary>
    private bool HoldUnits()
    {
        if (beginning.Records.Count < 2 + FewestBelowUnits || beginning.Records[1].Length != width)
        {
            return false;
        }

        string[] second = beginning.Records[1];
        int[] numeric = [.. Enumerable.Range(0, second.Length).Where(i => Below(2, i).All(IsValue))];
        return numeric.Any(i => !fields.IsMissing(second[i]) && BooleanWords.Read(second[i]) is null)
            && !second.Any(IsValue)
            && Enumerable.Range(0, second.Length).Except(numeric)
            .All(i => second[i].Length == 0 || Below(2, i).All(field => field != second[i]));
    }

    /// <summary>Refuses lines above the table, such as its title, and says where it begins.</summary>
    private void CheckTitle()
    {
        int start = beginning.Records.FindIndex(record => record.Length == width && !IsTitle(record));
        if (width < 2 || start < 1 || (first.Length >= width && !IsTitle(first)) || shift > 0 || EndEmpty()
            || beginning.Records.Count < start + 2
            || beginning.Width(start).Share < Most || (options.SkipBadRows && first.Any(IsValue)))
        {
            return;
        }

        bool named = !beginning.Records[start].Any(IsValue);
        int line = beginning.Lines[start];
        bool separatorIsComma = beginning.Dialect.Separator == "," && first.Length > 1;
        throw new DataException(
            $"{beginning.Path}, line {beginning.Lines[0]}: "
                + $"has {Words(first.Count(field => field.Length > 0))}, but most lines below have {width}. Line {line} "
            + (named ? $"looks like the header: start there with --skip {line - 1}."
            : $"is the first of them: mend line {beginning.Lines[0]}, or start below it with --skip {line - 1} --no-header.")
            + (width >= 2 * first.Length - 1 && !named && separatorIsComma
            ? " If the numbers have a decimal comma, put them in quotes or separate the fields by semicolons." : ""));
    }

    /// <summary>Whether a record is one text and nothing beside it: a title that a program has filled up with separators.</summary>
    private bool IsTitle(string[] record) => record.Length > 2 && record[0].Length > 0 && !IsValue(record[0])
        && record[1..].All(field => field.Length == 0);

    private string Remark(bool named) => named
        ? $"line {beginning.Lines[0]} holds numbers but is read as names; --no-header reads it as a row."
        : "the first line holds numbers and is read as data; --no-header says so without this note, --no-header false reads it as names.";

    /// <summary>Whether the first fields of the records below name or number them.</summary>
    private bool NameRows()
    {
        string[] names = [.. beginning.Records.Skip(1).Select(record => record[0])];
        return names.Length > 1 && (RowNumberColumn.Is("id", names) || (!names.Any(IsValue) && names.Distinct().Count() == names.Length));
    }

    /// <summary>Whether the records below are longer than the first, and what they have more is empty.</summary>
    private bool EndEmpty() =>
        width > first.Length && beginning.Records.Skip(1).Where(record => record.Length == width)
        .All(record => record[first.Length..].All(field => field.Length == 0));

    private IEnumerable<string> Below(int from, int column) =>
        beginning.Records.Skip(from).Where(record => column < record.Length).Select(record => record[column])
        .Where(field => !fields.IsMissing(field));

    /// <summary>Whether most fields of a column below the first record are such.</summary>
    private bool Holds(int column, Func<string, bool> such)
    {
        string[] below = [.. Below(1, column)];
        return below.Length > 0 && below.Count(such) >= Most * below.Length;
    }

    private bool IsValue(string field) => fields.TryParse(field, out float _) || (field.Length > 0 && ClockColumn.IsDateOrTime(field));

    private static string Words(int count) => count == 1 ? "1 field" : $"{count} fields";
}
