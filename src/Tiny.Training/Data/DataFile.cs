using System.IO.Compression;
using Tiny.Training.Files;

namespace Tiny.Training.Data;

/// <summary>
/// A data file, opened once: gzip is unpacked, an IDX file is known by its first bytes, and the
/// stream still begins at the file's first byte. So the file may as well be a pipe.
/// </summary>
/// <example>
/// <code>
/// DataFile opened = DataFile.Open("gestures.csv.gz");        // unpacked as it is read
/// using DatasetFile read = DatasetFile.ReadCsv(opened, new CsvOptions()); // closes it
/// </code>
/// </example>
public sealed class DataFile : IDisposable
{
    private const int BufferBytes = 1 << 16;

    // Without it a gzip stream that was cut short reads as one that has ended.
    static DataFile() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    private readonly FingerprintStream? fingerprint;

    private DataFile(string path, Stream source, bool isLive, bool withFingerprint = false)
    {
        Path = path;
        IsLive = isLive;
        fingerprint = withFingerprint ? new FingerprintStream(source) : null;
        source = fingerprint ?? source;
        byte[] start = Read(source, 2);
        Stream whole = new LookedAtStream(start, source);
        if (start.Length == 0)
        {
            throw new DataException($"{path}: the file is empty. Expected a CSV or IDX file.");
        }

        if (start is [0x1F, 0x8B])
        {
            whole = new GZipStream(whole, CompressionMode.Decompress);
            start = Read(whole, 2);
            whole = new LookedAtStream(start, whole);
        }

        if (start is [0, 0])
        {
            start = [.. Read(whole, 4)];
            whole = new LookedAtStream(start, whole);
            IsIdx = start.Length == 4 && IdxSource.IsElementType(start[2]) && start[3] is > 0 and < 8;
        }

        Stream = whole;
    }

    /// <summary>The file, as messages call it.</summary>
    public string Path { get; }

    /// <summary>Whether it begins as an IDX file does: two zero bytes, a type code, a number of dimensions.</summary>
    public bool IsIdx { get; }

    /// <summary>Whether rows may come one by one as somebody sends them, and want their answer before the next is sent.</summary>
    public bool IsLive { get; }

    /// <summary>The contents from the first byte on, unpacked.</summary>
    public Stream Stream { get; }

    /// <summary>
    /// Length and hash of the file as it lies on the disk, so packed if it is; null unless they were
    /// asked for and it was read to its end. There still when it is closed.
    /// </summary>
    public DataFingerprint? Fingerprint => fingerprint?.Fingerprint;

    /// <summary>Opens a file. The caller disposes of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="withFingerprint">Whether its <see cref="Fingerprint"/> is wanted.</param>
    /// <exception cref="DataException">The file is missing, a folder, not readable, or empty.</exception>
    public static DataFile Open(string path, bool withFingerprint = false)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
            return new DataFile(path, file, isLive: false, withFingerprint);
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
        catch (Exception error) when (error is InvalidDataException)
        {
            file?.Dispose();
            throw Damaged(path, error);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>What is piped in, called "stdin".</summary>
    /// <exception cref="DataException">There is nothing.</exception>
    public static DataFile OpenStdin() => new("stdin", StandardHandle.OpenInput(), isLive: true);

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    /// <summary>The fault of a gzip file that ends early or is damaged.</summary>
    internal static DataException Damaged(string where, Exception error) => new(
        error.Message.Contains("truncated", StringComparison.OrdinalIgnoreCase)
            ? $"{where}: the gzip file ends early: it was cut short. Copy or download it again."
            : $"{where}: the gzip file is damaged: {error.Message}",
        error);

    private static byte[] Read(Stream stream, int bytes)
    {
        byte[] start = new byte[bytes];
        return start[..stream.ReadAtLeast(start, bytes, throwOnEndOfStream: false)];
    }

    private static string Nearby(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? ".";
        if (!Directory.Exists(folder))
        {
            return $" The folder {folder} does not exist either.";
        }

        string[] names = [.. Directory.EnumerateFiles(folder).Select(file => System.IO.Path.GetFileName(file))];
        string? near = Suggestion.For(System.IO.Path.GetFileName(path), names);
        return near is null ? "" : $" Did you mean {System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", near)}?";
    }
}
