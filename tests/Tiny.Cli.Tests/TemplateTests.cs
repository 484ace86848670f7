using System.Diagnostics;
using Tiny.Tests;

namespace Tiny.Cli.Tests;

/// <summary>dotnet new tiny-device, as it is packed: what it makes compiles, joins a solution, and runs in the emulator.</summary>
public sealed class TemplateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tiny-template-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_the_packed_template_makes_is_built_and_emulated()
    {
        string hive = Path.Combine(folder, "hive");
        Run("pack", Path.Combine(Repository.Root, "templates"), "-o", folder, "-v", "q");
        Run("new", "install", Directory.GetFiles(folder, "*.nupkg").Single(), "--debug:custom-hive", hive);
        Run("new", "tiny-device", "-n", "Probe", "-o", Path.Combine(folder, "Probe"), "--TinyRoot", Repository.Root, "--debug:custom-hive",
            hive);
        Run("new", "sln", "-n", "Mine", "-o", folder, "--format", "sln");
        Run("sln", Path.Combine(folder, "Mine.sln"), "add", Path.Combine(folder, "Probe", "Probe.csproj"));
        Run("build", Path.Combine(folder, "Mine.sln"), "-c", "Release", "-v", "q");
        ProcessResult said = InProcess.Run(
            "emulate", Path.Combine(folder, "Probe", "bin", "Release", "net10.0", "Probe.dll"), "--board", "esp32");
        Assert.True(said.ExitCode == 0, said.Errors);
        Assert.Equal("class 2 of 3", said.Output.Trim());
        Assert.Contains("esp32 is esp32_rev3", said.Errors);
    }

    private void Run(params string[] arguments)
    {
        using Process dotnet = Process.Start(new ProcessStartInfo(
            "dotnet", arguments)
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = dotnet.StandardError.ReadToEndAsync();
        string output = dotnet.StandardOutput.ReadToEnd();
        dotnet.WaitForExit();
        Assert.True(dotnet.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output}{errors.Result}");
    }
}
