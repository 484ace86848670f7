using Tiny.Studio.Folders;
using Tiny.Studio.Signals;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Labels;

/// <summary>
/// Cuts, renames and removes recordings: whole lines of their files, which are otherwise left as they are. Labels and notes go along. All
/// of it can be undone.
/// </summary>
internal sealed class RecordingEdits(Workspace workspace, Catalog catalog, Labeling labeling, Notes notes)
{
    // The columns of a file of tiny capture: the first field of each line names the recording.
    private const string CaptureColumns = "file,label,i,ms,";

    /// <summary>Keeps samples from one to before another.</summary>
    internal void Trim(string name, int from, int to)
    {
        RecordingEntry entry = catalog.Find(name);
        CheckRange(entry, from, to, to);
        workspace.Do($"trim {entry.Title}", () =>
        {
            TextLines file = Read(entry);
            TextLines kept = file.Without(entry.FirstLine + to, entry.LastLine + 1).Without(entry.FirstLine, entry.FirstLine + from);
            return Changes((entry.File, kept), stretches =>
                stretches.Select(stretch => stretch.Recording != name ? stretch
                    : stretch with { From = Math.Clamp(stretch.From, from, to) - from, To = Math.Clamp(stretch.To, from, to) - from }));
        });
    }

    /// <summary>Makes two recordings of one; what is behind the cut goes into a file of its own.</summary>
    internal void Split(string name, int at)
    {
        RecordingEntry entry = catalog.Find(name);
        CheckRange(entry, 0, at, entry.Rows - 1);
        workspace.Do($"split {entry.Title}", () =>
        {
            TextLines file = Read(entry);
            (string other, string file2) = FreeFile(entry);
            string second = RenamedWithin(entry, other);
            int cut = entry.FirstLine + at;
            TextLines rest = file.Head(FirstDataLine(entry)).Append(file.Part(cut, entry.LastLine + 1));
            IReadOnlyDictionary<string, byte[]?> changes = Changes((entry.File, file.Without(cut, entry.LastLine + 1)), stretches =>
                stretches.SelectMany(stretch => stretch.Recording != name ? [stretch] : Cut(stretch, at, second)));
            TextLines made = IsCapture(file) ? rest.WithFirstField(FirstDataLine(entry), rest.Count + 1, Own(second)) : rest;
            return new Dictionary<string, byte[]?>(changes) { [file2] = made.ToBytes() };
        });
    }

    /// <summary>Calls a recording otherwise: its file, if it is alone there, and in the lines of tiny capture the recording too.</summary>
    internal void Rename(string name, string to)
    {
        string wanted = FolderNames.Check(to);
        RecordingEntry entry = catalog.Find(name);
        bool isAlone = catalog.Entries().Count(other => other.File == entry.File) == 1;
        workspace.Do($"rename {entry.Title}", () =>
        {
            TextLines file = Read(entry);
            bool isCapture = IsCapture(file);
            if (!isAlone && !isCapture)
            {
                throw new DataException($"{entry.File} holds several recordings, and its lines are not those of tiny capture: rename "
                    + "it there.");
            }

            string path = isAlone ? Path.Combine(Path.GetDirectoryName(entry.File) ?? "", wanted + Ending(entry.File)).Replace('\\', '/')
                : entry.File;
            if (path != entry.File && File.Exists(workspace.At(path)))
            {
                throw new DataException($"There is a file {path} already. Choose another name.");
            }

            string renamed = isAlone ? RenamedWithin(entry, wanted, isCapture) : $"{WithoutEnding(entry.File)}/{wanted}";
            if (renamed != name && catalog.Entries().Any(other => other.Name == renamed))
            {
                throw new DataException($"There is a recording \"{renamed}\" already. Choose another name.");
            }

            TextLines changed = isCapture ? file.WithFirstField(entry.FirstLine, entry.LastLine + 1, wanted) : file;
            Dictionary<string, byte[]?> changes =
                new(Changes((path, changed), stretches => stretches
                    .Select(stretch => stretch.Recording != name ? stretch : stretch with { Recording = renamed })));
            if (path != entry.File)
            {
                changes[entry.File] = null;
            }

            Dictionary<string, Note> all = notes.All();
            if (all.Remove(name, out Note? note))
            {
                all[renamed] = note;
                changes[StretchFile.NotesName] = Notes.ToBytes(all);
            }

            return changes;
        });
    }

