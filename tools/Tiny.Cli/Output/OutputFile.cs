using System.Text;
using Tiny.Training.Files;

namespace Tiny.Cli.Output;

/// <summary>
/// Writes a file whole or not at all, and says in words what is in the way. Whether it may be
/// written is checked before the work: <see cref="RunFiles"/>.
/// </summary>
internal static class OutputFile
{
    private const int MostToMark = 1000;

    /// <summary>Finds out before the work begins whether the file could be written after it.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelException">It could not.</exception>
    internal static void CheckWritable(string option, string path)
    {
        if (Directory.Exists(path))
        {
            throw new ModelException($"{path}: is a folder. Name a file for {option}.");
        }

        Guarded(path, () => AtomicFile.Probe(path));
    }

    /// <summary>Refuses to replace a file that nobody named and tiny did not write.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mark">What stands at the beginning of each file that tiny writes there.</param>
    /// <param name="advice">What to do otherwise.</param>
    /// <exception cref="ModelException">It holds something else.</exception>
    internal static void CheckOurs(string path, string mark, string advice)
    {
        byte[] start = [];
        Guarded(path, () => start = FileStatus.Of(path).Kind == FileKind.Ordinary ? InputFile.ReadStart(path, MostToMark) : []);
        if (start.Length > 0 && !Encoding.UTF8.GetString(start).Contains(mark, StringComparison.Ordinal))
        {
            throw new ModelException($"{path}: is there already, and is not what tiny wrote. {advice}.");
        }
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="ModelException">It cannot be written; what stood there before still does.</exception>
    internal static void Write(string path, byte[] bytes) => Guarded(path, () => AtomicFile.Write(path, bytes));

    /// <summary>Writes a text.</summary>
    /// <exception cref="ModelException">It cannot be written; what stood there before still does.</exception>
    internal static void WriteText(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes lines of text as they are made.</summary>
    /// <exception cref="ModelException">It cannot be written; what stood there before still does.</exception>
    internal static void WriteText(string path, Action<TextWriter> write) => Guarded(path, () => AtomicFile.Write(path, stream =>
    {
        using StreamWriter writer = new(stream, bufferSize: 1 << 16, leaveOpen: true);
        write(writer);
    }));

    /// <summary>A file to write to as things come, for what is of use even if its end is missing.</summary>
    /// <exception cref="ModelException">It cannot be made.</exception>
    internal static FileStream Create(string path)
    {
        FileStream? file = null;
        Guarded(path, () => file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        return file!;
    }

    /// <summary>Makes a folder where there is none.</summary>
    /// <exception cref="ModelException">It cannot be made.</exception>
    internal static void MakeFolder(string path) => Guarded(path, () => Directory.CreateDirectory(path));

    private static void Guarded(string path, Action action)
    {
        try
        {
            action();
        }
        catch (DirectoryNotFoundException)
        {
            throw new ModelException($"{path}: cannot be written: the "
                + $"folder {Path.GetDirectoryName(Path.GetFullPath(path))} does not exist. Make it first.");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new ModelException($"{path}: cannot be written: {FileFault.Reason(error)}.");
        }
    }
}
