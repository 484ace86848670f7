namespace Tiny.Training.Data.Columns;

/// <summary>Judges by a table's first rows what its columns hold.</summary>
internal static class ColumnJudge
{
    /// <summary>What each column holds.</summary>
    /// <param name="header">The columns.</param>
    /// <param name="hasRowNames">Whether the first column names the rows.</param>
    /// <param name="rows">The first rows, (rows)(columns).</param>
    /// <param name="fields">What reads a field.</param>
    internal static ColumnKind[] Judge(CsvHeader header, bool hasRowNames, IReadOnlyList<string[]> rows, FieldReader fields)
    {
        ColumnKind[] kinds = new ColumnKind[header.Count];
        for (int column = 0; column < kinds.Length; column++)
        {
            string name = header.IsUnnamed(column) ? "" : header.Names[column];
            kinds[column] = column == 0 && hasRowNames ? ColumnKind.RowName : Judge(name, [.. rows.Select(row => row[column])], fields);
        }

        return kinds;
    }

    private static ColumnKind Judge(string name, string[] values, FieldReader fields)
    {
        if (values.Length > 0 && values.All(value => value.Length == 0))
        {
            return ColumnKind.Empty;
        }

        string[] present = [.. values.Where(value => !fields.IsMissing(value))];
        if (present.Length == 0)
        {
            return ColumnKind.Unknown;
        }

        int numbers = present.Count(value => fields.TryParse(value, out float _));
        if (numbers == 0)
        {
            return present.All(value => BooleanWords.Read(value) is not null) ? ColumnKind.Boolean
                : present.All(value => ClockColumn.IsDateOrTime(value)) ? ColumnKind.Date
                : ColumnKind.Words;
        }

        return RowNumberColumn.Is(name, present) ? ColumnKind.RowNumber
            : numbers == present.Length && ClockColumn.Is(name, present) ? ColumnKind.Clock
            : 2 * numbers < present.Length ? ColumnKind.Words
            : ColumnKind.Number;
    }
}
