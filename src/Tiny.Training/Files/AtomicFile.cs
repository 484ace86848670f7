using System.Collections.Concurrent;

namespace Tiny.Training.Files;

/// <summary>
/// Writes a file whole or not at all: beside the target first, on to the disk, then renamed over it. A link stays and the file
/// that it leads to is replaced, with the permissions it had; into a pipe or a device is written as it is.
/// </summary>
/// <example>
/// <code>
/// AtomicFile.Write("model.tiny", blob);                      // the old file, or the new one, never half of it
/// </code>
/// </example>
public static class AtomicFile
{
    private static readonly ConcurrentDictionary<string, bool> Unfinished = [];

    static AtomicFile()
    {
        // What ends the process in the middle of a file, such as Ctrl-C, leaves nothing beside it.
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (string path in Unfinished.Keys)
            {
                Remove(path);
            }
        };
    }

    /// <summary>Writes a file; until it is whole, what stood there before still does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">All bytes of the file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, byte[] bytes) => Write(path, stream => stream.Write(bytes));

    /// <summary>The same for what is made as it is written.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (FileStatus.Of(path).Kind is FileKind.Pipe or FileKind.CharacterDevice)
        {
            using FileStream into = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(into);
            return;
        }

        string target = FilePath.Target(path);
        string beside = NameBeside(target);
        try
        {
            using (FileStream stream = Create(beside, target))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            Remove(beside);
        }
    }

    /// <summary>Finds out whether a file could be written, and leaves everything as it is.</summary>
    /// <exception cref="IOException">It could not.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Probe(string path)
    {
        FileKind kind = FileStatus.Of(path).Kind;
        if (kind is FileKind.Folder or FileKind.Other)
        {
            throw new IOException(kind == FileKind.Folder ? "it is a folder" : "it is no ordinary file");
        }

        if (kind is FileKind.Pipe or FileKind.CharacterDevice)
        {
            return;
        }

        string target = FilePath.Target(path);
        if (kind == FileKind.Ordinary)
        {
            if (File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
            {
                throw new IOException("it is read-only");
            }

            using FileStream existing = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }

        string beside = NameBeside(target);
        try
        {
            Create(beside, target).Dispose();
        }
        finally
        {
            Remove(beside);
        }
    }

    /// <summary>A name in the target's folder that nothing else has, of this run or another.</summary>
    private static string NameBeside(string target) =>
        Path.Combine(Path.GetDirectoryName(target) ?? target, $"tiny-{Environment.ProcessId}-{Guid.NewGuid():N}.part");

    /// <summary>A new file with the permissions of the one that it will replace.</summary>
    private static FileStream Create(string beside, string target)
    {
        Unfinished[beside] = true;
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows() || !File.Exists(target))
        {
            return new FileStream(beside, options);
        }

        // Made with no more than the other's permissions, of which the user's mask takes some; then with all of them.
        UnixFileMode mode = File.GetUnixFileMode(target);
        options.UnixCreateMode = mode;
        FileStream file = new(beside, options);
        File.SetUnixFileMode(file.SafeFileHandle, mode);
        return file;
    }

    /// <summary>Removes a file if it is there; what it cannot remove is not worth another fault.</summary>
    private static void Remove(string beside)
    {
        try
        {
            File.Delete(beside);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
        }

        Unfinished.TryRemove(beside, out _);
    }
}
