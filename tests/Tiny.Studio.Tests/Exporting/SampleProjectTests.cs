using Tiny.Core;
using Tiny.Studio.Exporting;
using Tiny.Studio.Folders;
using Tiny.Training.Data;

namespace Tiny.Studio.Tests.Exporting;

public sealed class SampleProjectTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-sample-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("float32", "g", 3)]
    [InlineData("int8", "counts", 3)]
    [InlineData("float32", "g", 2)]
    public async Task The_sample_says_what_the_model_says_of_itself(string weights, string unit, int channels)
    {
        for (int i = 0; i < 4; i++)
        {
            string[] rows = [.. Enumerable.Range(0, 120).Select(row => $"r{i},{(i % 2 == 0 ? "rest" : "shake")},{row},{10 * row},{(i % 2) * (row % 5)},{row % 3}" + (channels == 3 ? $",{row % 2}" : ""))];
            File.WriteAllLines(Path.Combine(folder.FullName, $"r{i}.csv"), ["file,label,i,ms,x,y" + (channels == 3 ? ",z" : ""), .. rows]);
        }

        using Workspace workspace = new(folder.FullName);
        Assert.Equal(0, await Cli.Program.Run(["train", folder.FullName, "--window", "20", "--epochs", "20", "--unit", unit, "--weights", weights, "--out", Path.Combine(folder.FullName, "m.tiny")]));
        Network network = Network.FromBlob(File.ReadAllBytes(Path.Combine(folder.FullName, "m.tiny")));
        if (channels != 3)
        {
            Assert.Contains("3 channels", Assert.Throws<DataException>(() => SampleProject.Write(workspace, network, "export/s")).Message);
            return;
        }

        IReadOnlyList<string> written = SampleProject.Write(workspace, network, "export/s");
        Assert.Equal(7, written.Count);
        string program = File.ReadAllText(Path.Combine(folder.FullName, "export/s/Program.cs"));
        Assert.Contains("private const int Rate = 100;", program);
        Assert.Contains($"new Signal(Rate).AddAll(new string[] {{ \"x\", \"y\", \"z\" }}, \"{unit}\")", program);
        Assert.Equal(weights == "int8", program.Contains("Int8Layers.Register();"));
        Assert.Equal(unit == "g", program.Contains("/= 8192f"));
        string project = File.ReadAllText(Path.Combine(folder.FullName, "export/s/Gesture.csproj"));
        Assert.DoesNotContain("..\\", project);
        Assert.Contains("<TargetFramework>net10.0</TargetFramework>", project);
        Assert.DoesNotContain("<Compile", project);
        Assert.Equal(weights == "int8", project.Contains("Tiny.Int8"));
    }
}
