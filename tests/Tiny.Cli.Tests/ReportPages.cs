using System.Globalization;
using System.Text;

namespace Tiny.Cli.Tests;

/// <summary>
/// Reports of models that are hard to lay out, made once: with long names, of pictures, of windows of recordings, of a stream when it is
/// trained and afterwards, of a detector of anomalies.
/// </summary>
public sealed class ReportPages : WorkFolder
{
    private static readonly string[] LongNames =
    [
        "walking upstairs slowly with a heavy bag in the left hand and none in the right",
        "walking upstairs slowly with a heavy bag in the other hand and none in the right",
        "standing_still_without_any_movement_that_the_sensor_could_possibly_have_measured_in_time",
        "階段をゆっくり上る階段をゆっくり上る階段をゆっくり上る階段をゆっくり上る",
        "e <b>",
    ];

    private const string StreamData = "recordings of a stream under a name that goes on and on.csv";

    public ReportPages()
    {
        All = [OfLongNames(), OfPictures(), OfWindows(), OfStream(), OfStreamAlone(), OfAnomalies()];
    }

    internal IReadOnlyList<string> All { get; }

    internal string LongNamed => All[0];

    internal string Windows => All[2];

    /// <summary>The data of <see cref="Windows"/>.</summary>
    internal string Recordings => At("w.csv");

    private string OfLongNames()
    {
        Random random = new(4);
        StringBuilder text = new(
            "acceleration along the first axis of the sensor in the left hand in meters per second "
                + "squared,加速度センサーの第二軸の値加速度センサーの第二軸の値,activity\n");
        for (int i = 0; i < 200; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{i % 5 + 2 * random.NextDouble():0.000},{1e-9 * random.NextDouble():R},{LongNames[i % 5]}\n");
        }

        return Report(Write("a long name of a file of measurements that nobody would want to type.csv", text.ToString()), "five",
            "--epochs", "20", "--patience", "20");
    }

    private string OfPictures()
    {
        Random random = new(4);
        StringBuilder text = new();
        for (int i = 0; i < 60; i++)
        {
            text.AppendJoin(',', Enumerable.Range(0, 784).Select(pixel => pixel / 28 < 14 == (i % 2 == 0) ? random.Next(256) : 0))
                .Append(CultureInfo.InvariantCulture, $",{i % 3}\n");
        }

        return Report(Write("p.csv", text.ToString()), "pictures", "--no-header", "--epochs", "2", "--layers", "4");
    }

    /// <summary>Recordings of 100 samples, windows of 20.</summary>
    private string OfWindows()
    {
        StringBuilder text = new("recording,x,y,label\n");
        for (int i = 0; i < 800; i++)
        {
            int recording = i / 100;
            text.Append(CultureInfo.InvariantCulture,
                $"r{recording},{Math.Sin(i * (recording % 2 == 0 ? 0.2 : 0.9)):0.000},{i % 100 / 100.0:0.000},"
                    + $"{(recording % 2 == 0 ? "slow" : "fast")}\n");
        }

        return Report(
            Write("w.csv", text.ToString()), "windows", "--group", "recording", "--window", "20", "--hop", "10", "--rate", "50",
                "--features", "default,zcr", "--layers", "4", "--epochs", "1");
    }

    /// <summary>Recordings that pass from one movement to the next, 120 samples of two channels each.</summary>
    private string OfStream()
    {
        StringBuilder text = new($"file,label,{LongNames[2]},{LongNames[3]}\n");
        for (int i = 0; i < 1200; i++)
        {
            int movement = i / 60 % 2;
            double phase = i * (movement == 0 ? 0.15 : 0.9);
            text.Append(CultureInfo.InvariantCulture,
                $"r{i / 120},{LongNames[3 * movement]},{1000 * Math.Sin(phase):0},{900 * Math.Cos(phase) + i % 13:0}\n");
        }

        return Report(Write(StreamData, text.ToString()), "stream", "--group", "file", "--label", "label", "--channels",
            $"{LongNames[2]},{LongNames[3]}", "--rate", "50", "--window", "24", "--hop", "6", "--layers", "conv:4:5:2,gap",
            "--epochs", "10", "--stream", "--background", LongNames[0], "--test-every", "3");
    }

    private string OfStreamAlone()
    {
        ProcessResult report = InProcess.Run(
            "report", At("stream.tiny"), At(StreamData), "--background", LongNames[0], "--out", At("stream-alone.html"));
        Assert.True(report.ExitCode == 0, report.Errors);
        return At("stream-alone.html");
    }

    /// <summary>Two classes, of which one is normal; the other's scores are far above the threshold, or just above it.</summary>
    private string OfAnomalies()
    {
        Random random = new(6);
        StringBuilder text = new(
            "temperature of the bearing on the left side of the pump in degrees Celsius,電流の実効値,noise,state\n");
        for (int i = 0; i < 240; i++)
        {
            double off = i % 4 == 3 ? i % 8 == 3 ? 40 : 3 : 0;
            text.Append(CultureInfo.InvariantCulture,
                $"{40 + 2 * random.NextDouble() + off:0.00},{1 + 0.1 * random.NextDouble():0.000},{random.NextDouble():0.000},"
                    + $"{(off > 0 ? LongNames[0] : LongNames[3])}\n");
        }

        return Report(
            Write("pump.csv", text.ToString()), "pump", "--task", "anomaly", "--normal", LongNames[3], "--means", "2", "--test-every", "2");
    }

    private string Report(string data, string name, params string[] options)
    {
        ProcessResult train = InProcess.Run(["train", data, "--out", At($"{name}.tiny"), "--report", At($"{name}.html"), .. options]);
        Assert.True(train.ExitCode == 0, train.Errors);
        return At($"{name}.html");
    }
}
