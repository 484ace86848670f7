using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Tiny.Training.Data;

/// <summary>Reads a CSV file as a stream, a row at a time: comma separated, '.' as decimal point, quoted fields, blank lines skipped.</summary>
public sealed class CsvSource : IDisposable
{
    private static readonly HashSet<string> MissingMarks = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "?", "na", "n/a", "nan", "null", "none",
    };

    private readonly CsvParser parser;
    private readonly IReadOnlyList<string> missing;
    private readonly float?[] missingNumbers;
    private bool firstRowWaits;
    private int line;

    /// <summary>Opens a file, plain or gzip.</summary>
    /// <exception cref="DataException">The file cannot be read or holds no row.</exception>
    public CsvSource(string path, CsvOptions options)
        : this(DataFile.Open(path), options)
    {
    }

    /// <summary>Reads from a file that was opened, which goes when the source does.</summary>
    /// <exception cref="DataException">There is no row.</exception>
    public CsvSource(DataFile file, CsvOptions options)
    {
        string path = file.Path;
        StreamReader reader = new(file.Stream);
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            BadDataFound = _ => throw new DataException(
                $"{path}, line {line}: a quote stands inside a field. Put the whole field in quotes and double those inside it."),
        };
        parser = new CsvParser(reader, configuration);
        missing = options.Missing;
        missingNumbers = [.. missing.Select(value => TryParse(value, out float number) ? number : (float?)null)];
        Header = new CsvHeader(path, [], IsNamed: false);
        if (!Advance())
        {
            Dispose();
            throw new DataException($"{path}: the file is empty. Expected a header and rows.");
        }

        string[] first = parser.Record!;
        bool looksLikeData = LooksLikeData(first);
        bool named = options.NoHeader is bool none ? !none : !looksLikeData;
        HeaderWasData = options.NoHeader is null && looksLikeData;
        Header = new CsvHeader(path, named ? first : [.. first.Select((_, i) => $"column {i}")], named);
        Dialect = CsvDialect.Usual with { HeaderLine = named ? line : 0 };
        firstRowWaits = !named;
    }

    /// <summary>The columns.</summary>
    public CsvHeader Header { get; }

    /// <summary>How the text is written.</summary>
    public CsvDialect Dialect { get; }

    /// <summary>Whether a blank line stands between the current row and the one before: where recordings are kept apart so, the row begins one.</summary>
    public bool AfterBlankLine { get; private set; }

    /// <summary>Whether the first row was taken as data though nobody said that there is no header.</summary>
    public bool HeaderWasData { get; }

    /// <summary>The line in the file at which the current row begins, from 1.</summary>
    public int Line => line;

    /// <summary>Rows read so far, dropped ones included.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows dropped because a value was missing.</summary>
    public long Dropped { get; private set; }

    /// <summary>Reads the next whole row.</summary>
    /// <param name="selection">The columns wanted.</param>
    /// <param name="inputs">Receives the inputs, (selection.Inputs.Count).</param>
    /// <param name="label">Receives the label's text, "" when none was wanted.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="DataException">A row is ragged, or a value is missing or no number.</exception>
    public bool ReadRow(ColumnSelection selection, Span<float> inputs, out string label)
    {
        label = "";
        while (firstRowWaits || Advance())
        {
            firstRowWaits = false;
            RowsRead++;
            CheckFields();
            if (IsMissing(selection))
            {
                Dropped++;
                continue;
            }

            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = Number(selection.Inputs[i]);
            }

            if (selection.Label >= 0)
            {
                label = parser[selection.Label];
                if (MissingMarks.Contains(label))
                {
                    throw Missing(selection.Label, label);
                }
            }

            return true;
        }

        return false;
    }

    /// <summary>A field of the current row as it stands there; "" for column -1.</summary>
    public string Text(int column) => column < 0 ? "" : parser[column];

    /// <summary>The fields of the first row, which stays to be read; empty where there is none.</summary>
    internal IReadOnlyList<string> PeekFields()
    {
        firstRowWaits = firstRowWaits || Advance();
        return firstRowWaits ? parser.Record! : [];
    }

    /// <summary>Reads the next row as text, whatever is in its fields: for looking at a file before it is used.</summary>
    /// <returns>Null at the end; the array is the caller's.</returns>
    /// <exception cref="DataException">A row is ragged.</exception>
    public string[]? ReadFields()
    {
        if (!firstRowWaits && !Advance())
        {
            return null;
        }

        firstRowWaits = false;
        RowsRead++;
        CheckFields();
        return parser.Record!;
    }

    /// <summary>Whether a text stands for a missing value: nothing, NaN and the like, or what was named as such.</summary>
    public bool IsMissing(string text) => MissingMarks.Contains(text) || StandsForMissing(text);

    /// <inheritdoc/>
    public void Dispose() => parser.Dispose();

    /// <summary>Parses a finite or infinite number in the invariant culture; words such as NaN are no numbers here.</summary>
    internal static bool TryParse(string text, out float number) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !float.IsNaN(number);

    private static bool LooksLikeData(string[] first)
    {
        int numbers = first.Count(field => TryParse(field, out _));
        return numbers > 0 && numbers >= first.Length - 1;
    }

    private bool Advance()
    {
        line = parser.RawRow + 1;
        try
        {
            bool any = parser.Read();
            AfterBlankLine = any && line > 1 && parser.RawRow > line + parser.Record!.Sum(field => field.Count(c => c == '\n'));
            return any;
        }
        catch (InvalidDataException error)
        {
            throw DataFile.Damaged($"{Header.Path}, line {line}", error);
        }
        catch (IOException error)
        {
            throw new DataException($"{Header.Path}, line {line}: reading failed: {error.Message}", error);
        }
    }

    private void CheckFields()
    {
        if (parser.Count != Header.Count)
        {
            throw new DataException(
                $"{Where()}: has {parser.Count} fields, expected {Header.Count} as in the first line. Mend or remove the row.");
        }
    }

    private string Where() => $"{Header.Path}, line {line} (row {RowsRead - 1})";

    private bool IsMissing(ColumnSelection selection)
    {
        if (missing.Count == 0)
        {
            return false;
        }

        foreach (int column in selection.Inputs)
        {
            if (StandsForMissing(parser[column]))
            {
                return true;
            }
        }

        return selection.Label >= 0 && StandsForMissing(parser[selection.Label]);
    }

    private bool StandsForMissing(string text)
    {
        for (int i = 0; i < missing.Count; i++)
        {
            if (text == missing[i] || (missingNumbers[i] is float number && TryParse(text, out float value) && value == number))
            {
                return true;
            }
        }

        return false;
    }

    private float Number(int column)
    {
        string text = parser[column];
        if (TryParse(text, out float number))
        {
            return float.IsFinite(number)
                ? number
                : throw new DataException($"{Where()}, column \"{Header.Names[column]}\": {text} is beyond what a float holds.");
        }

        throw MissingMarks.Contains(text)
            ? Missing(column, text)
            : new DataException(
                $"{Where()}, column \"{Header.Names[column]}\": found \"{text}\", expected a number. "
                + "Leave the column out with --inputs (of recordings, --channels), or name the value with --missing.");
    }

    private DataException Missing(int column, string text) =>
        new($"{Where()}, column \"{Header.Names[column]}\": the value is missing (found \"{text}\"). "
            + $"Mend the row, or drop such rows with --missing \"{text}\".");
}
