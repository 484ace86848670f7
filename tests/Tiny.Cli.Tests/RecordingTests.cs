using System.Globalization;
using System.Text;

namespace Tiny.Cli.Tests;

/// <summary>Recordings from raw samples to a class, through every command that takes them.</summary>
public sealed class RecordingTests : WorkFolder
{
    /// <summary>Two classes told apart by their frequency, eight recordings each, of 120 samples of two channels.</summary>
    private string Recordings()
    {
        Random random = new(1);
        StringBuilder text = new("file,label,i,x,y\n");
        for (int recording = 0; recording < 16; recording++)
        {
            double frequency = recording % 2 == 0 ? 0.1 : 0.6;
            for (int i = 0; i < 120; i++)
            {
                double phase = frequency * i + recording;
                text.Append(CultureInfo.InvariantCulture,
                    $"r{recording},{(recording % 2 == 0 ? "slow" : "fast")},{i},{1000 * Math.Sin(phase) + random.Next(50):0},{1000 * Math.Cos(phase) + random.Next(50):0}\n");
            }
        }

        return Write("recordings.csv", text.ToString());
    }

    [Fact]
    public void From_raw_samples_to_a_class_on_the_board()
    {
        string data = Recordings();
        ProcessResult shown = TinyProcess.Run("data", data, "--group", "file", "--window", "40");
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("16 recordings, 1,920 samples of 2 channels", shown.Output);
        Assert.Contains("▁", shown.Output);
        string model = At("m.tiny");
        ProcessResult train = TinyProcess.Run("train", data, "--window", "40", "--hop", "20", "--features", "default,zcr,5Hz", "--rate", "100", "--unit", "mg", "--test-every", "4", "--out", model);
        Assert.Equal(0, train.ExitCode);
        Assert.Contains("60 windows to train on, 20 to test on; 14 inputs, features of 2 channels over 40 samples every 20, of 16 recordings", train.Errors);
        Assert.Contains("test      accuracy 1.0000", train.Output);
        ProcessResult eval = TinyProcess.Run("eval", model, data, "--test-every", "4", "--json");
        Assert.Equal((1.0, 20), (eval.Json.GetProperty("accuracy").GetDouble(), eval.Json.GetProperty("rows").GetInt32()));
        string[] answers = TinyProcess.Run("predict", model, data).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("recording,window,label,fast,slow", answers[0]);
        Assert.Equal(81, answers.Length);
        Assert.StartsWith("r0,0,slow,", answers[1]);
        Assert.StartsWith("r1,0,fast,", answers[6]);
        ProcessResult piped = TinyProcess.RunWithInput("x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{1000 * (i % 2)},0\n")), "predict", model, "-");
        Assert.Equal(2, piped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        ProcessResult valid = TinyProcess.Run("validate", model, data, "--board", "esp32", "--json");
        Assert.Equal((80, 80), (valid.Json.GetProperty("rows").GetInt32(), valid.Json.GetProperty("bit_equal").GetInt32()));
        Assert.InRange(valid.Json.GetProperty("window").GetProperty("milliseconds").GetDouble(), 0.1, 100);
        Assert.Equal(200, valid.Json.GetProperty("window").GetProperty("hop_milliseconds").GetDouble());
        string int8 = At("m8.tiny");
        Assert.Equal(0, TinyProcess.Run("quantize", model, "--data", data, "--test-every", "4", "--out", int8).ExitCode);
        ProcessResult info = TinyProcess.Run("info", int8, "--board", "esp32");
        Assert.Contains("mean, std, min, max, mad, zcr, 5Hz of x, y in mg at 100 Hz, over 40 samples every 20", info.Output);
        Assert.Contains("RAM for windows", info.Output);
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        string data = Recordings();
        string model = At("m.tiny");
        string[] Train(params string[] options) => ["train", data, "--out", model, .. options];
        TinyProcess.Run(Train("--group", "file")).FailedWith(2, "--window 200");
        TinyProcess.Run(Train("--window", "40", "--features", "means")).FailedWith(2, "means is unknown", "Did you mean mean?");
        TinyProcess.Run(Train("--window", "40", "--features", "5Hz")).FailedWith(2, "--rate");
        TinyProcess.Run(Train("--window", "40", "--features", "60Hz", "--rate", "100")).FailedWith(1, "between 0 and half the rate");
        TinyProcess.Run(Train("--window", "40", "--inputs", "x")).FailedWith(2, "--inputs is for tables");
        TinyProcess.Run(Train("--window", "200")).FailedWith(1, "the longest of 16 recordings has 120 samples");
        TinyProcess.Run(Train("--window", "40", "--rate", "-1")).FailedWith(2, "--rate -1");
        TinyProcess.Run(Train("--window", "40", "--group", "nofile")).FailedWith(2, "there is no such column");
        TinyProcess.Run(Train("--window", "40", "--test-last", "40")).FailedWith(2, "40 of 16");
        HoldsOnly("recordings.csv");
    }
}
