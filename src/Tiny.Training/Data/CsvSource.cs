using Tiny.Training.Data.Capture;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>
/// Reads a table from a text file as a stream, a row at a time. How the file is written and what its columns are is found out
/// from its beginning, as far as options do not say it: see <see cref="Dialect"/> and <see cref="Columns"/>.
/// </summary>
/// <example>
/// <code>
/// using CsvSource source = new("gestures.csv", new CsvOptions());
/// ColumnSelection columns = ColumnSelection.ForTraining(source.Columns, new CsvOptions());
/// float[] inputs = new float[columns.Inputs.Count];
/// while (source.ReadRow(columns, inputs, out string label))
/// {
///     Console.WriteLine($"line {source.Line}: {label}");
/// }
/// </code>
/// </example>
public sealed class CsvSource : IDisposable
{
    private const long MostLookedAt = 1_000_000; // rows, once one of them cannot be used

    private readonly TextSource text;
    private readonly RecordReader records;
    private readonly RowReader rows;
    private readonly TableStart start;
    private readonly TextPool labels = new();
    private readonly bool labelIsNamed;

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
        labelIsNamed = options.Label is not null;
        try
        {
            text = new TextSource(file, options.Encoding);
            if (SerialMonitor.Describe(text.Beginning.Span) is string foreign)
            {
                throw new DataException($"{file.Path}, line 1: {foreign}");
            }

            CsvDialect dialect = DialectFinder.Find(text, options);
            Fields = new FieldReader(dialect, options);
            start = HeaderFinder.Find(TableBeginning.Of(text, dialect), Fields, options);
            Columns = new TableColumns(start.Header, start.Kinds, start.Rows);
            rows = new RowReader(Columns, Fields, options);
            records = new RecordReader(text, dialect.Separator);
            records.SkipLines(dialect.Skipped);
            while (records.Line < Math.Max(start.Dialect.HeaderLine, start.Dialect.UnitsLine) && records.Read())
            {
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The columns' names.</summary>
    public CsvHeader Header => Columns.Header;

    /// <summary>The columns, with what the first rows tell of them.</summary>
    public TableColumns Columns { get; }

    /// <summary>How the text is written, with the comment lines that were passed over so far.</summary>
    public CsvDialect Dialect => start.Dialect with { Comments = records.Comments };

    /// <summary>What should be said of the first line, where names and values could be mistaken for each other; null for nothing.</summary>
    public string? Remark => start.Remark;

    /// <summary>The line in the file at which the current row begins, from 1.</summary>
    public int Line => records.Line;

    /// <summary>Blank lines between the current row and the one before.</summary>
    public int BlankLinesBefore => records.BlankLines;

    /// <summary>
    /// Whether a blank line stands between the current row and the one before: where recordings are kept apart so, the row begins one.
    /// </summary>
    public bool AfterBlankLine => RowsRead > 1 && records.BlankLines > 0;

    /// <summary>Rows read so far, those left out included.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows left out because a value was missing.</summary>
    public long Dropped => rows.Faults.Missing;

    /// <summary>Rows left out because they cannot be read.</summary>
    public long BadRows => rows.Faults.Bad;

    /// <summary>The first of those, in full.</summary>
    public IReadOnlyList<string> BadRowsShown => rows.Faults.Shown;

    /// <summary>Rows left out because of their label.</summary>
    public long LeftOut { get; private set; }

    /// <summary>What makes values of fields.</summary>
    internal FieldReader Fields { get; }

    /// <summary>What the labels must be; null where any will do.</summary>
    internal LabelRules? Labels
    {
        get => rows.Labels;
        set => rows.Labels = value;
    }

    /// <summary>Reads the next whole row; those that options leave out are passed over.</summary>
    /// <param name="selection">The columns wanted.</param>
    /// <param name="inputs">Receives the inputs, (selection.Inputs.Count).</param>
    /// <param name="label">Receives the label's text, "" when none was wanted.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="DataException">A row cannot be read, or a value is missing, and no option leaves such rows out.</exception>
    public bool ReadRow(ColumnSelection selection, Span<float> inputs, out string label)
    {
        RowOutcome outcome;
        do
        {
            outcome = Next(selection, inputs, out label);
        }
        while (outcome is not (RowOutcome.Whole or RowOutcome.End));
        return outcome == RowOutcome.Whole;
    }

    /// <summary>Reads the next row, whole or not.</summary>
    /// <param name="selection">The columns wanted.</param>
    /// <param name="inputs">Receives the inputs of a whole row, (selection.Inputs.Count).</param>
    /// <param name="label">Receives the label's text, "" when none was wanted.</param>
    /// <exception cref="DataException">The row cannot be read, or a value is missing, and no option leaves such rows out.</exception>
    public RowOutcome Next(ColumnSelection selection, Span<float> inputs, out string label)
    {
        label = "";
        if (!Advance())
        {
            return RowOutcome.End;
        }

        RowOutcome outcome = rows.Read(records, RowsRead - 1, selection, inputs);
        if (rows.Refuses)
        {
            float[] others = new float[inputs.Length];
            rows.Faults.LabelIsGuessed = selection.Label >= 0 && !labelIsNamed;
            throw Refuse(() => rows.Read(records, RowsRead - 1, selection, others));
        }

        LeftOut += outcome == RowOutcome.LeftOut ? 1 : 0;
        if (outcome == RowOutcome.Whole && selection.Label >= 0)
        {
            label = labels.Get(records[selection.Label]);
        }

        return outcome;
    }

    /// <summary>Reads the next row as text, whatever is in its fields: for looking at a file before it is used.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="DataException">A row has too few fields or too many, and no option leaves such rows out.</exception>
    public bool ReadFields()
    {
        while (Advance())
        {
            if (rows.IsWell(records, RowsRead - 1))
            {
                return true;
            }

            if (rows.Refuses)
            {
                throw Refuse(() => rows.IsWell(records, RowsRead - 1));
            }
        }

        return false;
    }

    /// <summary>A field of the current row as it stands there.</summary>
    /// <param name="column">From 0.</param>
    /// <returns>(characters), valid until the next row is read.</returns>
    public ReadOnlySpan<char> Field(int column) => records[column];

    /// <summary>A field of the current row as text; "" for column -1.</summary>
    /// <param name="column">From 0, or -1.</param>
    public string Text(int column) => column < 0 ? "" : records[column].ToString();

    /// <summary>A text as a string: the same each time, as long as there are few.</summary>
    internal string Text(ReadOnlySpan<char> field) => labels.Get(field);

    /// <inheritdoc/>
    public void Dispose() => text.Dispose();

    /// <summary>Parses a finite or infinite number with a decimal point; words such as NaN are no numbers here.</summary>
    internal static bool TryParse(string text, out float number) => NumberText.Usual.TryParse(text, out number);

    private bool Advance()
    {
        if (!records.Read())
        {
            return false;
        }

        RowsRead++;
        return true;
    }

    /// <summary>Makes one error of all rows that cannot be used: looks at the rest of the file, too, but waits for nobody.</summary>
    private DataException Refuse(Action look)
    {
        while (!text.IsLive && RowsRead < MostLookedAt && Advance())
        {
            look();
        }

        if (RowsRead >= MostLookedAt)
        {
            rows.Faults.EndEarly();
        }

        return rows.Faults.ToException(RowsRead);
    }
}
