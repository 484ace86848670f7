using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Data;

/// <summary>A data file that was read, CSV or IDX, with what its reader noticed.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Reading">How the file was understood.</param>
/// <example>
/// <code>
/// using DatasetFile file = DatasetFile.ReadCsv("gestures.csv", new CsvOptions { Label = "gesture" });
/// int rows = file.Data.Rows;
/// string how = file.Reading.Describe();                      // separator, header, encoding
/// </code>
/// </example>
public sealed record DatasetFile(RowTable Table, DataReading Reading) : IDisposable
{
    /// <summary>The file, as messages call it.</summary>
    public string Path => Reading.Path;

    /// <summary>Rows dropped because a value was missing.</summary>
    public long Dropped => Reading.Dropped;

    /// <summary>The recordings that the rows are windows of; empty for a table.</summary>
    public IReadOnlyList<RecordingSummary> Recordings { get; internal init; } = [];

    /// <summary>Of blocks of a stream, (rows): whether the signal breaks off before each; empty for anything else.</summary>
    public IReadOnlyList<bool> Breaks { get; internal init; } = [];

    /// <summary>The rows, where they are in memory.</summary>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    public Dataset Data => Table.Data ?? throw new InvalidOperationException($"{Path} is streamed.");

    /// <summary>Reads a CSV file to train on, into memory unless told otherwise.</summary>
    /// <exception cref="DataException">It cannot be used as it is.</exception>
    public static DatasetFile ReadCsv(
        string path, CsvOptions options, StorageOptions? storage = null, CancellationToken cancel = default) =>
        ReadCsv(DataFile.Open(path), options, storage, cancel);

    /// <summary>Reads an open CSV file to train on, and closes it.</summary>
    /// <exception cref="DataException">It cannot be used as it is.</exception>
    public static DatasetFile ReadCsv(DataFile file, CsvOptions options, StorageOptions? storage = null, CancellationToken cancel = default)
    {
        using CsvSource source = new(file, options);
        DatasetFile read = Read(
            source, ColumnSelection.ForTraining(source.Columns, options), options, options.Inputs is null, storage, cancel);
        DataReading reading = read.Reading.WithSetAside(source.Columns, options);
        return read with
        {
            Reading = reading with
            {
                SetAside = [.. reading.SetAside.Concat(read.Reading.SetAside)
            .OrderBy(column => column.Position)]
            }
        };
    }

    /// <summary>
    /// Reads an open CSV file to test on what was trained on this one: the same columns, by name
    /// where there are names, and the same classes.
    /// </summary>
    /// <exception cref="DataException">It has other columns or classes.</exception>
    public DatasetFile ReadCsvAlike(DataFile file, CsvOptions options, StorageOptions? storage = null, CancellationToken cancel = default)
    {
        DataSchema schema = Table.Schema;
        CsvOptions alike = options with
        {
            Task = schema.Task,
            ClassNames = schema.Task == NetworkTask.Classification
            ? schema.OutputNames : null
        };
        ModelNeeds needs = new(schema.ColumnCount, schema.Columns.Checksum, WantsLabel: true)
        {
            ClassNames = alike.ClassNames,
            Known = Reading.ToModelColumns()
        };
        using CsvSource source = new(file, alike);
        return Read(source, ColumnSelection.ForModel(source.Columns, alike, needs), alike, choosesInputs: false, storage, cancel);
    }

    /// <summary>Reads recordings to train on.</summary>
    /// <exception cref="DataException">They cannot be used as they are.</exception>
    public static DatasetFile ReadRecordings(string path, CsvOptions options, WindowOptions windows, CancellationToken cancel = default) =>
        ReadRecordings(DataFile.Open(path), options, windows, cancel);

    /// <summary>Reads an open file of recordings to train on, and closes it.</summary>
    /// <exception cref="DataException">They cannot be used as they are.</exception>
    public static DatasetFile ReadRecordings(DataFile file, CsvOptions options, WindowOptions windows, CancellationToken cancel = default)
    {
        return ReadRecordings(RecordingFiles.Of(new CsvSource(file, options), options), options, windows, cancel);
    }

    /// <summary>Reads recordings to train on, from a file or the files of a folder.</summary>
    /// <exception cref="DataException">They cannot be used as they are.</exception>
    public static DatasetFile ReadRecordings(
        RecordingFiles files, CsvOptions options, WindowOptions windows, CancellationToken cancel = default) =>
        RecordingReader.ReadForTraining(files, options, windows, cancel);

