using Tiny.Emulator.Flash;

namespace Tiny.Emulator.Peripherals;

/// <summary>
/// A board's file system: files by their path, kept from one machine to the next as flash is. A path is a drive and names, such as
/// I:\logs\monday.txt; the file system of a board has no way up, so there are no names . and ... The power may go at any byte: a file that
/// was being written then holds what it held when it was closed last, what it holds now, or that with its end missing or wrong.
/// </summary>
public sealed class EmulatedFiles
{
    private const string NotInNames = "/:*?\"<>|";

    private readonly Dictionary<string, MemoryStream> files = [];
    private readonly List<string> refused = [];
    private readonly Dictionary<string, byte[]?> closed =
        []; // of the files that are written: what they held when they were closed last, null for none
    private readonly Random random = new(1);
    private long operationsLeft = long.MaxValue;

    /// <summary>The paths of all files.</summary>
    public IEnumerable<string> Paths => files.Keys;

    /// <summary>Files made and bytes written by programs so far: the moments at which the power may go.</summary>
    public long Operations { get; private set; }

    /// <summary>Whether a path is one: a capital letter, a colon, and at least one name, each behind a backslash.</summary>
    public static bool IsPath(string path) => path.Length > 3 && path[0] is >= 'A' and <= 'Z' && path[1] == ':' && path[2] == '\\'
        && path[3..].Split('\\').All(IsName);

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

        files[path] = new MemoryStream();
        files[path].Write(bytes);
    }

    /// <summary>
    /// Cuts the power after so many more operations: the run ends with <see cref="PowerCutException"/>. With the next machine it is back.
    /// </summary>
    public void CutAfter(long operations) => operationsLeft = operations;

    /// <summary>Keeps the program from a path and all below it: what stands there on the desk is not the board's.</summary>
    public void Refuse(string path) => refused.Add(path);

    /// <summary>Why the program may not open a path; null if it may.</summary>
    internal string? FaultOf(string path) =>
        !IsPath(path) ? "is no path such as I:\\name"
        : refused.Any(outside => path == outside || path.StartsWith(outside + "\\", StringComparison.Ordinal))
        ? "is a link or no ordinary file on the desk, and a board has neither"
        : null;

    internal MemoryStream Create(string path)
    {
        Remember(path);
        files[path] = new MemoryStream();
        Spend();
        return files[path];
    }

    internal void Write(MemoryStream file, ReadOnlySpan<byte> bytes)
    {
        Remember(files.First(entry => entry.Value == file).Key);
        foreach (byte value in bytes)
        {
            file.WriteByte(value);
            Spend();
        }
    }

    internal void Close(MemoryStream file)
    {
        foreach (string path in closed.Keys.Where(path => files[path] == file).ToArray())
        {
            closed.Remove(path);
        }
    }

    internal MemoryStream? Find(string path) => files.GetValueOrDefault(path);

    private void Remember(string path) => closed.TryAdd(path, files.TryGetValue(path, out MemoryStream? file) ? file.ToArray() : null);

    private void Spend()
    {
        Operations++;
        if (operationsLeft-- <= 0)
        {
            operationsLeft = long.MaxValue;
            foreach ((string path, byte[]? before) in closed)
            {
                Tear(path, before);
            }

            closed.Clear();
            throw new PowerCutException();
        }
    }

    /// <summary>Leaves of a file that was being written what a file system might.</summary>
    private void Tear(string path, byte[]? before)
    {
        byte[] now = files[path].ToArray();
        int whole = random.Next(now.Length + 1);
        byte[]? left = random.Next(4) switch
        {
            0 => before,
            1 => now,
            2 => now[..whole],
            _ => [.. now[..whole], .. now[whole..].Select(value => (byte)(value & random.Next(256)))],
        };
        files.Remove(path);
        if (left is not null)
        {
            files[path] = new MemoryStream();
            files[path].Write(left);
        }
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name[^1] is not ('.' or ' ')
        && !name.Any(c => char.IsControl(c) || NotInNames.Contains(c, StringComparison.Ordinal));
}
