using Tiny.Core;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Data;

/// <summary>A data file that was read, CSV or IDX, with what its reader noticed.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Path">The file.</param>
/// <param name="Dropped">Rows dropped because a value was missing.</param>
/// <param name="HeaderWasData">Whether the first row was taken as data though nobody said that there is no header.</param>
public sealed record DatasetFile(RowTable Table, string Path, long Dropped, bool HeaderWasData) : IDisposable
{
    /// <summary>The rows, where they are in memory.</summary>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    public Dataset Data => Table.Data ?? throw new InvalidOperationException($"{Path} is streamed.");

    /// <summary>Reads a CSV file to train on, into memory unless told otherwise.</summary>
    /// <exception cref="DataException">It cannot be used as it is.</exception>
    public static DatasetFile ReadCsv(string path, CsvOptions options, StorageOptions? storage = null, CancellationToken cancel = default)
    {
        using CsvSource source = new(path, options);
        return Read(source, ColumnSelection.ForTraining(source.Header, options), options, storage, cancel);
    }

    /// <summary>Reads a CSV file for a model: the columns it takes, and the answers it gives.</summary>
    /// <exception cref="DataException">The file does not match the model.</exception>
    public static DatasetFile ReadCsvFor(
        Network model, string path, CsvOptions options, StorageOptions? storage = null, CancellationToken cancel = default)
    {
        using CsvSource source = new(path, options);
        ColumnSelection selection = ColumnSelection.ForModel(source.Header, options, model.Inputs, model.ColumnsChecksum, needsLabel: true);
        CsvOptions fixedByModel = options with
        {
            Task = model.Task,
            ClassNames = model.Task == NetworkTask.Regression ? null : [.. Enumerable.Range(0, model.ClassCount).Select(model.GetOutputName)],
        };
        return Read(source, selection, fixedByModel, storage, cancel);
    }

    /// <summary>Reads an IDX file and its labels, into memory unless told otherwise.</summary>
    /// <exception cref="DataException">They cannot be used as they are.</exception>
    public static DatasetFile ReadIdx(string path, string labelsPath, StorageOptions? storage = null, CancellationToken cancel = default) =>
        new(IdxReader.ReadTable(path, labelsPath, storage ?? StorageOptions.AllInMemory, cancel), path, 0, false);

    /// <summary>Reads an IDX file and its labels for a model.</summary>
    /// <exception cref="DataException">They do not match the model.</exception>
    public static DatasetFile ReadIdxFor(
        Network model, string path, string labelsPath, StorageOptions? storage = null, CancellationToken cancel = default)
    {
        DatasetFile file = ReadIdx(path, labelsPath, storage, cancel);
        DataSchema schema = file.Table.Schema;
        if (schema.ColumnCount != model.Inputs)
        {
            throw new DataException($"{path}: each row has {schema.ColumnCount} elements, but the model takes {model.Inputs} inputs. Pass the data the model was made for.");
        }

        return model.Task == NetworkTask.Classification && schema.OutputNames.Count <= model.ClassCount
            ? file
            : throw new DataException($"{labelsPath}: holds labels up to {schema.OutputNames.Count - 1}, but the model knows {model.ClassCount} classes.");
    }

    /// <inheritdoc/>
    public void Dispose() => Table.Dispose();

    private static DatasetFile Read(
        CsvSource source, ColumnSelection selection, CsvOptions options, StorageOptions? storage, CancellationToken cancel)
    {
        RowTable table = CsvReader.Read(source, selection, options, storage ?? StorageOptions.AllInMemory, cancel);
        return new DatasetFile(table, source.Header.Path, source.Dropped, source.HeaderWasData);
    }
}
