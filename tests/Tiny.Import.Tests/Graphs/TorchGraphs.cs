using System.Diagnostics;

namespace Tiny.Import.Tests.Graphs;

/// <summary>Models that the system's PyTorch writes, made once a run; none where there is no PyTorch.</summary>
internal static class TorchGraphs
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<string> Folder = new(Make);

    /// <summary>Whether there is a PyTorch.</summary>
    internal static bool IsPresent { get; } = File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/torch");

    /// <summary>The files.</summary>
    internal static IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Folder.Value, "*.onnx").Order()];

    /// <summary>The files with recurrent layers.</summary>
    internal static IReadOnlyList<string> RecurrentFiles =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder.Value, "recurrent"), "*.onnx").Order()];

    /// <summary>The shape of a model's input, which its name says.</summary>
    internal static int[] ShapeOf(string file) =>
        [.. Path.GetFileNameWithoutExtension(file).Split('-')[^1].Split('x')
        .Select(size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))];

    private static string Make()
    {
        string folder = Directory.CreateTempSubdirectory("tiny-torch-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        using Process process = Process.Start(new ProcessStartInfo(
            Python, [Path.Combine(AppContext.BaseDirectory, "Graphs", "make_torch_models.py"), folder])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException(errors);
    }
}

/// <summary>A test on models that PyTorch writes; skipped with a word where there is none.</summary>
public sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute()
    {
        Skip = Runtime.Missing ?? (TorchGraphs.IsPresent ? null : "There is no PyTorch here: apt-get install python3-torch.");
    }
}
