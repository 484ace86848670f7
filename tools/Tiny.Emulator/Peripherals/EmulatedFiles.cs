namespace Tiny.Emulator.Peripherals;

/// <summary>A board's file system: files by their path, kept from one machine to the next as flash is.</summary>
public sealed class EmulatedFiles
{
    private readonly Dictionary<string, MemoryStream> files = [];

    /// <summary>The paths of all files.</summary>
    public IEnumerable<string> Paths => files.Keys;

    /// <summary>Whether there is a file.</summary>
    public bool Exists(string path) => files.ContainsKey(path);

    /// <summary>What a file holds.</summary>
    public byte[] ReadAll(string path) => files[path].ToArray();

    /// <summary>Lays a file down.</summary>
    public void WriteAll(string path, ReadOnlySpan<byte> bytes) => Create(path).Write(bytes);

    internal MemoryStream Create(string path) => files[path] = new MemoryStream();

    internal MemoryStream? Find(string path) => files.GetValueOrDefault(path);
}