    /// <summary>Reads recordings for a model, from a file or the files of a folder.</summary>
    /// <param name="model">The model.</param>
    /// <param name="files">The files; they go when they are read.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="known">The columns that the model was trained on, where a record of the training tells.</param>
    /// <exception cref="DataException">The model was not trained on recordings, or not on such.</exception>
    public static DatasetFile ReadRecordingsFor(
        Network model, RecordingFiles files, CsvOptions options, CancellationToken cancel = default, ModelColumns? known = null) =>
        RecordingReader.ReadForModel(model, files, FixedBy(model, options), known, cancel);

    /// <summary>
    /// Reads a CSV file for a model: the columns it takes, and the answers it gives; recordings,
    /// if it has the channels the model's features are of.
    /// </summary>
    /// <exception cref="DataException">The file does not match the model.</exception>
    public static DatasetFile ReadCsvFor(
        Network model, string path, CsvOptions options, StorageOptions? storage = null, CancellationToken cancel = default) =>
        ReadCsvFor(model, DataFile.Open(path), options, storage, cancel);

    /// <summary>Reads an open CSV file for a model, and closes it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="storage">Where the rows are kept; null for memory.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="known">The columns that the model was trained on, where a record of the training tells.</param>
    /// <exception cref="DataException">The file does not match the model.</exception>
    public static DatasetFile ReadCsvFor(
        Network model, DataFile file, CsvOptions options, StorageOptions? storage = null, CancellationToken cancel = default,
        ModelColumns? known = null)
    {
        using CsvSource source = new(file, options);
        CsvOptions fixedByModel = FixedBy(model, options);
        if (model.Notes.FeatureBytes > 0 && RecordingColumns.AreIn(source.Header, FeatureDescription.Of(model)))
        {
            return ReadRecordingsFor(model, RecordingFiles.Of(source, options), options, cancel, known);
        }

        ModelNeeds needs = new(model.Inputs, model.Notes.ColumnsChecksum,
            WantsLabel: !options.Unlabeled)
        { ClassNames = fixedByModel.ClassNames, Known = known };
        return Read(source, ColumnSelection.ForModel(source.Columns, options, needs), fixedByModel, choosesInputs: false, storage, cancel);
    }

    /// <summary>Reads an IDX file and its labels, into memory unless told otherwise.</summary>
    /// <exception cref="DataException">They cannot be used as they are.</exception>
    public static DatasetFile ReadIdx(string path, string labelsPath, StorageOptions? storage = null, CancellationToken cancel = default) =>
        ReadIdx(DataFile.Open(path), DataFile.Open(labelsPath), storage, cancel);

    /// <summary>Reads an open IDX file and that of its labels, and closes both.</summary>
    /// <exception cref="DataException">They cannot be used as they are.</exception>
    public static DatasetFile ReadIdx(DataFile file, DataFile labels, StorageOptions? storage = null, CancellationToken cancel = default)
    {
        RowTable table = IdxReader.ReadTable(file, labels, storage ?? StorageOptions.AllInMemory, cancel);
        return new DatasetFile(table, DataReading.OfIdx(file.Path, table.Schema.ColumnCount));
    }

    /// <summary>Reads an IDX file and its labels for a model.</summary>
    /// <exception cref="DataException">They do not match the model.</exception>
    public static DatasetFile ReadIdxFor(
        Network model, DataFile opened, DataFile labels, StorageOptions? storage = null, CancellationToken cancel = default)
    {
        DatasetFile file = ReadIdx(opened, labels, storage, cancel);
        DataSchema schema = file.Table.Schema;
        if (schema.ColumnCount != model.Inputs)
        {
            throw new DataException($"{file.Path}: each row "
                + $"has {schema.ColumnCount} elements, but the model takes {model.Inputs} inputs. Pass the data the model was made for.");
        }

        return model.Task == NetworkTask.Classification && schema.OutputNames.Count <= model.ClassCount
            ? file
            : throw new DataException(
            $"{labels.Path}: holds labels up to {schema.OutputNames.Count - 1}, but the model knows {model.ClassCount} classes.");
    }

    /// <inheritdoc/>
    public void Dispose() => Table.Dispose();

    private static CsvOptions FixedBy(Network model, CsvOptions options) => options with
    {
        Task = options.AnyClasses ? NetworkTask.Classification : model.Task,
        ClassNames = options.Unlabeled ? options.ClassNames : options.AnyClasses || model.Task == NetworkTask.Regression
            ? null : [.. Enumerable.Range(0, model.ClassCount).Select(model.GetOutputName)],
    };

    private static DatasetFile Read(
        CsvSource source, ColumnSelection selection, CsvOptions options, bool choosesInputs, StorageOptions? storage,
        CancellationToken cancel)
    {
        (RowTable table, DataReading reading) =
            CsvReader.Read(source, selection, options, choosesInputs, storage ?? StorageOptions.AllInMemory, cancel);
        return new DatasetFile(table, reading);
    }
}
