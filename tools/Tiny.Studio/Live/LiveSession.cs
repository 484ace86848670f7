using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Studio.Folders;
using Tiny.Training;
using Tiny.Training.Data.Capture;
using Tiny.Training.Files;

namespace Tiny.Studio.Live;

/// <summary>
/// A sensor that is listened to: its bytes go through the parser of tiny capture, on to the windows as traces, through a model if one is
/// tried, and while a take runs into a file by the recorder of tiny capture. One thread does all of it, so that nothing waits for a window.
/// </summary>
internal sealed class LiveSession : IDisposable
{
    private const int MostBytes = 1 << 14;
    private const double StatusEach = 0.25;  // seconds
    private const double TraceEach = 0.03;   // seconds
    private const double FlushEach = 1;      // seconds

    private readonly LiveHub hub;
    private readonly Workspace workspace;
    private readonly Stream stream;
    private readonly Thread thread;
    private readonly Lock sync = new();
    private readonly LineParser parser;
    private readonly CaptureClock clock = new();
    private readonly TraceBatch batch = new();
    private readonly byte[] line = new byte[1 << 16]; // what has come of a line without its end
    private byte[] headerLine = [];
    private int length;
    private volatile bool stopped;
    private LiveTake? take;
    private LiveAnswers? answers;

    /// <summary>Begins to listen.</summary>
    /// <param name="source">What is listened to, in words.</param>
    /// <param name="command">The command that would record from it.</param>
    /// <param name="stream">Its bytes; a read that gives none is silence.</param>
    /// <param name="hub">The windows.</param>
    /// <param name="workspace">The folder.</param>
    internal LiveSession(string source, string command, Stream stream, LiveHub hub, Workspace workspace)
    {
        Source = source;
        Command = command;
        this.stream = stream;
        this.hub = hub;
        this.workspace = workspace;
        parser = new LineParser();
        thread = new Thread(Listen) { IsBackground = true, Name = "sensor" };
        thread.Start();
    }

    /// <summary>What is listened to, in words.</summary>
    internal string Source { get; }

    /// <summary>The source as tiny capture would be told it.</summary>
    internal string Command { get; }

    /// <summary>Told when a recording has been made: its file's name and who wore the sensor.</summary>
    internal Action<string, TakePlan>? Recorded { get; init; }

    /// <summary>Whether nothing is listened to any more, such as after the port was unplugged.</summary>
    internal bool HasEnded => stopped;

    /// <summary>What the device says of its samples; null until it has.</summary>
    internal CaptureHeader? Header => parser.Header;

    /// <summary>Begins takes; those that run are ended.</summary>
    internal void Begin(TakePlan plan)
    {
        using Lock.Scope alone = sync.EnterScope();
        End();
        take = new LiveTake(plan, workspace);
        hub.Say("take", take.ToJson());
    }

    /// <summary>Ends the takes; what was recorded is kept.</summary>
    internal void EndTakes()
    {
        using Lock.Scope alone = sync.EnterScope();
        End();
    }

    /// <summary>Tries a model on what comes; null for none.</summary>
    internal void Try(LiveAnswers? model)
    {
        using Lock.Scope alone = sync.EnterScope();
        answers = model;
    }

    /// <summary>How the sensor does.</summary>
    internal JsonObject Status()
    {
        using Lock.Scope alone = sync.EnterScope();
        return new JsonObject
        {
            ["source"] = Source,
            ["samples"] = parser.Samples,
            ["rate"] = Math.Round(clock.Rate, 2),
            ["jitter"] = Math.Round(clock.Jitter, 3),
            ["longest"] = clock.LongestInterval,
            ["lost"] = clock.Lost,
            ["channels"] = parser.Header is CaptureHeader header
                ? new JsonArray([.. header.Channels.Select(name => JsonValue.Create(name))]) : null,
            ["nominal"] = parser.Header?.Rate,
            ["skipped"] = hub.SkippedTraces,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopped = true;
        stream.Dispose();
        if (Thread.CurrentThread != thread)
        {
            thread.Join(TimeSpan.FromSeconds(2));
        }

        EndTakes();
        hub.Say("disconnected", new JsonObject());
    }

    private void Listen()
    {
        byte[] buffer = new byte[MostBytes];
        Stopwatch watch = Stopwatch.StartNew();
        double nextStatus = 0;
        double nextTrace = 0;
        double nextFlush = 0;
        try
        {
            while (!stopped)
            {
                int count = stream.Read(buffer);
                using Lock.Scope alone = sync.EnterScope();
                Take(buffer.AsSpan(0, count));
                Follow(watch.Elapsed.TotalSeconds);
                if (watch.Elapsed.TotalSeconds > nextTrace && batch.ToBytes() is byte[] traces)
                {
                    nextTrace = watch.Elapsed.TotalSeconds + TraceEach;
                    hub.Trace(traces);
                }

                if (watch.Elapsed.TotalSeconds > nextStatus)
                {
                    nextStatus = watch.Elapsed.TotalSeconds + StatusEach;
                    hub.Say("status", Status());
                }

                if (watch.Elapsed.TotalSeconds > nextFlush)
                {
                    nextFlush = watch.Elapsed.TotalSeconds + FlushEach;
                    take?.Flush();
                }
            }
        }
        catch (Exception error) when (error is TinyException || FileFault.Is(error) || error is ObjectDisposedException)
        {
            if (!stopped)
            {
                Break(error.Message.TrimEnd('.'));
            }
        }
    }

    /// <summary>Ends what the sensor has broken off; what was recorded is whole up to its last line.</summary>
    private void Break(string why)
    {
        stopped = true;
        bool isRecording = take is not null;
        EndTakes();
        stream.Dispose();
        string kept = isRecording ? "The take has ended; what had come is kept, up to its last whole line." : "Nothing was being recorded.";
        hub.Say("fault", new JsonObject { ["message"] = $"{Source}: {why}. The sensor is disconnected. {kept}" });
        hub.Say("disconnected", new JsonObject());
    }

    /// <summary>
    /// Takes bytes up to the last end of a line; the recorder is given whole lines, so that a take begins and ends between two.
    /// </summary>
    private void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (length < line.Length)
            {
                line[length++] = value;
            }

            if (value == (byte)'\n' || length == line.Length)
            {
                TakeLine(line.AsSpan(0, length));
                length = 0;
            }
        }
    }

    private void TakeLine(ReadOnlySpan<byte> whole)
    {
        if (whole.StartsWith("#tiny "u8))
        {
            headerLine = whole.ToArray();
        }

        parser.Take(whole, OnSample);
        take?.Give(whole, headerLine);
    }

    private void OnSample(CaptureSample sample)
    {
        if (clock.Add(sample) == CaptureStep.Repeated)
        {
            return;
        }

        float[] values = [.. sample.Values.Select(value => float.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture))];
        batch.Add(parser.Samples - 1, values);
        if (answers?.Add(values, clock.Lost) is JsonObject answer)
        {
            hub.Say("answer", answer);
        }
    }

    private void Follow(double now)
    {
        if (take is null)
        {
            return;
        }

        if (take.Follow(now, parser.Header?.Rate ?? 0))
        {
            Tell();
        }

        if (take.IsOver)
        {
            take = null;
        }
    }

    private void Tell()
    {
        hub.Say("take", take!.ToJson());
        if (take.JustRecorded is string file)
        {
            Recorded?.Invoke(file, take.Plan);
        }
    }

    private void End()
    {
        if (take is null)
        {
            return;
        }

        take.End();
        Tell();
        take = null;
    }
}
