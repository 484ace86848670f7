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
    [InlineData("g", 3, "sample[axis] *= Scale;", "System.Device.I2c")]
    [InlineData("counts", 3, "device.Read(sample);", "System.Device.I2c")]
    [InlineData("V", 3, "controller.OpenChannel(i)", "System.Device.Adc")]
    [InlineData("g", 2, "new AdcChannel[2]", "System.Device.Adc")]
    public void A_sample_reads_the_sensor_that_its_model_says_of_itself(string unit, int channels, string reads, string refers)
    {
        (SampleSources sources, _) = Write(["--window", "20", "--unit", unit], channels);
        Assert.Contains(reads, sources["Sensor.cs"]);
        Assert.Equal(unit == "g" && channels == 3, sources["Sensor.cs"].Contains("1f / 8192f; // from counts to g"));
        Assert.Contains($"new Signal(rate).Add(\"a0\", \"{unit}\")", sources["Sensor.cs"]);
        Assert.Contains("Period = 10;", sources["Program.cs"]);
        Assert.Contains($"new float[{channels}]", sources["Program.cs"]);
        Assert.Contains($"<NanoReference Include=\"{refers}\" />", sources["TinyProgram.csproj"]);
        Assert.Contains($"id=\"nanoFramework.{refers}\"", sources["packages.config"]);
        Assert.DoesNotContain("Int8", sources["Program.cs"]);
        Assert.DoesNotContain('$', sources["Program.cs"] + sources["Sensor.cs"] + sources["TinyProgram.csproj"]);
    }

    [Theory]
    [InlineData("--features raw --layers conv:4:3,gap,8 --weights int8 --max-loss 100000", "Int8Convolutions.Register();",
        "Tiny.Convolution.Int8")]
    [InlineData("--features raw --layers gru:4 --stream", "Gru.Register();", "Tiny.Recurrence")]
    [InlineData("--task anomaly --normal rest", "detector.Observe(features)", "Tiny.Anomaly")]
    [InlineData("--prototypes", "classifier.Classify(features)", "Tiny.FewLabels")]
    public void A_sample_registers_and_refers_to_what_its_model_has(string options, string says, string library)
    {
        (SampleSources sources, _) = Write(["--window", "20", .. options.Split(' ')], 2);
        Assert.Contains(says, sources["Program.cs"]);
        Assert.Contains($"\\{library}.Device.csproj", sources["TinyProgram.csproj"]);
        Assert.Contains($"<Name>{library}</Name>", sources["TinyProgram.nfproj"]);
        Assert.Contains("<Name>Tiny.Core</Name>", sources["TinyProgram.nfproj"]);
        Assert.DoesNotContain("<Project></Project>", sources["TinyProgram.nfproj"]);
        Assert.Equal(options.Contains("stream"), sources["Program.cs"].Contains("stream.Detect()"));
    }

    [Fact]
    public void What_the_builder_has_to_see_to_is_said_and_a_rate_that_cannot_be_kept_refused()
    {
        Assert.Contains("from counts to V", Assert.Single(Write(["--window", "20", "--unit", "V"], 2).Notes));
        DataException fault = Assert.Throws<DataException>(() => Write(["--window", "20", "--rate", "400"], 2, milliseconds: 2.5));
        Assert.Contains("the 400 a second of this model", fault.Message);
    }

    /// <summary>Trains a model on four recordings and writes its sample.</summary>
    private (SampleSources Sources, IReadOnlyList<string> Notes) Write(
        string[] options, int channels, double milliseconds = 10)
    {
        SampleData.Write(folder.FullName, channels, milliseconds);
        string model = Path.Combine(folder.FullName, "m.tiny");
        Assert.Equal(0, Cli.Program.Run(["train", folder.FullName, "--epochs", "2", .. options, "--out", model]).GetAwaiter().GetResult());
        using Workspace workspace = new(folder.FullName);
        byte[] blob = File.ReadAllBytes(model);
        (IReadOnlyList<string> files, IReadOnlyList<string> notes) = SampleProject.Write(
            workspace, blob, Network.FromBlob(blob), "export/s");
        return (new SampleSources(folder.FullName, files), notes);
    }

    private sealed class SampleSources(string folder, IReadOnlyList<string> files)
    {
        internal string this[string name] =>
            File.ReadAllText(Path.Combine(folder, Assert.Single(files, file => file == $"export/s/{name}")));
    }
}
