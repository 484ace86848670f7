namespace Tiny.Training.Data.Rows;

/// <summary>Where rows are kept while they are worked with.</summary>
/// <param name="MemoryBytes">The most bytes that inputs may take in memory as float32; what takes more is streamed from a file.</param>
/// <param name="Folder">The folder of that file.</param>
public sealed record StorageOptions(long MemoryBytes, string Folder)
{
    /// <summary>Keeps everything in memory.</summary>
    public static StorageOptions AllInMemory { get; } = new(long.MaxValue, Path.GetTempPath());

    /// <summary>The most that training takes into memory unless told otherwise: 256 MB, the same on every machine, as the order of rows depends on it.</summary>
    public static StorageOptions Usual { get; } = new(256L << 20, Path.GetTempPath());
}
