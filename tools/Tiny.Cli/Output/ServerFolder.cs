using Tiny.Training.Files;

namespace Tiny.Cli.Output;

/// <summary>
/// A folder that stands for the HTTP servers an emulated board asks: what they have under /a/b.bin is a/b.bin in it. No address leads out
/// of the folder.
/// </summary>
internal static class ServerFolder
{
    private const int MostBytes = 64 << 20;

    /// <summary>What answers to a URL: the file's content, or null for none.</summary>
    /// <exception cref="ModelException">There is no such folder.</exception>
    internal static Func<string, byte[]?> Open(string folder) => FileStatus.Of(folder).Kind == FileKind.Folder
        ? url => Find(folder, url)
        : throw new ModelException($"{folder}: is no folder. Name the one that holds what the server gives.");

    private static byte[]? Find(string folder, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            return null;
        }

        string[] names = [.. address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        if (names.Length == 0 || names.Any(name => name is "." or ".." || name.IndexOfAny(['/', '\\', ':', '\0']) >= 0))
        {
            return null;
        }

        string path = folder;
        foreach (string name in names)
        {
            path = Path.Combine(path, name);
            if (new FileInfo(path).LinkTarget is not null)
            {
                return null;
            }
        }

        try
        {
            return FileStatus.Of(path).Kind == FileKind.Ordinary ? InputFile.ReadAll(path, MostBytes) : null;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new ModelException($"{path}: cannot be read: {FileFault.Reason(error)}.");
        }
    }
}
