namespace Tiny.Training.Files;

/// <summary>Reads small files whole: models, checkpoints, settings.</summary>
/// <example>
/// <code>
/// byte[] model = InputFile.ReadAll("model.tiny", 1 &lt;&lt; 20);   // at most 1 MiB
/// </code>
/// </example>
public static class InputFile
{
    private const int FirstBytes = 1 << 16;

    /// <summary>A file's bytes. It may be a pipe, and a device without an end is no trap.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">More bytes than such a file ever has.</param>
    /// <param name="mark">The bytes that such a file begins with, if it does: of another file only the first are read.</param>
    /// <exception cref="IOException">It cannot be read, or has more.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAll(string path, int most, ReadOnlySpan<byte> mark = default)
    {
        using FileStream file = Open(path);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[FirstBytes];
        while (file.Read(buffer) is int count and > 0)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > most)
            {
                throw new IOException($"it has more than {most} bytes, and no such file has");
            }

            if (bytes.Length >= mark.Length && !bytes.GetBuffer().AsSpan(0, (int)bytes.Length).StartsWith(mark))
            {
                break;
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A file's text: UTF-8, or what its mark says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">More bytes than such a file ever has.</param>
    /// <exception cref="IOException">It cannot be read, or has more.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadText(string path, int most)
    {
        using StreamReader reader = new(new MemoryStream(ReadAll(path, most)));
        return reader.ReadToEnd();
    }

    /// <summary>At most so many of a file's first bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes.</param>
    /// <returns>The bytes, fewer where the file has fewer.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadStart(string path, int most)
    {
        using FileStream file = Open(path);
        byte[] start = new byte[most];
        return start[..file.ReadAtLeast(start, most, throwOnEndOfStream: false)];
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
