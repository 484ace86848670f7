using System.Text.Json;
using System.Text.Json.Nodes;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Files;

namespace Tiny.Studio.Folders;

/// <summary>
/// The folder that the studio works on. Every action is a set of files before and after: first the contents are kept, then the action's
/// line is written into the journal, then the files are replaced, each whole. Whatever ends the process between two of these, the next
/// start finishes the action or finds that it never began.
/// </summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>The folder of the studio's own files, which nothing else reads.</summary>
    internal const string OwnFolder = ".studio";

    private const string Foreign = "change made outside of the studio";

    private static readonly string[] Watched = [StretchFile.Name, StretchFile.NotesName];

    private readonly Lock sync = new();
    private readonly FileLock only;
    private readonly Journal journal;
    private readonly ObjectStore store;
    private readonly Dictionary<string, string?> known = []; // keys of the watched files, as last seen

    /// <summary>Opens a folder, and finishes what was not.</summary>
    /// <exception cref="DataException">It is no folder, cannot be written, or another studio has it.</exception>
    internal Workspace(string folder)
    {
        Folder = Path.GetFullPath(folder);
        if (FileStatus.Of(Folder).Kind is not (FileKind.Folder or FileKind.Missing))
        {
            throw new DataException($"{folder}: is no folder. Name the one that holds the recordings, or a new one.");
        }

        if (Path.GetDirectoryName(Folder) is string above && !Directory.Exists(above))
        {
            throw new DataException($"{folder}: there is no folder {above} to make it in.");
        }

        string own = Path.Combine(Folder, OwnFolder);
        try
        {
            Directory.CreateDirectory(own);
            only = FileLock.TryTake(Path.Combine(own, "lock"))
                ?? throw new DataException($"{folder}: another tiny studio has this folder open. Use its window; several windows of one "
                    + "studio share the folder.");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{folder}: cannot be used: {FileFault.Reason(error)}.", error);
        }

        try
        {
            store = new ObjectStore(Path.Combine(own, "objects"));
            journal = new Journal(Path.Combine(own, "journal.jsonl"));
            Recover();
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            only.Dispose();
            throw new DataException($"{own}: cannot be used: {FileFault.Reason(error)}.", error);
        }
    }

    /// <summary>The folder's whole path.</summary>
    internal string Folder { get; }

    /// <summary>The number of the last action.</summary>
    internal int Version => journal.Version;

    /// <summary>What would be undone, in words; null at the beginning.</summary>
    internal string? ToUndo => journal.ToUndo?.What;

    /// <summary>What would be done again, in words; null for none.</summary>
    internal string? ToRedo => journal.ToRedo?.What;

    /// <summary>Told after each action which files it changed.</summary>
    internal Action<IReadOnlyList<FileChange>>? Changed { get; set; }

    /// <summary>The path of a file of the folder.</summary>
    internal string At(string name) => Path.Combine(Folder, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>What a file holds; null where it is not there.</summary>
    internal byte[]? Read(string name) => File.Exists(At(name)) ? File.ReadAllBytes(At(name)) : null;

    /// <summary>What a file of JSON holds; null where it is not there, or damaged.</summary>
    internal JsonNode? ReadJson(string name)
    {
        try
        {
            return Read(name) is byte[] text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Does an action: nobody else changes anything meanwhile.</summary>
    /// <param name="what">What it does, in words for the undo button.</param>
    /// <param name="edit">Says which files hold what afterward, null for one that is to go.</param>
    internal void Do(string what, Func<IReadOnlyDictionary<string, byte[]?>> edit)
    {
        using Lock.Scope alone = sync.EnterScope();
        AdoptForeign();
        FileChange[] changes = [.. edit().Select(file => new FileChange(file.Key, Keep(Read(file.Key)), Keep(file.Value)))
            .Where(change => change.Before != change.After)];
        if (changes.Length > 0)
        {
            Apply(journal.Append(JournalKind.Do, what, changes));
        }
    }

    /// <summary>Undoes the last action that was not undone.</summary>
    /// <returns>False at the beginning.</returns>
    /// <exception cref="DataException">A file was changed outside of the studio since.</exception>
    internal bool Undo()
    {
        using Lock.Scope alone = sync.EnterScope();
        AdoptForeign();
        if (journal.ToUndo is not JournalEntry entry)
        {
            return false;
        }

        FileChange[] back = [.. entry.Files.Select(change => new FileChange(change.Path, change.After, change.Before))];
        CheckUnchanged(back);
        Apply(journal.Append(JournalKind.Undo, entry.What, back));
        return true;
    }

    /// <summary>Does the last action again that was undone.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="DataException">A file was changed outside of the studio since.</exception>
    internal bool Redo()
    {
        using Lock.Scope alone = sync.EnterScope();
        AdoptForeign();
        if (journal.ToRedo is not JournalEntry entry)
        {
            return false;
        }

        CheckUnchanged(entry.Files);
        Apply(journal.Append(JournalKind.Redo, entry.What, entry.Files));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using Lock.Scope alone = sync.EnterScope();
        journal.Dispose();
        only.Dispose();
    }

    private string? Keep(byte[]? content) => content is null ? null : store.Put(content);

    private string? KeyOf(string name) => Read(name) is byte[] content ? ObjectStore.KeyOf(content) : null;

    /// <summary>Finishes the last action, if its line was written but not all of its files.</summary>
    private void Recover()
    {
        foreach (FileChange change in journal.Last?.Files ?? [])
        {
            if (KeyOf(change.Path) == change.Before)
            {
                Replace(change);
            }
        }

        foreach (string name in Watched)
        {
            known[name] = journal.Knows(name, out string? key) ? key : Keep(Read(name));
        }

        AdoptForeign();
    }

    /// <summary>Labels that another program has written become an action of their own, which can be undone like any other.</summary>
    private void AdoptForeign()
    {
        FileChange[] changes = [.. Watched.Select(name => new FileChange(name, known[name], Keep(Read(name))))
            .Where(change => change.Before != change.After)];
        if (changes.Length > 0)
        {
            Apply(journal.Append(JournalKind.Do, Foreign, changes));
        }
    }

    private void CheckUnchanged(IReadOnlyList<FileChange> changes)
    {
        if (changes.FirstOrDefault(change => KeyOf(change.Path) != change.Before) is FileChange changed)
        {
            throw new DataException($"{changed.Path} was changed outside of the studio since, so this can no longer be undone or done "
                + "again. It was left as it is.");
        }
    }

    private void Apply(JournalEntry entry)
    {
        foreach (FileChange change in entry.Files)
        {
            if (KeyOf(change.Path) != change.After)
            {
                Replace(change);
            }

            if (Watched.Contains(change.Path))
            {
                known[change.Path] = change.After;
            }
        }

        Changed?.Invoke(entry.Files);
    }

    private void Replace(FileChange change)
    {
        string path = At(change.Path);
        if (change.After is null)
        {
            File.Delete(path);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, store.Get(change.After));
        }
    }
}
