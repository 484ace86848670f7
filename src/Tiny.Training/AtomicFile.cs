namespace Tiny.Training;

/// <summary>Writes a file whole or not at all: beside the target first, on to the disk, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file; until it is whole, what stood there before still does.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string beside = path + ".part";
        try
        {
            using (FileStream stream = new(beside, FileMode.Create, FileAccess.Write))
            {
                stream.Write(bytes);
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
