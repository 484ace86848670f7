using Tiny.Emulator.Peripherals;
using Tiny.Training.Data;

namespace Tiny.Cli.Output;

/// <summary>A board's files as a folder on the desk. A path such as I:\weights0.slot becomes I/weights0.slot.</summary>
internal static class BoardFolder
{
    /// <exception cref="DataException">The folder cannot be read.</exception>
    internal static EmulatedFiles Load(string folder)
    {
        EmulatedFiles files = new();
        try
        {
            foreach (string drive in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
            {
                foreach (string file in Directory.EnumerateFiles(drive, "*", SearchOption.AllDirectories))
                {
                    files.WriteAll($"{Path.GetFileName(drive)}:\\{Path.GetRelativePath(drive, file).Replace(Path.DirectorySeparatorChar, '\\')}", File.ReadAllBytes(file));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be read: {error.Message}", error);
        }

        return files;
    }

    /// <exception cref="DataException">A file cannot be written.</exception>
    internal static void Save(string folder, EmulatedFiles files)
    {
        foreach (string path in files.Paths)
        {
            string file = Path.Combine(folder, path.Replace(":", "", StringComparison.Ordinal).Replace('\\', Path.DirectorySeparatorChar));
            OutputFile.MakeFolder(Path.GetDirectoryName(file)!);
            OutputFile.Write(file, files.ReadAll(path));
        }
    }
}
