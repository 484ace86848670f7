namespace Tiny.Training.Data.Text;

/// <summary>Finds out from a text's beginning how its table is written: options first, then what most fields look like.</summary>
internal sealed class DialectFinder
{
    private const int RecordsToJudge = 200;
    private const int FieldsToJudge = 20_000;

    // Where nothing tells them apart, the first is taken.
    private static readonly string[] Separators = ["tab", ";", "|", ",", "space"];

    private readonly TextSource text;
    private readonly CsvOptions options;
    private readonly int skip;

    private DialectFinder(TextSource text, CsvOptions options)
    {
        this.text = text;
        this.options = options;
        skip = options.Skip ?? 0;
    }

    /// <summary>How the table is written.</summary>
    /// <exception cref="DataException">The decimal mark cannot be told.</exception>
    internal static CsvDialect Find(TextSource text, CsvOptions options) => new DialectFinder(text, options).Find();

    private CsvDialect Find()
    {
        string? excel = SeparatorLine();
        string separator = options.Separator ?? excel ?? FindSeparator();
        char mark = options.Decimal?[0] ?? FindDecimal(separator);
        return new CsvDialect(separator, mark, text.Encoding) { Skipped = skip + (excel is null ? 0 : 1) };
    }

    /// <summary>What Excel's first line sep=; says; null without such a line.</summary>
    private string? SeparatorLine()
    {
        RecordReader lines = new(text.Beginning.Span, "tab");
        lines.SkipLines(skip);
        if (!lines.Read() || lines.Count == 0)
        {
            return null;
        }

        // The tab in sep= and a tab is itself a separator here.
        ReadOnlySpan<char> first = lines[0];
        return !first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || first.Length > 5 ? null
            : first.Length == 4 ? (lines.Count == 2 ? "tab" : null)
            : first[4] == ' ' ? "space" : first[4].ToString();
    }

    private string FindSeparator()
    {
        (string best, double score) = Separators.Select(separator => (separator, Score(separator))).MaxBy(candidate => candidate.Item2);
        return score < 0 ? "," : best;
    }

    /// <summary>How well a separator fits: numbers that it makes of most records, times their share among its fields.</summary>
    private double Score(string separator)
    {
        Dictionary<int, (int Records, int Numbers)> byCount = [];
        int all = 0;
        int strange = 0;
        foreach (RecordReader record in Records(separator))
        {
            all++;
            if (record.Fault != RecordFault.None)
            {
                continue;
            }

            int numbers = 0;
            bool other = false;
            for (int i = 0; i < record.Count; i++)
            {
                bool number = IsNumber(record[i]);
                numbers += number ? 1 : 0;
                other |= !number && record[i].ContainsAny("\t;|,");
            }

            strange += other ? 1 : 0;
            (int records, int sum) = byCount.GetValueOrDefault(record.Count);
            byCount[record.Count] = (records + 1, sum + numbers);
        }

        if (byCount.Count == 0)
        {
            return -1;
        }

        (int fields, (int matching, int found)) = byCount.MaxBy(entry => entry.Value.Records);
        double share = (double)matching / all;

        // Blanks are everywhere: they separate only if nothing else is left that could.
        if (fields < 2 || (separator == "space" && 10 * strange > all))
        {
            return -1;
        }

        double each = (double)found / matching;
        return share * (1 + each * (1 + each / fields));
    }

    private static bool IsNumber(ReadOnlySpan<char> field) =>
        field.Length > 0 && (NumberText.Usual.TryParse(field, out float _) || NumberText.IsFraction(field, ',')
        || NumberText.IsGrouped(field, '.', ','));

    /// <summary>The decimal mark that the fields have.</summary>
    private char FindDecimal(string separator)
    {
        int points = 0;
        int commas = 0;
        string? unclear = null;
        int unclearLine = 0;
        foreach (RecordReader record in Records(separator))
        {
            for (int i = 0; i < (record.Fault == RecordFault.None ? record.Count : 0); i++)
            {
                ReadOnlySpan<char> field = record[i];
                bool comma = NumberText.IsFraction(field, ',') || NumberText.IsGrouped(field, '.', ',');
                if (comma && NumberText.IsGrouped(field, ',', '.'))
                {
                    unclear ??= field.ToString();
                    unclearLine = unclearLine == 0 ? record.Line : unclearLine;
                }
                else if (comma && !NumberText.Usual.TryParse(field, out float _))
                {
                    commas++;
                }
                else if (NumberText.IsFraction(field, '.'))
                {
                    points++;
                }
            }
        }

        return commas > points ? ','
            : unclear is null || points > 0 || commas > 0 ? '.'
            : throw new DataException(
                $"{text.Path}, line {unclearLine}: "
                    + $"{SafeText.Quote(unclear)} can be read as {unclear.Replace(',', '.')} or as {unclear.Replace(",", "")}. "
                + "Say --decimal , if the comma is the decimal mark, --decimal . if it stands between thousands.");
    }

    private IEnumerable<RecordReader> Records(string separator)
    {
        RecordReader records = new(text.Beginning.Span, separator);
        records.SkipLines(skip);
        int fields = 0;
        for (int i = 0; i < RecordsToJudge && fields < FieldsToJudge && records.Read(); i++)
        {
            fields += records.Count;
            yield return records;
        }
    }
}
