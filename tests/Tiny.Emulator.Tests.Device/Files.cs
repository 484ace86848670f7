using System.IO;

/// <summary>Opens files as a device program does, and tells what came of it.</summary>
public static class Files
{
    /// <summary>"" or the IOException's message.</summary>
    public static string Open(string path, bool create)
    {
        try
        {
            OpenOrThrow(path, create);
            return "";
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }

    public static void OpenOrThrow(string path, bool create)
    {
        using (FileStream stream =
            new FileStream(path, create ? FileMode.Create : FileMode.Open, create ? FileAccess.Write : FileAccess.Read))
        {
            if (create)
            {
                stream.Write(new byte[] { 1, 2, 3 }, 0, 3);
            }
        }
    }

    public static bool Exists(string path)
    {
        return File.Exists(path);
    }
}
