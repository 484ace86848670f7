namespace Tiny.Training.Data.Rows;

/// <summary>
/// A data file as it was read: in memory where it fits, else in a temporary file, which goes when the table is disposed of.
/// </summary>
/// <seealso cref="DatasetFile"/>
public sealed class RowTable : IDisposable
{
    private readonly RowFile? file;
    private readonly AnswerKey? key;
    private readonly StorageOptions storage;

    internal RowTable(Dataset data, StorageOptions? storage = null)
    {
        this.storage = storage ?? StorageOptions.AllInMemory;
        Schema = data.Schema;
        Data = data;
        Rows = data.Rows;
    }

    internal RowTable(DataSchema schema, RowFile file, AnswerKey key, StorageOptions storage)
    {
        Schema = schema;
        this.file = file;
        this.key = key;
        this.storage = storage;
        Rows = file.Rows;
    }

    /// <summary>What the rows hold.</summary>
    public DataSchema Schema { get; }

    /// <summary>How many rows.</summary>
    public long Rows { get; }

    /// <summary>The rows, where they are in memory.</summary>
    public Dataset? Data { get; }

    /// <summary>Whether the rows are streamed from a file.</summary>
    public bool IsStreamed => file is not null;

    /// <summary>The most bytes that inputs may take in memory as float32.</summary>
    public long MemoryBytes => storage.MemoryBytes;

    /// <summary>All rows.</summary>
    public RowSource All() => Data is not null
        ? new MemoryRows(Data, [.. Enumerable.Range(0, Data.Rows)])
        : Part(RowFilter.All(Rows));

    /// <summary>
    /// A few letters that stand for the rows in their order, their answers, and the recordings that they are
    /// windows of: the same however the file is packed, named or written. One pass.
    /// </summary>
    public string Fingerprint()
    {
        using RowSource all = All();
        string rows = RowsFingerprint.Of(all);
        return Data?.Groups is RowGroups groups
            ? RowsFingerprint.Of(string.Join('\0', [rows, .. groups.Of.Select(group => groups.Names[group])])) : rows;
    }

    /// <summary>What a split counts: recordings where rows are windows of them, else rows.</summary>
    public long Units => Data?.Groups?.Names.Count ?? Rows;

    /// <summary>Row r is for testing where r % n == n - 1; of recordings, those of each class in the order of their names.</summary>
    /// <param name="n">2 or more.</param>
    public (RowSource Train, RowSource Test) Every(int n) => Data is not null
        ? Parts(Data, Data.Groups is null ? DataSplit.Every(Data.Rows, n) : DataSplit.EveryRecording(Data, n))
        : (Part(RowFilter.Every(Rows, n, others: true)), Part(RowFilter.Every(Rows, n, others: false)));

    /// <summary>The last rows are for testing, or the last recordings.</summary>
    /// <param name="count">Rows, or recordings, to test on.</param>
    public (RowSource Train, RowSource Test) Last(long count) => Data is not null
        ? Parts(Data, Data.Groups is null ? DataSplit.Last(Data.Rows, (int)count) : DataSplit.LastRecordings(Data, (int)count))
        : (Part(RowFilter.Range(0, Rows - count)), Part(RowFilter.Range(Rows - count, Rows)));

    /// <summary>
    /// A seeded share of the rows is for testing: in memory the same share of every class to a row,
    /// streamed each row by itself, which comes to the same within the luck of many draws.
    /// </summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="seed">Draws the rows.</param>
    public (RowSource Train, RowSource Test) Share(double share, int seed) => Data is not null
        ? Parts(Data, DataSplit.Stratified(Data, [.. Enumerable.Range(0, Data.Rows)], share, seed))
        : (Part(RowFilter.Share(Rows, share, seed, others: true)), Part(RowFilter.Share(Rows, share, seed, others: false)));

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private static (RowSource Train, RowSource Test) Parts(Dataset data, DataSplit split) =>
        (new MemoryRows(data, split.Train), new MemoryRows(data, split.Test));

    private StreamedRows Part(RowFilter filter) => new(file!, key!, filter, storage.BufferBytes);
}
