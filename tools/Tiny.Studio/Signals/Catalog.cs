using Tiny.Studio.Folders;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Files;

namespace Tiny.Studio.Signals;

/// <summary>
/// The recordings of the folder. A file is read when it is new or was changed; samples are kept as long as they fit. Links are passed over:
/// they may lead out of the folder.
/// </summary>
internal sealed class Catalog
{
    private const long MostKept = 512L << 20; // bytes of samples

    private readonly Workspace workspace;
    private readonly Lock sync = new();
    private readonly Dictionary<string, Known> files = [];
    private long clock;

    internal Catalog(Workspace workspace)
    {
        this.workspace = workspace;
    }

    /// <summary>What cannot be read as recordings, each with the reason.</summary>
    internal IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>The recordings as they are now, in the order in which tiny reads them.</summary>
    internal IReadOnlyList<RecordingEntry> Entries()
    {
        using Lock.Scope alone = sync.EnterScope();
        string[] names = [.. RecordingFiles.NamesIn(workspace.Folder).Where(IsWithin)];
        foreach (string gone in files.Keys.Except(names).ToArray())
        {
            files.Remove(gone);
        }

        foreach (string name in names)
        {
            Refresh(name);
        }

        Faults = [.. names.Select(name => files[name].Fault).OfType<string>()];
        return [.. names.SelectMany(name => files[name].Entries)];
    }

    /// <summary>A recording by its name.</summary>
    /// <exception cref="DataException">There is none.</exception>
    internal RecordingEntry Find(string name) =>
        Entries().FirstOrDefault(entry => entry.Name == name)
            ?? throw new DataException($"There is no recording \"{name}\". It may have been renamed in another window.");

    /// <summary>A recording's samples.</summary>
    /// <exception cref="DataException">There is none.</exception>
    internal SignalData SignalOf(string name)
    {
        RecordingEntry entry = Find(name);
        using Lock.Scope alone = sync.EnterScope();
        Known known = files[entry.File];
        if (known.Signals is null)
        {
            known = Read(entry.File, known.Stamp);
        }

        known.Used = ++clock;
        return known.Signals![entry.Number];
    }

    private bool IsWithin(string name)
    {
        for (string path = name; path.Length > 0; path = Path.GetDirectoryName(path)?.Replace('\\', '/') ?? "")
        {
            if (new FileInfo(workspace.At(path)).LinkTarget is not null)
            {
                return false;
            }
        }

        return FileStatus.Of(workspace.At(name)).Kind == FileKind.Ordinary;
    }

    private void Refresh(string name)
    {
        FileInfo file = new(workspace.At(name));
        (long, DateTime) stamp = (file.Length, file.LastWriteTimeUtc);
        if (!files.TryGetValue(name, out Known? known) || known.Stamp != stamp)
        {
            Read(name, stamp);
        }
    }

    private Known Read(string name, (long, DateTime) stamp)
    {
        Known known;
        try
        {
            FileScan scan = FileScan.Of(workspace.Folder, name);
            known = new Known(stamp, scan.Entries, null) { Signals = scan.Signals, Used = ++clock };
        }
        catch (Exception error) when (error is TinyException || FileFault.Is(error))
        {
            known = new Known(stamp, [], error.Message);
        }

        files[name] = known;
        Forget();
        return known;
    }

    /// <summary>Lets go of the samples that were not looked at for the longest time, until the rest fit.</summary>
    private void Forget()
    {
        long kept = files.Values.Sum(known => known.Bytes);
        foreach (Known known in files.Values.Where(known => known.Signals is not null).OrderBy(known => known.Used).SkipLast(1).ToArray())
        {
            if (kept <= MostKept)
            {
                return;
            }

            kept -= known.Bytes;
            known.Signals = null;
        }
    }

    /// <summary>A file that was read.</summary>
    private sealed record Known((long Length, DateTime Changed) Stamp, IReadOnlyList<RecordingEntry> Entries, string? Fault)
    {
        internal IReadOnlyList<SignalData>? Signals { get; set; }

        internal long Used { get; set; }

        internal long Bytes => Signals?.Sum(signal => signal.Bytes) ?? 0;
    }
}
