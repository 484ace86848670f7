using System.IO.Compression;
using System.Text;

namespace Tiny.Training.Tests.Data;

/// <summary>A file that goes when the test does.</summary>
internal sealed class TemporaryFile : IDisposable
{
    internal TemporaryFile(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    internal TemporaryFile(byte[] bytes, bool gzip = false)
    {
        Path = System.IO.Path.GetTempFileName();
        using Stream file = File.Create(Path);
        using Stream stream = gzip ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
    }

    internal string Path { get; }

    public void Dispose() => File.Delete(Path);
}
