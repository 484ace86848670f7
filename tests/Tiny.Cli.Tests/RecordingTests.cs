using System.Globalization;
using System.Text;
using System.Text.Json;

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
                    $"r{recording},{(recording % 2 == 0 ? "slow" : "fast")},{i},{1000 * Math.Sin(phase) + random.Next(50):0},"
                        + $"{1000 * Math.Cos(phase) + random.Next(50):0}\n");
            }
        }

        return Write("recordings.csv", text.ToString());
    }

    [Fact]
    public void From_raw_samples_to_a_class_on_the_board()
    {
        string data = Recordings();
        ProcessResult shown = InProcess.Run("data", data, "--group", "file", "--window", "40");
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("16 recordings, 1,920 samples of 2 channels", shown.Output);
        Assert.Contains("▁", shown.Output);
        string model = At("m.tiny");
        ProcessResult train = InProcess.Run("train", data, "--window", "40", "--hop", "20", "--features", "default,zcr,5Hz", "--rate",
            "100", "--unit", "mg", "--test-every", "4", "--out", model);
        Assert.Equal(0, train.ExitCode);
        Assert.Contains("60 windows to train on, 20 to test on; 14 inputs, features of 2 channels over 40 samples every 20, of 16 "
            + "recordings", train.Errors);
        Assert.Contains("test      accuracy 1.0000", train.Output);
        ProcessResult eval = InProcess.Run("eval", model, data, "--test-every", "4", "--json");
        Assert.Equal((1.0, 20), (eval.Json.GetProperty("accuracy").GetDouble(), eval.Json.GetProperty("rows").GetInt32()));
        string[] answers = InProcess.Run("predict", model, data).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("recording,window,label,fast,slow", answers[0]);
        Assert.Equal(81, answers.Length);
        Assert.StartsWith("r0,0,slow,", answers[1]);
        Assert.StartsWith("r1,0,fast,", answers[6]);
        ProcessResult piped = TinyProcess.RunWithInput(
            "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{1000 * (i % 2)},0\n")), "predict", model, "-");
        Assert.Equal(2, piped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        ProcessResult valid = InProcess.Run("validate", model, data, "--board", "esp32", "--json");
        Assert.Equal((80, 80), (valid.Json.GetProperty("rows").GetInt32(), valid.Json.GetProperty("bit_equal").GetInt32()));
        Assert.InRange(valid.Json.GetProperty("window").GetProperty("milliseconds").GetDouble(), 0.1, 100);
        Assert.Equal(200, valid.Json.GetProperty("window").GetProperty("hop_milliseconds").GetDouble());
        string int8 = At("m8.tiny");
        Assert.Equal(0, InProcess.Run("quantize", model, "--data", data, "--test-every", "4", "--out", int8).ExitCode);
        ProcessResult info = InProcess.Run("info", int8, "--board", "esp32");
        Assert.Contains("mean, std, min, max, mad, zcr, 5Hz of x, y in mg at 100 Hz, over 40 samples every 20", info.Output);
        Assert.Contains("RAM for windows", info.Output);
        Assert.Contains("all of a window", info.Output);
        JsonElement figures = InProcess.Run("info", int8, "--board", "esp32", "--json").Json;
        JsonElement window = figures.GetProperty("window");
        Assert.Equal(
            20 * window.GetProperty("sample_instructions").GetInt64() + window.GetProperty("feature_instructions").GetInt64()
                + figures.GetProperty("instructions").GetInt64(),
            figures.GetProperty("window_instructions").GetInt64());
    }

    [Theory]
    [InlineData("--channels names no column", "--channels", " ")]
    [InlineData("--channels names no column", "--channels", ",")]
    [InlineData("no column is left as a channel. The columns are", "--drop", "x,y")]
    public void Recordings_without_a_channel_are_refused(string message, params string[] options)
    {
        string data = Recordings();
        InProcess.Run(["data", data, "--group", "file", .. options]).FailedWith(2, message);
        InProcess.Run(["train", data, "--group", "file", "--window", "40", "--out", At("m.tiny"), .. options]).FailedWith(2, message);
    }

    [Fact]
    public void A_folder_of_files_with_a_clock_and_the_label_in_their_names()
    {
        Directory.CreateDirectory(At("moves"));
        string Moves(int every) => string.Concat(Enumerable.Range(0, 60)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{every * i},{Math.Sin(0.3 * i):0.000}\n")));
        for (int i = 0; i < 8; i++)
        {
            string rows = i % 2 == 0 ? Moves(20) : Moves(20).Replace("0.", "2.");
            Write($"moves/{(i % 2 == 0 ? "low" : "high")}_{i}.csv", $"millis,x\n{rows}\n{rows}");
        }

        string[] folder = [At("moves"), "--label-from", "{label}_*.csv"];
        ProcessResult shown = InProcess.Run(["data", .. folder, "--window", "20"]);
        Assert.Contains("16 recordings, 960 samples of 1 channel", shown.Output);
        Assert.Contains("channels x; 50 samples a second by the clock \"millis\"", shown.Errors);
        string model = At("m.tiny");
        ProcessResult train = InProcess.Run(
            ["train", .. folder, "--window", "20", "--features", "mean,3Hz", "--test-every", "4", "--epochs", "50", "--out", model]);
        Assert.True(train.ExitCode == 0, train.Errors);
        Assert.Contains("test      accuracy 1.0000", train.Output);
        Assert.Equal(1, InProcess.Run(["eval", model, .. folder, "--test-every", "4", "--json"]).Json.GetProperty("accuracy").GetDouble());
        Assert.Equal(80, InProcess.Run("predict", model, At("moves"), "--json").Json.GetProperty("rows").GetInt32());

        // What the device would refuse at its sensor's rate, every command refuses.
        string faster = Write("low_9.csv", "millis,x\n" + Moves(10));
        string[] words = ["has 100 samples a second by its clock \"millis\", but the model was trained on 50"];
        InProcess.Run("eval", model, faster, "--label-from", "{label}_*.csv").FailedWith(1, words);
        InProcess.Run("validate", model, faster).FailedWith(1, words);
        Assert.Contains(words[0], InProcess.Run("predict", model, faster).Errors);
        InProcess.Run(["train", .. folder, "--window", "20", "--rate", "100", "--out", At("n.tiny")])
            .FailedWith(1, "has 50 samples a second by its clock \"millis\", but --rate says 100");
        InProcess.Run(["train", .. folder, "--window", "20", "--test", faster, "--out", At("n.tiny")])
            .FailedWith(1, "but those to train on have 50");
        InProcess.Run("data", faster, "--label-from", "{label}_*.csv", "--rate", "50").FailedWith(1, "--rate says 50");
    }

    [Fact]
    public void Recordings_between_blank_lines_are_shown_without_a_label_and_with_what_cannot_be_read()
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 7},{i % 3},1\n"));
        string data = Write("punch.csv", "aX,aY,aZ\n" + rows + "\n" + rows + "\n" + rows + "4,5");
        ProcessResult shown = InProcess.Run("data", data, "--group", "blank-lines", "--window", "10");
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("3 recordings, 90 samples of 3 channels", shown.Output);
        Assert.Contains("(no label)", shown.Output);
        Assert.Contains("1 row that cannot be read", shown.Errors);
        InProcess.Run("train", data, "--window", "10", "--out", At("m.tiny")).FailedWith(2, "which column is the label?", "--label-from");
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        string data = Recordings();
        string model = At("m.tiny");
        string[] Train(params string[] options) => ["train", data, "--out", model, .. options];
        InProcess.Run(Train("--group", "file")).FailedWith(2, "--window 200");
        InProcess.Run(Train("--window", "40", "--features", "means")).FailedWith(2, "means is unknown", "Did you mean mean?");
        InProcess.Run(Train("--window", "40", "--features", "5Hz")).FailedWith(2, "--rate");
        InProcess.Run(Train("--window", "40", "--features", "60Hz", "--rate", "100"))
            .FailedWith(2, "60Hz: a band's frequency must be between 0 and half the rate, 50 Hz");
        InProcess.Run(Train("--window", "40", "--features", "5Hz,5.0Hz", "--rate", "100")).FailedWith(2, "5.0Hz is named twice");
        InProcess.Run(Train("--window", "40", "--features", ",")).FailedWith(2, "there is none");
        InProcess.Run(Train("--window", "40", "--hop", "41")).FailedWith(2, "--hop 41");
        InProcess.Run(Train("--window", "1")).FailedWith(2, "--window 1");
        InProcess.Run(Train("--window", "40", "--label-from", "*.csv")).FailedWith(2, "{label} where the label stands");
        InProcess.Run(Train("--window", "40", "--inputs", "x")).FailedWith(2, "--inputs is for tables");
        InProcess.Run(Train("--window", "200")).FailedWith(1, "the longest of 16 recordings has 120 samples");
        InProcess.Run(Train("--window", "40", "--rate", "-1")).FailedWith(2, "--rate -1");
        InProcess.Run(Train("--window", "40", "--group", "nofile")).FailedWith(2, "there is no such column");
        InProcess.Run(Train("--window", "40", "--test-last", "40")).FailedWith(2, "40 of 16");
        HoldsOnly("recordings.csv");
    }

    [Fact]
    public void Labels_beside_the_recordings_of_a_folder_are_what_is_trained_on_and_evaluated()
    {
        string folder = At("recorded");
        Directory.CreateDirectory(folder);
        Random random = new(3);
        StringBuilder labels = new("recording,from,to,label\n");
        for (int recording = 0; recording < 4; recording++)
        {
            // Rest, movement, rest: the file itself calls all of it a take.
            IEnumerable<string> rows = Enumerable.Range(0, 300).Select(i =>
                string.Create(CultureInfo.InvariantCulture,
                $"r{recording},take,{i},{20 * i},{(i is >= 100 and < 200 ? 500 * Math.Sin(i) : 0) + random.Next(20):0},{random.Next(20)}"));
            File.WriteAllLines(Path.Combine(folder, $"r{recording}.csv"), ["file,label,i,ms,x,y", .. rows]);
            labels.Append(CultureInfo.InvariantCulture, $"r{recording}/r{recording},0,95,rest\nr{recording}/r{recording},105,195,shake\n");
        }

        File.WriteAllText(Path.Combine(folder, "labels.csv"), labels.ToString());
        ProcessResult shown = InProcess.Run("data", folder, "--window", "20", "--hop", "10", "--json");
        Assert.Equal((4, 380, 32), (Figure("rest", "recordings"), Figure("rest", "samples"), Figure("shake", "windows")));
        ProcessResult train = InProcess.Run("train", folder, "--window", "20", "--hop", "10", "--test-every", "4", "--out", At("m.tiny"));
        Assert.True(train.ExitCode == 0, train.Errors);
        Assert.Contains("2 classes", train.Errors);
        ProcessResult eval = InProcess.Run("eval", At("m.tiny"), folder, "--json");
        Assert.True(eval.ExitCode == 0, eval.Errors);
        Assert.InRange(eval.Json.GetProperty("accuracy").GetDouble(), 0.9, 1);

        // tiny predict answers all windows, labeled or not.
        ProcessResult predicted = InProcess.Run("predict", At("m.tiny"), folder);
        Assert.Equal(1 + 4 * 29, predicted.Output.TrimEnd().Split('\n').Length);

        File.WriteAllText(Path.Combine(folder, "labels.csv"), "recording,from,to,label\nr0/r0,9,3,x\n");
        InProcess.Run("train", folder, "--window", "20", "--out", At("n.tiny")).FailedWith(1, "labels.csv, line 2");

        int Figure(string name, string figure) => shown.Json.GetProperty("classes").GetProperty(name).GetProperty(figure).GetInt32();
    }
}
