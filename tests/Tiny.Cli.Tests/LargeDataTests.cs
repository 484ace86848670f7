using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Tiny.Cli.Tests;

/// <summary>Streaming, checkpoints and interruptions, as a user meets them.</summary>
public sealed class LargeDataTests : WorkFolder
{
    [Fact]
    public void Data_larger_than_memory_is_streamed_and_evaluated_on_the_same_rows()
    {
        string data = Data(3000);
        ProcessResult trained = InProcess.Run("train", data, "--split", "0.2", "--memory", "1K", "--epochs", "20", "--out", At("m.tiny"));
        Assert.Equal(0, trained.ExitCode);
        Assert.Contains("streamed, for it is larger than --memory", trained.Errors);
        ProcessResult json = InProcess.Run(
            "train", data, "--split", "0.2", "--memory", "1K", "--epochs", "20", "--out", At("m.tiny"), "--json");
        int tested = json.Json.GetProperty("test").GetProperty("rows").GetInt32();
        Assert.InRange(tested, 500, 700);
        double accuracy = json.Json.GetProperty("core").GetProperty("accuracy").GetDouble();
        Assert.InRange(accuracy, 0.95, 1);
        ProcessResult eval = InProcess.Run("eval", At("m.tiny"), data, "--split", "0.2", "--memory", "1K", "--json");
        Assert.Equal(tested, eval.Json.GetProperty("rows").GetInt32());
        Assert.Equal(accuracy, eval.Json.GetProperty("accuracy").GetDouble());
        ProcessResult quantized =
            InProcess.Run("quantize", At("m.tiny"), "--data", data, "--split", "0.2", "--memory", "1K", "--out", At("m8.tiny"), "--json");
        Assert.Equal(tested, quantized.Json.GetProperty("rows").GetInt32());
    }

    /// <summary>
    /// Without wider ones the same sums come out, as long as the machine rounds a multiply-add
    /// once. Without any vectors the model is as good.
    /// </summary>
    [Fact]
    public void Narrower_vectors_train_the_same_blob()
    {
        string data = Data(500);
        byte[] Train(string name, string? switchedOff)
        {
            (string, string)[] environment = switchedOff is null ? [] : [(switchedOff, "0")];
            ProcessResult result = TinyProcess.Run(null, environment,
                ["train", data, "--epochs", "150", "--layers", "24", "--activation", "tanh", "--out", At(name), "--min-accuracy", "0.9"]);
            Assert.Equal(0, result.ExitCode);
            return File.ReadAllBytes(At(name));
        }

        byte[] wide = Train("wide.tiny", null);
        if (Fma.IsSupported)
        {
            Assert.Equal(wide, Train("narrow.tiny", "DOTNET_EnableAVX512"));
        }

        Train("none.tiny", "DOTNET_EnableHWIntrinsic");
    }

    [Fact]
    public void Killed_and_resumed_the_blob_is_the_same()
    {
        string data = Data(4000);
        string[] train = ["train", data, "--epochs", "300", "--batch", "8", "--dropout", "0.1", "--patience", "200"];
        Assert.Equal(0, InProcess.Run([.. train, "--out", At("whole.tiny")]).ExitCode);
        string[] resumed = [.. train, "--out", At("m.tiny"), "--checkpoint", At("run.checkpoint"), "--resume"];
        int killed = 0;
        foreach (int milliseconds in new[] { 1500, 1700, 1900 })
        {
            killed += KillAfter(milliseconds, resumed) ? 1 : 0;
        }

        Assert.True(killed > 0 || File.Exists(At("m.tiny")), "It was either killed or done.");
        ProcessResult last = InProcess.Run(resumed);
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(File.ReadAllBytes(At("whole.tiny")), File.ReadAllBytes(At("m.tiny")));
        Assert.False(File.Exists(At("run.checkpoint")), "Its work is done.");
    }

    [Fact]
    public void Checkpoints_are_neither_overwritten_nor_mistaken()
    {
        string data = Data(100);
        string checkpoint = At("run.checkpoint");
        InProcess.Run("train", data, "--out", At("m.tiny"), "--resume").FailedWith(2, "--resume goes with --checkpoint");
        ProcessResult anew = InProcess.Run(
            "train", data, "--epochs", "2", "--out", At("m.tiny"), "--checkpoint", checkpoint, "--resume", "--min-accuracy", "1.0");
        Assert.Contains("no checkpoint there; starting anew", anew.Errors);

        // The threshold was missed, so the run is still there.
        Assert.Equal(3, anew.ExitCode);
        Assert.True(File.Exists(checkpoint));
        InProcess.Run("train", data, "--out", At("m.tiny"), "--checkpoint", checkpoint)
            .FailedWith(2, "there is a checkpoint already", "--resume");
        InProcess.Run("train", data, "--epochs", "3", "--out", At("m.tiny"), "--checkpoint", checkpoint, "--resume")
            .FailedWith(1, "checkpoint of another run", "\"epochs 2\"", "\"epochs 3\"");
        File.WriteAllText(checkpoint, "something else");
        InProcess.Run("train", data, "--out", At("m.tiny"), "--checkpoint", checkpoint, "--resume")
            .FailedWith(1, "no checkpoint of this version");
        HoldsOnly("data.csv", "run.checkpoint");
    }

    [Theory]
    [InlineData("much")]
    [InlineData("12Q")]
    [InlineData("-1")]
    [InlineData("")]
    public void A_memory_that_is_no_size(string size) =>
        InProcess.Run("train", Data(10), "--out", At("m.tiny"), "--memory", size).FailedWith(2, "--memory", "512M");

    [Fact]
    public void A_cache_that_is_no_folder() =>
        InProcess.Run("train", Data(100), "--out", At("m.tiny"), "--memory", "0", "--cache", At("none"))
        .FailedWith(1, At("none"), "--cache");

    private string Data(int rows)
    {
        StringBuilder text = new("x,y,kind\n");
        for (int i = 0; i < rows; i++)
        {
            double radius = 1 + i % 3;
            text.Append(CultureInfo.InvariantCulture, $"{radius * Math.Cos(i)},{radius * Math.Sin(i)},ring {i % 3}\n");
        }

        return Write("data.csv", text.ToString());
    }

    /// <summary>Starts a run and kills it as a power cut would, unless it is done by then.</summary>
    private static bool KillAfter(int milliseconds, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "tiny.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool running = !process.WaitForExit(milliseconds);
        if (running)
        {
            process.Kill();
            process.WaitForExit();
        }

        return running;
    }
}
