namespace Tiny.Training.Data.Capture;

/// <summary>
/// Makes a recording of a device's bytes as they come; where the device was reset in between, one for each time
/// that it ran. Samples that come before the header wait for it, as it names the columns.
/// </summary>
/// <example>
/// <code>
/// using CaptureFile file = CaptureFile.Open("recordings.csv");
/// CaptureRecorder recorder = new(file, file.FreeName("walk"), "walk") { Most = 500 };
/// using Stream port = StandardHandle.OpenInput();
/// byte[] bytes = new byte[4096];
/// while (!recorder.IsDone &amp;&amp; port.Read(bytes) is int count and > 0)
/// {
///     recorder.Take(bytes.AsSpan(0, count));
/// }
///
/// recorder.Finish();
/// </code>
/// </example>
public sealed class CaptureRecorder
{
    // firmware-samples/05-Capture repeats its header every ten seconds.
    private const long LongestWait = 12_000; // milliseconds of the device's clock
    private const int MostHeld = 20_000; // samples

    private readonly CaptureFile file;
    private readonly string name;
    private readonly string label;
    private readonly IReadOnlyList<string>? named;
    private readonly List<(CaptureStep Step, CaptureSample Sample)> held = [];
    private readonly List<string> recordings = [];

    /// <summary>Records to a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The recording's name.</param>
    /// <param name="label">Its label.</param>
    /// <param name="channels">The channels' names; null for those in the device's header.</param>
    public CaptureRecorder(CaptureFile file, string name, string label, IReadOnlyList<string>? channels = null)
    {
        this.file = file;
        this.name = name;
        this.label = label;
        named = channels;
        Parser = new LineParser { OnHeader = Follow };
    }

    /// <summary>How many samples are recorded at most.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>What came, line by line.</summary>
    public LineParser Parser { get; }

    /// <summary>What the samples' numbers and times tell.</summary>
    public CaptureClock Clock { get; } = new();

    /// <summary>Samples recorded, those that wait for the header included.</summary>
    public long Samples { get; private set; }

    /// <summary>What the device says of the samples recorded; null if it has not.</summary>
    public CaptureHeader? Header { get; private set; }

    /// <summary>The channels' names; empty until the first recording has begun.</summary>
    public IReadOnlyList<string> Channels { get; private set; } = [];

    /// <summary>The recordings: one, and another one for each reset.</summary>
    public IReadOnlyList<string> Recordings => recordings;

    /// <summary>Whether the header did not come in time, so that the channels are called c0, c1, ...</summary>
    public bool LacksHeader { get; private set; }

    /// <summary>Why what comes now cannot be a part of the recording, in words; null while it can.</summary>
    public string? Ended { get; private set; }

    /// <summary>Whether as many samples are there as were wanted, or nothing more can be recorded.</summary>
    public bool IsDone => Samples >= Most || Ended is not null;

    /// <summary>Takes bytes and writes the samples that they complete.</summary>
    /// <param name="bytes">The bytes as they come, cut anywhere.</param>
    /// <exception cref="SelectionException">The device has another number of channels than were named.</exception>
    /// <exception cref="DataException">The file does not take them.</exception>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        Parser.Take(bytes, Add);
        file.Write();
    }

    /// <summary>No more will come: writes what still waits.</summary>
    /// <exception cref="DataException">The file does not take it.</exception>
    public void Finish()
    {
        Parser.Finish(Add);
        if (held.Count > 0)
        {
            Begin();
        }

        Flush();
    }

    /// <summary>Sees to it that what was written outlasts a power cut.</summary>
    /// <exception cref="DataException">The file cannot be written.</exception>
    public void Flush() => file.Flush();

    private void Follow(CaptureHeader next)
    {
        if (IsDone || Header?.IsLike(next) == true)
        {
            return;
        }

        int? width = held.Count > 0 ? held[0].Sample.Values.Count : Channels.Count > 0 ? Channels.Count : null;
        if (Header is not null && Samples > 0)
        {
            Ended = $"the device's header changed: it now sends {next.Describe()}, no longer {Header.Describe()}.";
        }
        else if (width is int before && before != next.Channels.Count)
        {
            Ended = $"the device's header changed: it now sends {next.Describe()}, no longer samples of {before} values.";
        }
        else
        {
            CheckWidth(next.Channels.Count, next.Describe());
            Header = next;
            if (held.Count > 0)
            {
                Begin();
            }
        }
    }

    private void Add(CaptureSample sample)
    {
        if (IsDone)
        {
            return;
        }

        if (Samples == 0)
        {
            CheckWidth(sample.Values.Count, $"{sample.Values.Count} values");
        }

        CaptureStep step = Clock.Add(sample);
        if (step == CaptureStep.Repeated)
        {
            return;
        }

        Samples++;
        held.Add((step, sample with { Number = Clock.Number, Milliseconds = Clock.Milliseconds }));
        if (recordings.Count > 0 || named is not null || Header is not null || HasWaited())
        {
            Begin();
        }
    }

    private bool HasWaited() => held.Count >= MostHeld || held[^1].Sample.Milliseconds - held[0].Sample.Milliseconds > LongestWait;

    private void CheckWidth(int width, string sent)
    {
        if (named is not null && named.Count != width)
        {
            throw new SelectionException(
                $"--channels names {named.Count} channels ({string.Join(", ", named)}), but the device sends {sent}.");
        }
    }

    /// <summary>Gives the file what was held; the first time the columns' names too.</summary>
    private void Begin()
    {
        if (recordings.Count == 0)
        {
            LacksHeader = named is null && Header is null;
            Channels = named ?? Header?.Channels ?? [.. held[0].Sample.Values.Select((_, i) => $"c{i}")];
            BeginRecording(name);
        }

        foreach ((CaptureStep step, CaptureSample sample) in held)
        {
            if (step == CaptureStep.Restarted)
            {
                BeginRecording(file.FreeName(name));
            }

            file.Add(sample);
        }

        held.Clear();
    }

    private void BeginRecording(string called)
    {
        file.Begin(called, label, Channels);
        recordings.Add(called);
    }
}
