using Tiny.Cli.Options;
using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Report;

/// <summary>The samples of windows, read once more: what a model learns from are their features.</summary>
internal sealed class RecordingTraces
{
    private readonly HashSet<int> wanted;
    private readonly FeatureDescription features;
    private readonly Dictionary<int, RecordingTrace> found = [];
    private readonly List<(int Row, RecordingTrace Trace, List<float[]> Samples)> open = [];
    private readonly Queue<float[]> recent = new();
    private readonly string[] channels;
    private long samples; // of the current recording
    private int recording = -1;

    private RecordingTraces(FeatureDescription features, IEnumerable<int> rows)
    {
        this.features = features;
        wanted = [.. rows];
        channels = [.. Enumerable.Range(0, features.Signal.Channels).Select(features.Signal.GetName)];
    }

    private int Context => features.Window / 2;

    /// <summary>
    /// The number in the data set of each of so many rows that were taken evenly from those tried; null where those are not in memory.
    /// </summary>
    internal static int[]? Numbers(TrainingRows rows, int taken) =>
        rows.ToTest() is MemoryRows { Numbers: var numbers }
        ? [.. Enumerable.Range(0, taken).Select(i => numbers[(int)((long)i * numbers.Count / taken)])] : null;

    /// <summary>Finds the windows of rows.</summary>
    /// <param name="network">The model.</param>
    /// <param name="rows">The data.</param>
    /// <param name="numbers">The rows' numbers in the data set.</param>
    /// <returns>By those numbers; empty where the rows are no windows, or their file cannot be read again.</returns>
    internal static IReadOnlyDictionary<int, RecordingTrace> Find(Network network, TrainingRows rows, IReadOnlyCollection<int> numbers)
    {
        LoadedFile file = rows.TestData;
        if (network.Notes.FeatureBytes == 0 || file.File.Recordings.Count == 0 || file.Options is not CsvOptions options
            || numbers.Count == 0)
        {
            return new Dictionary<int, RecordingTrace>();
        }

        RecordingTraces traces = new(FeatureDescription.Of(network), numbers);
        try
        {
            using RecordingFiles files = RecordingFiles.Open(file.File.Path, options);
            using RecordingSource source =
                RecordingSource.ForModel(network, files, options, needsLabel: true, file.File.Reading.ToModelColumns());
            traces.Read(source);
        }
        catch (DataException)
        {
            // The data came through a pipe, or have changed since they were read: the report goes without traces.
            traces.found.Clear();
        }

        return traces.found;
    }

    private void Read(RecordingSource source)
    {
        WindowReader reader = new(source, features) { OnSample = sample => Add(source, sample) };
        float[] row = new float[features.Count];
        for (int number = 0; (found.Count < wanted.Count || open.Count > 0) && reader.Next(row); number++)
        {
            if (wanted.Contains(number))
            {
                Begin(number, source.Recordings[^1].Name);
            }
        }

        Close();
    }

    private void Add(RecordingSource source, float[] sample)
    {
        if (source.Recordings.Count != recording)
        {
            Close();
            recording = source.Recordings.Count;
            samples = 0;
            recent.Clear();
        }

        samples++;
        recent.Enqueue([.. sample]);
        if (recent.Count > features.Window + Context)
        {
            recent.Dequeue();
        }

        foreach ((_, _, List<float[]> kept) in open.Where(entry => entry.Samples.Count < entry.Trace.Before + features.Window + Context))
        {
            kept.Add([.. sample]);
        }
    }

    private void Begin(int row, string name)
    {
        List<float[]> kept = [.. recent];
        RecordingTrace trace = new(name, samples - features.Window, features.Window, kept.Count - features.Window, channels, kept);
        found[row] = trace;
        open.Add((row, trace, kept));
    }

    /// <summary>A recording has ended, and the traces of its windows with it.</summary>
    private void Close() => open.Clear();
}
