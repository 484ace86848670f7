using Tiny.Emulator.Peripherals;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Cli.Output;

/// <summary>
/// A board's files as a folder on the desk: I:\logs\monday.txt is I/logs/monday.txt in it.
/// Neither a path nor a link leads the program out of the folder.
/// </summary>
internal static class BoardFolder
{
    private const int MostBytes = 64 << 20;

    /// <summary>The board's files that are there: what the program may overwrite.</summary>
    internal static IEnumerable<string> FilesIn(string folder) =>
        Walk(folder).Where(entry => entry.IsFile).Select(entry => entry.Found.FullName);

    /// <exception cref="DataException">The folder cannot be read, or holds more than a board.</exception>
    internal static EmulatedFiles Load(string folder)
    {
        if (FileStatus.Of(folder).Kind is not (FileKind.Folder or FileKind.Missing))
        {
            throw new DataException($"{folder}: is no folder. Name the one that holds the board's files.");
        }

        EmulatedFiles files = new();
        long bytes = 0;
        try
        {
            foreach (Entry entry in Walk(folder))
            {
                if (!entry.IsFile)
                {
                    files.Refuse(entry.Path);
                }
                else if (EmulatedFiles.IsPath(entry.Path))
                {
                    bytes += new FileInfo(entry.Found.FullName).Length;
                    if (bytes > MostBytes)
                    {
                        throw new DataException($"{folder}: its drives hold more "
                            + $"than {Format.Bytes(MostBytes)}, and no board does. Name the folder of the board's files alone.");
                    }

                    files.WriteAll(entry.Path, InputFile.ReadAll(entry.Found.FullName, MostBytes));
                }
            }
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DataException($"{folder}: cannot be read: {FileFault.Reason(error)}.", error);
        }

        return files;
    }

    /// <summary>Writes what the program wrote; files that it left alone are left alone.</summary>
    /// <exception cref="ModelException">A file cannot be written.</exception>
    internal static void Save(string folder, EmulatedFiles files)
    {
        foreach (string path in files.Paths)
        {
            string file = Path.Combine(folder, path[..1], path[3..].Replace('\\', Path.DirectorySeparatorChar));
            byte[] bytes = files.ReadAll(path);
            if (!Holds(file, bytes))
            {
                OutputFile.MakeFolder(Path.GetDirectoryName(file)!);
                OutputFile.Write(file, bytes);
            }
        }
    }

    private static bool Holds(string file, byte[] bytes)
    {
        try
        {
            return File.Exists(file) && InputFile.ReadAll(file, MostBytes).AsSpan().SequenceEqual(bytes);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return false;
        }
    }

    /// <summary>All that lies on the drives of a folder, which are its subfolders of one letter. Links are not followed.</summary>
    private static IEnumerable<Entry> Walk(string folder)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        Stack<Entry> left = new(new DirectoryInfo(folder).EnumerateDirectories().Where(drive => drive.Name.Length == 1)
            .Select(drive => new Entry(drive, $"{drive.Name}:")));
        while (left.TryPop(out Entry? entry))
        {
            if (entry.Found is not DirectoryInfo below || entry.Found.LinkTarget is not null)
            {
                yield return entry;
                continue;
            }

            foreach (FileSystemInfo found in below.EnumerateFileSystemInfos())
            {
                left.Push(new Entry(found, $"{entry.Path}\\{found.Name}"));
            }
        }
    }

    /// <summary>Something on a drive.</summary>
    /// <param name="Found">It, on the desk.</param>
    /// <param name="Path">Its path on the board.</param>
    private sealed record Entry(FileSystemInfo Found, string Path)
    {
        /// <summary>Whether it is a file of the board's: links lead who knows where, pipes and devices have no end.</summary>
        internal bool IsFile => Found.LinkTarget is null && FileStatus.Of(Found.FullName).Kind == FileKind.Ordinary;
    }
}
