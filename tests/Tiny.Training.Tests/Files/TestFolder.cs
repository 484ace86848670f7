using System.Diagnostics;

namespace Tiny.Training.Tests.Files;

/// <summary>A folder of its own for each test, and what .NET cannot make in it.</summary>
public abstract class TestFolder : IDisposable
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

    internal void HoldsOnly(params string[] names) =>
        Assert.Equal(names.Order(), Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)).Order());

    internal string HardLink(string name, string to) => Made(name, "ln", At(to), At(name));

    internal string Pipe(string name) => Made(name, "mkfifo", At(name));

    private string Made(string name, string tool, params string[] arguments)
    {
        using Process process = Process.Start(tool, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return At(name);
    }
}
