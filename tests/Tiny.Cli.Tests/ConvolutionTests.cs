using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>Convolutional networks from the command line: images in a table, from training to every other command.</summary>
public sealed class ConvolutionTests : WorkFolder
{
    private static readonly string[] Learning = ["--shape", "8x8x1", "--epochs", "60", "--test-every", "4"];

    [Fact]
    public void A_convolutional_network_is_trained_quantized_exported_and_looked_at()
    {
        string data = Write("stripes.csv", Stripes());
        string model = At("m.tiny");
        JsonElement figures = InProcess.Run(["train", data, .. Learning, "--layers", "conv:4:3:2,maxpool:2,8", "--augment",
            "shift:1,noise:0.05,scale:0.1", "--out", model, "--json"]).Json;
        Assert.InRange(figures.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Equal(4 * 10 + 17 * 8 + 9 * 2, figures.GetProperty("parameters").GetInt32());
        Assert.Equal(16 * 4 * 9 + 16 * 8 + 8 * 2, figures.GetProperty("macs").GetInt32());
        Assert.Contains("maxpool", InProcess.Run("info", model).Output, StringComparison.Ordinal);
        Assert.Equal(0, InProcess.Run("quantize", model, "--data", data, "--out", At("q.tiny"), "--max-loss", "3").ExitCode);
        Assert.InRange(InProcess.Run("eval", At("q.tiny"), data, "--json").Json.GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Equal(0, InProcess.Run("export", model, "--format", "csharp", "--out", At("source")).ExitCode);
        Assert.Equal(0, InProcess.Run("diff", model, model).ExitCode);
        Assert.Equal(0, InProcess.Run("average", model, model, "--out", At("a.tiny")).ExitCode);
        Assert.Equal(200, InProcess.Run("validate", model, data, "--json").Json.GetProperty("bit_equal").GetInt32());
        Assert.Equal(200, InProcess.Run("validate", At("q.tiny"), data, "--json").Json.GetProperty("bit_equal").GetInt32());
        Assert.Equal(0, InProcess.Run("report", model, data, "--out", At("r.html")).ExitCode);
        string page = File.ReadAllText(At("r.html"));
        Assert.Contains("Filter 3 of layer 0", page, StringComparison.Ordinal);
        Assert.Contains("Feature map 3 of layer 1", page, StringComparison.Ordinal);
        Assert.Contains("tiny.kinds[4] = {", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_for_any_threads()
    {
        string data = Write("stripes.csv", Stripes());
        foreach (int threads in new[] { 1, 3 })
        {
            string[] line =
            [
                "train", data, .. Learning, "--layers", "conv:6:3,dwconv:3:2,gap", "--batch-norm", "--dropout", "0.1", "--augment",
                "shift:1", "--threads", threads.ToString(CultureInfo.InvariantCulture), "--out",
                At($"{threads}.tiny"),
            ];
            Assert.Equal(0, InProcess.Run(line).ExitCode);
        }

        Assert.Equal(File.ReadAllBytes(At("1.tiny")), File.ReadAllBytes(At("3.tiny")));
    }

    [Fact]
    public void What_is_wrong_with_shape_and_layers_is_told()
    {
        string data = Write("stripes.csv", Stripes());
        string[] line = ["train", data, "--out", At("x.tiny"), "--epochs", "1"];
        InProcess.Run([.. line, "--layers", "conv:4:3"]).FailedWith(2, "Say what it is with --shape");
        InProcess.Run([.. line, "--layers", "conv:4:3", "--shape", "8x9"]).FailedWith(2, "a row has 64 inputs, but --shape 8x1x9 is 72");
        InProcess.Run([.. line, "--layers", "conv:4:3", "--shape", "8by8"]).FailedWith(2, "--shape 8by8: expected HEIGHTxWIDTHxCHANNELS");
        InProcess.Run([.. line, "--layers", "conv:4:9:valid", "--shape", "8x8x1"]).FailedWith(2, "does not fit into 8 x 8");
        InProcess.Run([.. line, "--layers", "8", "--batch-norm"]).FailedWith(2, "--layers 8 has none");
        InProcess.Run([.. line, "--augment", "shift:2"]).FailedWith(2, "--shape");
        InProcess.Run([.. line, "--augment", "shift"]).FailedWith(2, "\"shift\" is no change");
        HoldsOnly("stripes.csv");
    }

    /// <summary>Pictures of 8 x 8 with a stripe across or down, somewhere, and some noise.</summary>
    private static string Stripes()
    {
        Random random = new(3);
        StringBuilder csv = new();
        for (int row = 0; row < 200; row++)
        {
            bool down = random.Next(2) == 1;
            int at = random.Next(8);
            for (int i = 0; i < 64; i++)
            {
                csv.Append(Math.Clamp(((down ? i % 8 : i / 8) == at ? 200 : 30) + random.Next(-30, 30), 0, 255)).Append(',');
            }

            csv.Append(down ? "down" : "across").Append('\n');
        }

        return csv.ToString();
    }
}
