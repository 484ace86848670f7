using System.Text;
using Tiny.Training;

namespace Tiny.Cli.Output;

/// <summary>Writes a file whole or not at all: beside the target first, then renamed over it.</summary>
internal static class OutputFile
{
    /// <summary>Finds out before the work begins whether the file could be written after it.</summary>
    /// <exception cref="ModelException">It could not.</exception>
    internal static void CheckWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ModelException($"{path}: is a folder. Name a file for --out.");
        }

        Guarded(path, () =>
        {
            string probe = $"{path}.{Environment.ProcessId}.part";
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        });
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
        Guarded(path, () => file = File.Create(path));
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
            throw new ModelException($"{path}: cannot be written: the folder {Path.GetDirectoryName(Path.GetFullPath(path))} does not exist. Make it first.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: cannot be written: {error.Message}");
        }
    }
}
