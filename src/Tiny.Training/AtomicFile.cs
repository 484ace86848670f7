namespace Tiny.Training;

/// <summary>Writes a file whole or not at all: beside the target first, on to the disk, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file; until it is whole, what stood there before still does.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, byte[] bytes) => Write(path, stream => stream.Write(bytes));

    /// <summary>The same for what is made as it is written.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string beside = path + ".part";
        try
        {
            using (FileStream stream = new(beside, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
