using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Cli.Tests;

/// <summary>A folder of its own for each test.</summary>
public abstract class WorkFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tiny-").FullName;

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal string At(string name) => Path.Combine(folder, name);

    internal string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    /// <summary>Nothing but these files is left, no half-written ones either.</summary>
    internal void HoldsOnly(params string[] names) =>
        Assert.Equal(names.Order(), Directory.EnumerateFiles(folder).Where(f => !IsRecord(f)).Select(f => Path.GetFileName(f)!).Order());

    /// <summary>Whether it is the training record of a model that is there.</summary>
    private static bool IsRecord(string path) => path.EndsWith(".json", StringComparison.Ordinal) && File.Exists(path[..^5])
        && path[..^5].EndsWith(".tiny", StringComparison.Ordinal);

    /// <summary>A model of the gestures, trained for one epoch.</summary>
    internal string Model()
    {
        string path = At("model.tiny");
        Assert.Equal(0, InProcess.Run("train", TinyProcess.Gestures, "--epochs", "1", "--out", path).ExitCode);
        return path;
    }

    /// <summary>Makes a blob's checksums right again after a change.</summary>
    internal static void Seal(byte[] blob)
    {
        FloatBits.WriteInt32(blob, 24, Crc32.Compute(0, blob, 32, blob.Length - 32));
        FloatBits.WriteInt32(blob, 28, Crc32.Compute(0, blob, 0, 28));
    }
}
