using Tiny.Training.Files;
using Tiny.Training.Signing;

namespace Tiny.Cli.Output;

/// <summary>Files that hold the key packages are signed with: its bytes and nothing else, as they go on the board.</summary>
internal static class KeyFile
{
    private const int MostBytes = 4096;
    private const string Make = "Make one with tiny sign --new-key";

    /// <summary>Reads a key.</summary>
    /// <exception cref="ModelException">It cannot be read, or cannot be one.</exception>
    internal static byte[] Load(string path)
    {
        byte[] key;
        try
        {
            key = InputFile.ReadAll(path, MostBytes);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"{path}: no such file. {Make}.");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new ModelException($"{path}: cannot be read as a "
                + $"key: {(Directory.Exists(path) ? "it is a folder" : FileFault.Reason(error))}. {Make}.");
        }

        return key.Length >= ModelSigner.LeastKeyBytes
            ? key
            : throw new ModelException($"{path}: has {key.Length} bytes, a key has {ModelSigner.LeastKeyBytes} or more. {Make}.");
    }

    /// <summary>
    /// Writes a new key, which only its owner may read; never in place of another file, for a key that is lost locks out every board that
    /// has it.
    /// </summary>
    /// <exception cref="ModelException">It cannot be written, or something is there.</exception>
    internal static void Create(string path)
    {
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using FileStream file = new(path, options);
            file.Write(ModelSigner.NewKey());
        }
        catch (DirectoryNotFoundException)
        {
            throw new ModelException($"{path}: cannot be written: its folder does not exist. Make it first.");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new ModelException(Path.Exists(path)
                ? $"{path}: is there already, and a key is never written over: the boards that have it would take no more updates. Name "
                + "another file."
                : $"{path}: cannot be written: {FileFault.Reason(error)}.");
        }
    }
}
