using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Columns;

/// <summary>The first records of a table as text, before anybody knows what they mean.</summary>
internal sealed class TableBeginning
{
    private const int MostRecords = 1000;
    private const int MostFields = 100_000;

    private TableBeginning(string path, CsvDialect dialect)
    {
        Path = path;
        Dialect = dialect;
    }

    /// <summary>The file, as messages call it.</summary>
    internal string Path { get; }

    /// <summary>How it is written.</summary>
    internal CsvDialect Dialect { get; }

    /// <summary>The records whose text is well, (records)(fields).</summary>
    internal List<string[]> Records { get; } = [];

    /// <summary>The line of each.</summary>
    internal List<int> Lines { get; } = [];

    /// <summary>Reads the first records.</summary>
    /// <exception cref="DataException">The text of the very first is not well.</exception>
    internal static TableBeginning Of(TextSource text, CsvDialect dialect)
    {
        TableBeginning beginning = new(text.Path, dialect);
        RecordReader records = new(text.Beginning.Span, dialect.Separator);
        records.SkipLines(dialect.Skipped);
        int fields = 0;
        while (beginning.Records.Count < MostRecords && fields < MostFields && records.Read())
        {
            if (records.Fault == RecordFault.None)
            {
                beginning.Records.Add(records.ToFields());
                beginning.Lines.Add(records.Line);
                fields += records.Count;
            }
            else if (beginning.Records.Count < 2)
            {
                // Names, units or the first row: nothing below can be told without them.
                throw new DataException($"{text.Path}, line {records.Line}: {records.Fault.Describe()}");
            }
        }

        return beginning;
    }

    /// <summary>The number of fields that most records from one on have; 0 without any.</summary>
    internal (int Fields, double Share) Width(int from)
    {
        ILookup<int, string[]> byWidth = Records.Skip(from).ToLookup(record => record.Length);
        IGrouping<int, string[]>? most = byWidth.MaxBy(group => group.Count());
        return most is null ? (0, 0) : (most.Key, (double)most.Count() / (Records.Count - from));
    }
}
