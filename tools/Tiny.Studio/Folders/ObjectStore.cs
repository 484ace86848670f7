using System.Security.Cryptography;
using Tiny.Training.Files;

namespace Tiny.Studio.Folders;

/// <summary>
/// What files have held, each content once under its SHA-256, so that every action can be undone. Nothing in it is ever changed.
/// </summary>
internal sealed class ObjectStore
{
    private readonly string folder;

    internal ObjectStore(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>The key of a content.</summary>
    internal static string KeyOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Keeps a content; on return it is on the disk.</summary>
    internal string Put(byte[] content)
    {
        string key = KeyOf(content);
        string path = Path.Combine(folder, key);
        if (!File.Exists(path))
        {
            AtomicFile.Write(path, content);
        }

        return key;
    }

    /// <summary>A content that was kept.</summary>
    /// <exception cref="IOException">It is gone or damaged.</exception>
    internal byte[] Get(string key)
    {
        byte[] content = File.ReadAllBytes(Path.Combine(folder, key));
        return KeyOf(content) == key ? content : throw new IOException("what the journal of tiny studio keeps was damaged");
    }
}
