using System.IO.Compression;

namespace Tiny.Training.Data;

/// <summary>Opens a data file as a stream, unpacking gzip; it is known by its first two bytes, not by its name.</summary>
public static class DataFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>The file's contents, unpacked. The caller disposes of the stream.</summary>
    /// <exception cref="DataException">The file is missing, a folder, not readable, or empty.</exception>
    public static Stream Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
            int first = file.ReadByte();
            int second = file.ReadByte();
            if (first < 0)
            {
                throw new DataException($"{path}: the file is empty. Expected a CSV or IDX file.");
            }

            if (first != 0x1F || second != 0x8B)
            {
                // Read on from a stream that still has its first bytes; pipes cannot be wound back.
                if (file.CanSeek)
                {
                    file.Position = 0;
                }

                return file;
            }

            file.Position = 0;
            return new GZipStream(file, CompressionMode.Decompress);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path}: no such file.{Nearby(path)}", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            file?.Dispose();
            string why = Directory.Exists(path) ? "it is a folder" : error.Message;
            throw new DataException($"{path}: cannot be read: {why}.", error);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file begins as an IDX file does: two zero bytes, a type code, a number of dimensions.</summary>
    public static bool IsIdx(string path)
    {
        using Stream stream = Open(path);
        Span<byte> start = stackalloc byte[4];
        int read = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        return read == 4 && start[0] == 0 && start[1] == 0 && IdxSource.IsElementType(start[2]) && start[3] is > 0 and < 8;
    }

    private static string Nearby(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        if (!Directory.Exists(folder))
        {
            return $" The folder {folder} does not exist either.";
        }

        string[] names = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))];
        string? near = Suggestion.For(Path.GetFileName(path), names);
        return near is null ? "" : $" Did you mean {Path.Combine(Path.GetDirectoryName(path) ?? "", near)}?";
    }
}
