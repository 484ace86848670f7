using Tiny.Training.Data.Rows;

namespace Tiny.Training.Data;

/// <summary>Reads the rows of an open CSV file into a table.</summary>
internal static class CsvReader
{
    /// <exception cref="DataException">A row cannot be used, or there is none.</exception>
    internal static RowTable Read(CsvSource source, ColumnSelection selection, CsvOptions options, StorageOptions storage, CancellationToken cancel)
    {
        CsvHeader header = source.Header;
        LabelReader labels = new(header.Path, header.Names[selection.Label], options);
        RowStore store = new(selection.Inputs.Count, storage);
        try
        {
            while (source.ReadRow(selection, store.Next(), out string label))
            {
                cancel.ThrowIfCancellationRequested();
                float value = labels.Read(label, source.Line, out int text);
                store.Add(value, text);
            }

            if (store.Rows == 0)
            {
                string why = source.Dropped > 0 ? $"all {source.Dropped} rows were dropped for missing values" : "there is a header but no row of data";
                throw new DataException($"{header.Path}: {why}. Expected at least one row.");
            }

            (DataSchema schema, AnswerKey key) = labels.Finish(selection.ToColumns(header));
            return store.Finish(schema, key);
        }
        catch
        {
            store.Abandon();
            throw;
        }
    }
}
