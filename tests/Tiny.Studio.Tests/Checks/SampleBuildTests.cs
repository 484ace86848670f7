using System.Diagnostics;
using Tiny.Core;
using Tiny.Emulator;
using Tiny.Emulator.Dialect;
using Tiny.Studio.Exporting;
using Tiny.Studio.Folders;
using Tiny.Studio.Tests.Exporting;

namespace Tiny.Studio.Tests.Checks;

public sealed class SampleBuildTests : IDisposable
{
    private static readonly (string Name, int Channels, string Options)[] Models =
    [
        ("features", 3, "--unit g --weights int8 --max-loss 100000"),
        ("raw", 6, "--features raw --layers conv:4:3,gap,8 --weights int8 --max-loss 100000"),
        ("value", 2, "--task regression"),
        ("stream", 1, "--features raw --layers gru:4 --stream"),
        ("detector", 3, "--task anomaly --normal rest"),
        ("prototypes", 2, "--prototypes"),
        ("sparse", 2, "--sparsity 0.8 --layers 16"),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-build-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Each is compiled as the samples of firmware-samples are, and passes the gate of the device's dialect.</summary>
    [StudioCheck]
    public async Task Samples_of_all_kinds_of_models_compile_and_the_device_takes_them()
    {
        foreach ((string name, int channels, string options) in Models)
        {
            await Write(name, channels, options);
        }

        string projects = string.Join(';', Models.Select(model => Path.Combine(At(model.Name), "export/s/TinyProgram.csproj")));
        File.WriteAllText(At("all.proj"), $"""
            <Project>
              <Target Name="Build">
                <MSBuild Projects="{projects}" Targets="Restore" Properties="Configuration=Release;Restoring=1" />
                <MSBuild Projects="{projects}" Targets="Build" Properties="Configuration=Release" BuildInParallel="true" />
              </Target>
            </Project>
            """);
        ProcessStartInfo start = new("dotnet",
            ["msbuild", At("all.proj"), "-v:quiet", "-nologo", "-m:2"])
        { RedirectStandardOutput = true };
        using Process build = Process.Start(start)!;
        string said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, said);
        foreach ((string name, _, _) in Models)
        {
            using DeviceProgram program = DeviceProgram.Load(Path.Combine(At(name), "export/s/bin/Release/net10.0/TinyProgram.dll"));
            Assert.DoesNotContain(DialectGate.Check(program), fault => !fault.IsWarning);
            Assert.NotNull(program.Main.EntryPoint);
        }
    }

    private async Task Write(string name, int channels, string options)
    {
        DirectoryInfo data = Directory.CreateDirectory(At(name));
        SampleData.Write(data.FullName, channels, labels: options.Contains("regression") ? "1.5,2.5" : "rest,shake");
        string model = Path.Combine(data.FullName, "m.tiny");
        Assert.Equal(0, await Cli.Program.Run(
            ["train", data.FullName, "--window", "20", "--epochs", "2", .. options.Split(' '), "--out", model]));
        using (Workspace workspace = new(data.FullName))
        {
            byte[] blob = File.ReadAllBytes(model);
            SampleProject.Write(workspace, blob, Network.FromBlob(blob), "export/s");
        }

        string to = Path.Combine(data.FullName, "export/s");
        Assert.Equal(0, await Cli.Program.Run(
            ["export", model, "--format", "bytes", "--class", SampleProject.ModelClass, "--namespace", SampleProject.Namespace,
                "--out", to]));
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
