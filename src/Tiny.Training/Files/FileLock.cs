namespace Tiny.Training.Files;

/// <summary>
/// A lock that one run holds and no other gets: an empty file, locked by the system, so that the
/// lock dies with the process. The file is removed when the lock is let go.
/// </summary>
/// <example>
/// <code>
/// using FileLock claim = FileLock.TryTake("run.lock");       // null where another holds it
/// bool isOurs = claim is not null;
/// </code>
/// </example>
public sealed class FileLock : IDisposable
{
    private readonly FileStream file;

    private FileLock(FileStream file)
    {
        this.file = file;
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The lock's own file.</param>
    /// <returns>Null where another holds it.</returns>
    /// <exception cref="IOException">The file cannot be made, or is something else.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static FileLock? TryTake(string path)
    {
        while (true)
        {
            FileStream file;
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (IsTaken(error))
            {
                return null;
            }

            if (file.Length > 0)
            {
                file.Dispose();
                throw new IOException("it is there already and holds something else");
            }

            if (OperatingSystem.IsWindows() || FileStatus.Of(file.SafeFileHandle) == FileStatus.Of(path))
            {
                return new FileLock(file);
            }

            // Whoever held the lock removed the file between our opening it and our locking it: what we hold has no name any more.
            file.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            file.Dispose();
        }

        try
        {
            // Elsewhere the name goes while the lock is held: afterward it could be another's.
            File.Delete(file.Name);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            // Another has taken it already.
        }

        file.Dispose();
    }

    /// <summary>
    /// Whether the system says that another process has locked the file: ERROR_SHARING_VIOLATION
    /// or ERROR_LOCK_VIOLATION; EWOULDBLOCK as Linux and as BSD number it.
    /// </summary>
    private static bool IsTaken(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33 : error.HResult is 11 or 35;
}
