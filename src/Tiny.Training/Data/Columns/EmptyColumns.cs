using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Columns;

/// <summary>
/// Sees to it that columns which were set aside, as they are empty in the first rows, stay so: otherwise they may have been inputs.
/// </summary>
internal sealed class EmptyColumns
{
    private readonly CsvSource source;
    private readonly int[] columns;

    /// <summary>Watches a file's empty columns, but for those in use or left out by an option.</summary>
    internal EmptyColumns(CsvSource source, ColumnSelection selection, CsvOptions options)
    {
        this.source = source;
        int[] dropped = source.Header.FindAll(options.Drop, "--drop");
        columns = options.Inputs is not null ? [] :
        [
            .. Enumerable.Range(0, source.Header.Count).Except(dropped).Except(selection.Inputs)
                .Where(column => column != selection.Label && source.Columns.Kinds[column] == ColumnKind.Empty),
        ];
    }

    /// <summary>Looks at the current row.</summary>
    /// <exception cref="DataException">A column is empty no more.</exception>
    internal void Check()
    {
        foreach (int column in columns)
        {
            if (source.Field(column).Length > 0)
            {
                throw new DataException(
                    $"{source.Header.Path}, line {source.Line}, column {SafeText.Quote(source.Header.Names[column])}: found "
                        + $"{SafeText.Quote(source.Field(column))}, but the column is empty in the first {source.Columns.Rows.Count} rows. "
                        + "Leave it out with --drop, or name the inputs with --inputs.");
            }
        }
    }
}
