namespace Tiny.Training.Data.Rows;

/// <summary>Where rows are kept while they are worked with.</summary>
/// <param name="MemoryBytes">The most bytes that inputs may take in memory as float32; what takes more is streamed from a file.</param>
/// <param name="Folder">The folder of that file.</param>
/// <example>
/// <code>
/// StorageOptions storage = new(64L &lt;&lt; 20, Path.GetTempPath()); // a larger file is streamed
/// using DatasetFile read = DatasetFile.ReadCsv("gestures.csv", new CsvOptions(), storage);
/// </code>
/// </example>
public sealed record StorageOptions(long MemoryBytes, string Folder)
{
    /// <summary>Bytes of the file's blocks, the smallest piece that is read; tests make it small.</summary>
    internal int BlockBytes { get; init; } = 1 << 18;

    /// <summary>Bytes of a shuffle buffer, of which there are two; tests make it small.</summary>
    internal int BufferBytes { get; init; } = 24 << 20;

    /// <summary>
    /// The most bytes of rows held before they go to a file, as long as nobody knows how many there will be; tests make it small.
    /// </summary>
    internal int HeldBytes { get; init; } = 48 << 20;

    /// <summary>Keeps everything in memory.</summary>
    public static StorageOptions AllInMemory { get; } = new(long.MaxValue, Path.GetTempPath());

    /// <summary>
    /// The most that training takes into memory unless told otherwise: 256 MB, the same on every
    /// machine, as the order of rows depends on it.
    /// </summary>
    public static StorageOptions Usual { get; } = new(256L << 20, Path.GetTempPath());
}
