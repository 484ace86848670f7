using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tiny.Training.Files;

namespace Tiny.Studio.Folders;

/// <summary>
/// All actions on a folder since the beginning, a line of JSON each, appended and on the disk before the action's files are changed. A line
/// that was cut off never happened. What can be undone follows from the lines alone.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly FileStream file;
    private readonly List<JournalEntry> done = [];
    private readonly Stack<JournalEntry> undone = [];
    private readonly Dictionary<string, string?> keys = [];

    /// <summary>Opens a journal, or begins one.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    internal Journal(string path)
    {
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            WholeLines.CutOff(file);
            file.Position = 0;
            using StreamReader reader = new(file, Encoding.UTF8, leaveOpen: true);
            while (reader.ReadLine() is string line)
            {
                Count(Parse(line));
            }

            file.Position = file.Length;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The last line; null of a new journal.</summary>
    internal JournalEntry? Last { get; private set; }

    /// <summary>The number of the last line; 0 of a new journal.</summary>
    internal int Version => Last?.Version ?? 0;

    /// <summary>The action that would be undone; null at the beginning.</summary>
    internal JournalEntry? ToUndo => done.Count > 0 ? done[^1] : null;

    /// <summary>The action that would be done again; null for none.</summary>
    internal JournalEntry? ToRedo => undone.TryPeek(out JournalEntry? entry) ? entry : null;

    /// <summary>Whether a file is spoken of, and what it then holds by the last line that does.</summary>
    internal bool Knows(string path, out string? key) => keys.TryGetValue(path, out key);

    /// <summary>Appends a line; on return it is on the disk.</summary>
    internal JournalEntry Append(JournalKind kind, string what, IReadOnlyList<FileChange> files)
    {
        JournalEntry entry = new(Version + 1, kind, what, files);
        long end = file.Length;
        try
        {
            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry, Format) + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(end);
            throw;
        }

        Count(entry);
        return entry;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static JournalEntry Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalEntry>(line, Format) ?? throw new IOException("the journal has an empty line");
        }
        catch (JsonException error)
        {
            throw new IOException($"the journal has a line that is none ({error.Message})", error);
        }
    }

    private void Count(JournalEntry entry)
    {
        Last = entry;
        foreach (FileChange change in entry.Files)
        {
            keys[change.Path] = change.After;
        }

        switch (entry.Kind)
        {
            case JournalKind.Undo:
                undone.Push(done[^1]);
                done.RemoveAt(done.Count - 1);
                break;
            case JournalKind.Redo:
                done.Add(undone.Pop());
                break;
            default:
                done.Add(entry);
                undone.Clear();
                break;
        }
    }
}
