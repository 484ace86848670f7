using Tiny.Training.Export.Deploy;

namespace Tiny.Training.Data.Recordings;

/// <summary>
/// The files that recordings are read from, one after the other: one that was opened, or those
/// of a folder and of the folders in it, in the order of their names.
/// </summary>
/// <seealso cref="RecordingSource"/>
public sealed class RecordingFiles : IDisposable
{
    private const string Packed = ".gz";
    private const int MostNamed = 3;
    private const string SweepManifest = "manifest.jsonl"; // of tiny sweep, in a folder with tables of its results
    private const int Deepest = 8; // folders in folders; links may lead round in circles

    private static readonly string[] ProjectEndings = [".csproj", ".nfproj"];

    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".dat", ".log"];

    private readonly IReadOnlyList<string> names; // below the folder, with slashes
    private readonly CsvOptions options;
    private readonly LabelPattern? pattern;
    private readonly CsvSource? opened;
    private readonly HashSet<string> namedAlike; // but for their endings
    private int next;

    private RecordingFiles(string path, IReadOnlyList<string> names, CsvOptions options, LabelPattern? pattern, CsvSource? opened = null,
        HashSet<string>? alike = null)
    {
        Path = path;
        this.names = names;
        this.options = options;
        this.pattern = pattern;
        this.opened = opened;
        namedAlike = alike ?? [.. names.GroupBy(WithoutEnding).Where(alike => alike.Count() > 1).Select(alike => alike.Key)];
    }

    /// <summary>The file or the folder.</summary>
    public string Path { get; }

    /// <summary>How many files there are.</summary>
    public int Count => names.Count;

    /// <summary>Whether they are those of a folder.</summary>
    public bool AreOfFolder => opened is null;

    /// <summary>What should be said of files that were left out; null if none was.</summary>
    public string? Remark { get; private init; }

    /// <summary>The labels beside the recordings of a folder; null where there are none.</summary>
    public IReadOnlyList<LabeledStretch>? Stretches { get; private init; }

    /// <summary>The name of the file given last, without its ending: what its recordings are called by.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The label in the name of the file given last; null where names hold none.</summary>
    public string? Label { get; private set; }

    /// <summary>A file or a folder.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="options">How files are read, and whether their names hold the label.</param>
    /// <exception cref="DataException">It cannot be read, or no file's name is as it should be.</exception>
    public static RecordingFiles Open(string path, CsvOptions options) =>
        Directory.Exists(path) ? OpenFolder(path, options) : Of(new CsvSource(path, options), options);

    /// <summary>One file of a folder, its recordings called as they are among the folder's.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's path below it, with slashes.</param>
    /// <param name="options">How files are read.</param>
    /// <exception cref="DataException">It is not among the files that are read.</exception>
    public static RecordingFiles OneOf(string folder, string name, CsvOptions options)
    {
        RecordingFiles all = OpenFolder(folder, options);
        return all.names.Contains(name)
            ? new RecordingFiles(folder, [name], options, all.pattern, alike: all.namedAlike)
            : throw new DataException($"{System.IO.Path.Combine(folder, name)}: is not among the recordings of {folder}.");
    }

    /// <summary>One file, which was opened; it goes with these.</summary>
    /// <param name="source">The file.</param>
    /// <param name="options">Whether its name holds the label.</param>
    /// <exception cref="DataException">Its name is not as it should be.</exception>
    public static RecordingFiles Of(CsvSource source, CsvOptions options)
    {
        string path = source.Header.Path;
        LabelPattern? pattern = PatternOf(options);
        return pattern is null || pattern.Find(path) is not null
            ? new RecordingFiles(path, [path], options, pattern, source)
            : throw new SelectionException($"{path}: its name is not as --label-from {pattern.Text} says, so there is no label.");
    }

    /// <summary>Opens the next file, the caller's to dispose of; null after the last.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public CsvSource? Next()
    {
        if (next == Count)
        {
            return null;
        }

        string name = names[next++];
        string plain = WithoutEnding(name);
        Name = opened is not null ? System.IO.Path.GetFileName(plain) : namedAlike.Contains(plain) ? name : plain;
        Label = pattern?.Find(name);
        if (opened is not null)
        {
            return opened;
        }

        DataFile file = DataFile.Open(System.IO.Path.Combine(Path, name));
        return file.IsIdx ? throw new DataException($"{file.Path}: is an IDX file. Expected a CSV file of recordings.")
            : new CsvSource(file, options);
    }

    /// <inheritdoc/>
    public void Dispose() => opened?.Dispose();

    private static LabelPattern? PatternOf(CsvOptions options) => options.LabelFrom is string text ? new LabelPattern(text) : null;

    /// <summary>The files of a folder that are read where no pattern says which.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IEnumerable<string> In(string folder) => All(folder).Where(HasUsualEnding);

    /// <summary>The same by their paths below the folder, with slashes and in their order, without its labels and notes.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IReadOnlyList<string> NamesIn(string folder) =>
    [
        .. In(folder).Select(file => System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(name => !StretchFile.IsBeside(folder, name)).Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// All files but those of programs, such as an exported sample, whose folders fill with text of
    /// other kinds when they are built, those of sweeps over the recordings, and what tells how a model is deployed.
    /// </summary>
    private static IEnumerable<string> All(string folder)
    {
        string[] all = [.. Directory.EnumerateFiles(folder, "*", Everywhere)];
        string[] others =
        [
            .. all.Where(IsOfAnotherKind).Select(file => System.IO.Path.GetDirectoryName(file) + System.IO.Path.DirectorySeparatorChar)
                .Where(other => other.TrimEnd(System.IO.Path.DirectorySeparatorChar)
                != folder.TrimEnd(System.IO.Path.DirectorySeparatorChar)).Distinct(),
        ];
        return all.Where(file => !file.EndsWith(Deployment.TextEnding, StringComparison.Ordinal)
            && !others.Any(other => file.StartsWith(other, StringComparison.Ordinal)));
    }

    /// <summary>Whether a file tells that its folder holds no recordings.</summary>
    private static bool IsOfAnotherKind(string file) =>
        ProjectEndings.Contains(System.IO.Path.GetExtension(file)) || System.IO.Path.GetFileName(file) == SweepManifest;

    private static EnumerationOptions Everywhere => new() { RecurseSubdirectories = true, MaxRecursionDepth = Deepest };

    private static RecordingFiles OpenFolder(string path, CsvOptions options)
    {
        LabelPattern? pattern = PatternOf(options);
        string[] all =
        [
            .. All(path).Select(file => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'))
                .Where(name => !StretchFile.IsBeside(path, name)).Order(StringComparer.Ordinal),
        ];
        string[] taken = [.. all.Where(name => pattern is null ? HasUsualEnding(name) : pattern.Find(name) is not null)];
        string[] left = [.. all.Except(taken)];
        string some = string.Join(", ", left.Take(MostNamed)) + (left.Length > MostNamed ? ", ..." : "");
        string why = pattern is null ? $"do not end in {string.Join(", ", Endings)}" : $"are not named as --label-from {pattern.Text} says";
        string? remark = left.Length > 0 ? $"{path}: {left.Length} of {all.Length} files {why} and were left out: {some}." : null;
        return taken.Length > 0
            ? new RecordingFiles(path, taken, options, pattern) { Remark = remark, Stretches = StretchFile.Find(path) }
            : throw new DataException(all.Length == 0
            ? $"{path}: the folder is empty. Expected files of recordings." : $"{path}: the files in this folder {why}: {some}.");
    }

    private static bool HasUsualEnding(string name) => Endings.Contains(System.IO.Path.GetExtension(Unpacked(name)).ToLowerInvariant());

    private static string Unpacked(string name) => name.EndsWith(Packed, StringComparison.OrdinalIgnoreCase)
        ? name[..^Packed.Length] : name;

    private static string WithoutEnding(string name) => HasUsualEnding(name) ? System.IO.Path.ChangeExtension(Unpacked(name), null) : name;
}
