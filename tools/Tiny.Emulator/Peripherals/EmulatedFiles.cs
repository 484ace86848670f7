namespace Tiny.Emulator.Peripherals;

/// <summary>
/// A board's file system: files by their path, kept from one machine to the next as flash is. A path is a drive and names, such as I:\logs\monday.txt; the file
/// system of a board has no way up, so there are no names . and ...
/// </summary>
public sealed class EmulatedFiles
{
    private const string NotInNames = "/:*?\"<>|";

    private readonly Dictionary<string, MemoryStream> files = [];
    private readonly List<string> refused = [];

    /// <summary>The paths of all files.</summary>
    public IEnumerable<string> Paths => files.Keys;

    /// <summary>Whether a path is one: a capital letter, a colon, and at least one name, each behind a backslash.</summary>
    public static bool IsPath(string path) => path.Length > 3 && path[0] is >= 'A' and <= 'Z' && path[1] == ':' && path[2] == '\\' && path[3..].Split('\\').All(IsName);

    /// <summary>Whether there is a file.</summary>
    public bool Exists(string path) => files.ContainsKey(path);

    /// <summary>What a file holds.</summary>
    public byte[] ReadAll(string path) => files[path].ToArray();

    /// <summary>Lays a file down.</summary>
    /// <exception cref="ArgumentException">The path is none.</exception>
    public void WriteAll(string path, ReadOnlySpan<byte> bytes)
    {
        if (!IsPath(path))
        {
            throw new ArgumentException($"{path} is no path of a board.", nameof(path));
        }

        Create(path).Write(bytes);
    }

    /// <summary>Keeps the program from a path and all below it: what stands there on the desk is not the board's.</summary>
    public void Refuse(string path) => refused.Add(path);

    /// <summary>Why the program may not open a path; null if it may.</summary>
    internal string? FaultOf(string path) =>
        !IsPath(path) ? "is no path such as I:\\name"
        : refused.Any(outside => path == outside || path.StartsWith(outside + "\\", StringComparison.Ordinal)) ? "is a link or no ordinary file on the desk, and a board has neither"
        : null;

    internal MemoryStream Create(string path) => files[path] = new MemoryStream();

    internal MemoryStream? Find(string path) => files.GetValueOrDefault(path);

    private static bool IsName(string name) =>
        name.Length > 0 && name[^1] is not ('.' or ' ') && !name.Any(c => char.IsControl(c) || NotInNames.Contains(c, StringComparison.Ordinal));
}
