using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tiny.Cli.Tests;

/// <summary>Streams through every command that takes models of recordings.</summary>
public sealed class StreamTests : WorkFolder
{
    private static readonly string[] Signal = ["--group", "file", "--label", "label", "--channels", "x,y", "--rate", "50"];

    [Fact]
    public void From_recordings_to_a_stream_of_recurrent_units()
    {
        string data = Recordings();
        string model = At("s.tiny");
        string page = At("s.html");
        ProcessResult train = InProcess.Run(
            [.. new[] { "train", data }, .. Signal, "--window", "24", "--hop", "6", "--layers", "gru:6", "--epochs", "60", "--stream",
                "--background", "calm", "--test-every", "3", "--out", model, "--report", page]);
        Assert.True(train.ExitCode == 0, train.Errors);
        Assert.Contains("an answer with every sample, without delay, with the bits of the window's for the first window behind a reset; "
            + "the first after 24 samples", train.Output);
        Assert.Contains("events", train.Output);
        Assert.Contains("As a stream, sample by sample", File.ReadAllText(page));

        JsonElement eval = InProcess.Run("eval", model, data, "--background", "calm", "--json").Json;
        Assert.InRange(eval.GetProperty("accuracy").GetDouble(), 0.9, 1.0);
        Assert.Equal(8 * 60, eval.GetProperty("samples").GetInt32());
        Assert.Equal(8 * (60 - 23), eval.GetProperty("rows").GetInt32());
        Assert.Equal(4, eval.GetProperty("events").GetInt32());
        Assert.InRange(eval.GetProperty("events_told").GetInt32(), 3, 4);
        Assert.InRange(eval.GetProperty("latency_samples_median").GetDouble(), 24, 40);
        Assert.Contains("actual", InProcess.Run("eval", model, data, "--background", "calm").Output);

        JsonElement valid = InProcess.Run("validate", model, data, "--board", "rp2040", "--json").Json;
        Assert.Equal((24 * 60, 24 * 60), (valid.GetProperty("rows").GetInt32(), valid.GetProperty("bit_equal").GetInt32()));

        string info = InProcess.Run("info", model, "--board", "esp32").Output;
        Assert.Contains("a stream of x, y at 50 Hz, 1 sample at a time; trained on windows of 24", info);
        Assert.Contains("largest rate", info);
        Assert.Contains("  stm32f091 ", info);
        JsonElement stream = InProcess.Run("info", model, "--board", "esp32", "--json").Json.GetProperty("stream");
        Assert.InRange(stream.GetProperty("sample_instructions").GetInt64(), 50_000, 400_000);
        Assert.InRange(stream.GetProperty("largest_rate").GetDouble(), 100, 1000);

        Assert.Equal(24 * 60 + 1, InProcess.Run("predict", model, data).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        ProcessResult report = InProcess.Run("report", model, data, "--background", "calm", "--out", page);
        Assert.True(report.ExitCode == 0, report.Errors);
        Assert.Contains("What the stream costs each board", File.ReadAllText(page));
    }

    [Fact]
    public void A_stream_of_convolutions_answers_for_one_recording_as_its_windows_do()
    {
        string data = Recordings();
        string[] run = [.. new[] { "train", data }, .. Signal, "--window", "24", "--hop", "6", "--stream", "--epochs", "3", "--json"];
        JsonElement told = InProcess.Run([.. run, "--layers", "conv:4:5:2,gap", "--out", At("s.tiny")]).Json.GetProperty("stream");
        Assert.Equal(("every-window", 2, 0),
            (told.GetProperty("bits").GetString(), told.GetProperty("block").GetInt32(), told.GetProperty("delay").GetInt32()));
        Assert.InRange(told.GetProperty("recordings").GetProperty("accuracy").GetDouble(), 0.3, 1.0);
        Assert.Equal(0, InProcess.Run("validate", At("s.tiny"), data, "--board", "stm32f091").ExitCode);
        Assert.Contains("if the sensor keeps 2", InProcess.Run("info", At("s.tiny")).Output);
        Assert.Equal("none", InProcess.Run([.. run, "--layers", "conv:4:5:2:same,gap", "--out", At("e.tiny")]).Json.GetProperty("stream")
            .GetProperty("bits").GetString());
    }

    /// <summary>Within a recording the signal goes on where the label changes, and latency counts from there.</summary>
    [Fact]
    public void Events_of_a_signal_that_goes_on_are_counted_from_their_onset()
    {
        string data = Recordings();
        Assert.Equal(0, InProcess.Run([.. new[] { "train", data }, .. Signal, "--window", "24", "--hop", "6", "--layers", "gru:6",
            "--epochs", "60", "--stream", "--out", At("s.tiny")]).ExitCode);
        string whole = Write("day.csv",
            "file,label,i,x,y\n" + string.Concat(Lines().Select((line, i) => $"day,{line.Label},{i},{line.Values}\n")));
        JsonElement figures = InProcess.Run("eval", At("s.tiny"), whole, "--background", "calm", "--json").Json;
        Assert.Equal(24 * 60 - 23, figures.GetProperty("rows").GetInt32()); // one warm-up in all
        Assert.Equal(12, figures.GetProperty("events").GetInt32());
        Assert.InRange(figures.GetProperty("events_told").GetInt32(), 9, 12);
        Assert.InRange(figures.GetProperty("latency_samples_median").GetDouble(), 1, 36);
        Assert.InRange(figures.GetProperty("events_false_per_hour").GetDouble(), 0, 3600 * 50.0 / (24 * 60) * 6);
    }

    /// <summary>
    /// A change of the label leaves the stream as it is; samples that no stretch labels break it, and it warms up anew behind them.
    /// </summary>
    [Fact]
    public void Samples_that_no_stretch_labels_break_the_stream_and_a_change_of_label_does_not()
    {
        string folder = Directory.CreateDirectory(At("days")).FullName;
        string[] lines = [.. Lines().Select(line => line.Values)];
        StringBuilder labels = new("recording,from,to,label\n");
        for (int day = 0; day < 8; day++)
        {
            // Calm, fast, calm: the first ten samples of what is fast have no label in every other recording.
            IEnumerable<string> rows = Enumerable.Range(0, 180)
                .Select(i => $"d{day},{i},{20 * i},{lines[(180 * day + i + (day % 2) * 60) % lines.Length]}");
            File.WriteAllLines(Path.Combine(folder, $"d{day}.csv"), ["file,i,ms,x,y", .. rows]);
            labels.Append(CultureInfo.InvariantCulture,
                $"d{day}/d{day},0,60,calm\nd{day}/d{day},{(day % 2 == 0 ? 60 : 70)},120,fast\nd{day}/d{day},120,180,calm\n");
        }

        File.WriteAllText(Path.Combine(folder, "labels.csv"), labels.ToString());
        ProcessResult train = InProcess.Run(
            "train", folder, "--window", "24", "--hop", "6", "--layers", "gru:6", "--epochs", "40", "--stream", "--test-every", "4",
                "--background", "calm", "--out", At("s.tiny"), "--json");
        Assert.True(train.ExitCode == 0, train.Errors);
        JsonElement tried = train.Json.GetProperty("stream").GetProperty("recordings");
        JsonElement all = InProcess.Run("eval", At("s.tiny"), folder, "--background", "calm", "--json").Json;
        const int whole = 180 - 23;
        const int broken = (60 - 23) + (110 - 23);
        Assert.Equal((4 * 180 + 4 * 170, 4 * whole + 4 * broken),
            (all.GetProperty("samples").GetInt32(), all.GetProperty("rows").GetInt32()));
        Assert.Equal(8, all.GetProperty("events").GetInt32());
        Assert.Equal(2 * 170, tried.GetProperty("samples").GetInt32());
        Assert.InRange(all.GetProperty("accuracy").GetDouble(), 0.7, 1);
    }

    [Fact]
    public void What_does_not_stream_is_refused_with_what_to_do()
    {
        string data = Recordings();
        Told(2, "--stream is for recordings", "train", TinyProcess.Gestures, "--stream", "--out", At("m.tiny"));
        Told(2, "features are of whole windows",
            [.. new[] { "train", data }, .. Signal, "--window", "24", "--features", "mean", "--stream", "--out", At("m.tiny")]);
        Told(2, "--background goes with --stream",
            [.. new[] { "train", data }, .. Signal, "--window", "24", "--background", "calm", "--out", At("m.tiny")]);
        Assert.Equal(0, InProcess.Run([.. new[] { "train", data }, .. Signal, "--window", "24", "--layers", "gru:3", "--epochs", "1",
            "--stream", "--out", At("s.tiny")]).ExitCode);
        Told(1, "is a stream", "quantize", At("s.tiny"), "--data", data, "--out", At("q.tiny"));
        Told(1, "is a stream", "export", At("s.tiny"), "--format", "csharp", "--out", At("x"));
        Told(1, "is a stream", "export", At("s.tiny"), "--format", "onnx", "--out", At("x"));
        Told(2, "the model's classes are calm, fast", "eval", At("s.tiny"), data, "--background", "slow");
    }

    private static void Told(int code, string words, params string[] arguments)
    {
        ProcessResult result = InProcess.Run(arguments);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(words, result.Errors);
    }

    /// <summary>Two classes told apart by their frequency, twelve recordings each, of 60 samples of two channels.</summary>
    private string Recordings() => Write("recordings.csv",
        "file,label,i,x,y\n" + string.Concat(Lines().Select((line, i) => $"r{i / 60},{line.Label},{i % 60},{line.Values}\n")));

    private static IEnumerable<(string Label, string Values)> Lines()
    {
        Random random = new(1);
        for (int i = 0; i < 24 * 60; i++)
        {
            bool fast = i / 60 % 2 == 1;
            double phase = (fast ? 0.9 : 0.15) * i;
            StringBuilder values = new();
            values.Append(CultureInfo.InvariantCulture,
                $"{1000 * Math.Sin(phase) + random.Next(50):0},{1000 * Math.Cos(phase) + random.Next(50):0}");
            yield return (fast ? "fast" : "calm", values.ToString());
        }
    }
}