    /// <summary>Takes a recording out of the folder.</summary>
    internal void Remove(string name)
    {
        RecordingEntry entry = catalog.Find(name);
        bool isAlone = catalog.Entries().Count(other => other.File == entry.File) == 1;
        workspace.Do($"remove {entry.Title}", () =>
        {
            TextLines? left = isAlone ? null : Read(entry).Without(entry.FirstLine, entry.LastLine + 1);
            return Changes((entry.File, left), stretches => stretches.Where(stretch => stretch.Recording != name));
        });
    }

    private static IEnumerable<LabeledStretch> Cut(LabeledStretch stretch, int at, string second)
    {
        if (stretch.From < at)
        {
            yield return stretch with { To = Math.Min(stretch.To, at) };
        }

        if (stretch.To > at)
        {
            yield return new LabeledStretch(second, Math.Max(stretch.From, at) - at, stretch.To - at, stretch.Label);
        }
    }

    private static void CheckRange(RecordingEntry entry, int from, int to, int most)
    {
        if (from < 0 || to <= from || to > entry.Rows || to > most)
        {
            throw new DataException($"Samples {from} to {to} are no stretch of {entry.Title}, which has {entry.Rows} samples.");
        }
    }

    private static bool IsCapture(TextLines file) => file.StartsWith(CaptureColumns);

    private static string Ending(string file) =>
        file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Path.GetExtension(file[..^3]) + ".gz" : Path.GetExtension(file);

    private static string WithoutEnding(string file) => file[..^Ending(file).Length];

    private static string Own(string name) => name[(name.LastIndexOf('/') + 1)..];

    /// <summary>The name of a recording that is alone in a file of another name.</summary>
    private static string RenamedWithin(RecordingEntry entry, string fileName, bool isCapture = true)
    {
        string folder = Path.GetDirectoryName(entry.File)?.Replace('\\', '/') ?? "";
        string plain = folder.Length == 0 ? fileName : $"{folder}/{fileName}";
        string within = WithoutEnding(entry.File);
        bool isByColumn = entry.Name.Length > within.Length + 1 && entry.Name.StartsWith(within + "/", StringComparison.Ordinal);
        return !isByColumn ? plain : $"{plain}/{(isCapture ? fileName : Own(entry.Name))}";
    }

    private int FirstDataLine(RecordingEntry entry) =>
        catalog.Entries().Where(other => other.File == entry.File).Min(other => other.FirstLine);

    private (string Name, string File) FreeFile(RecordingEntry entry)
    {
        string title = Own(entry.Title);
        for (int number = 2; ; number++)
        {
            string name = $"{FolderNames.Of(title)}-{number}";
            string file = Path.Combine(Path.GetDirectoryName(entry.File) ?? "", name + Ending(entry.File)).Replace('\\', '/');
            if (!File.Exists(workspace.At(file)))
            {
                return (name, file);
            }
        }
    }

    private TextLines Read(RecordingEntry entry)
    {
        if (entry.LastLine - entry.FirstLine + 1 != entry.Rows)
        {
            throw new DataException($"{entry.File}: blank lines, comments or fields of several lines stand between the samples of "
                + $"{entry.Title}, so it cannot be cut by lines. Cut it in an editor.");
        }

        return new TextLines(entry.File, workspace.Read(entry.File) ?? throw new DataException($"{entry.File} is gone."));
    }

    private Dictionary<string, byte[]?> Changes(
        (string Path, TextLines? Lines) file, Func<IReadOnlyList<LabeledStretch>, IEnumerable<LabeledStretch>> relabel)
    {
        IReadOnlyList<LabeledStretch> before = labeling.All();
        LabeledStretch[] after = [.. relabel(before).Where(stretch => stretch.To > stretch.From)];
        Dictionary<string, byte[]?> changes = new() { [file.Path] = file.Lines?.ToBytes() };
        if (!before.SequenceEqual(after))
        {
            changes[StretchFile.Name] = Labeling.ToBytes(after);
        }

        return changes;
    }
}
