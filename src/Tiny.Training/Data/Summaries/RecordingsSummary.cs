using Tiny.Training.Data.Recordings;

namespace Tiny.Training.Data.Summaries;

/// <summary>What a file of recordings holds, looked at once from start to end.</summary>
/// <param name="Path">The file.</param>
/// <param name="Dropped">Samples with a missing value, which break a recording.</param>
/// <param name="Channels">How the channels' values lie.</param>
/// <param name="Recordings">The recordings.</param>
/// <param name="Classes">Each class with its recordings' number and samples, and the beginning of its first recording.</param>
/// <example>
/// <code>
/// CsvOptions options = new();
/// RecordingFiles files = RecordingFiles.Open("recordings", options);
/// RecordingsSummary summary = RecordingsSummary.Of(files, options, channelNames: null);
/// </code>
/// </example>
public sealed record RecordingsSummary(
    string Path,
    long Dropped,
    IReadOnlyList<ColumnSummary> Channels,
    IReadOnlyList<RecordingSummary> Recordings,
    IReadOnlyList<RecordingsSummary.ClassOfRecordings> Classes)
{
    private const int MostKept = 1000; // samples of a class's first recording

    /// <summary>The recordings of one class.</summary>
    /// <param name="Name">The class.</param>
    /// <param name="Recordings">How many recordings.</param>
    /// <param name="Samples">How many samples.</param>
    /// <param name="First">The beginning of the first recording: (channels)(samples).</param>
    /// <seealso cref="RecordingsSummary"/>
    public sealed record ClassOfRecordings(string Name, int Recordings, long Samples, float[][] First);

    /// <summary>How the recordings are parted and labeled.</summary>
    public required RecordingLayout Layout { get; init; }

    /// <summary>How the files were read.</summary>
    public required DataReading Reading { get; init; }

    /// <summary>Looks at recordings, in a file or a folder. A label is not needed.</summary>
    /// <param name="files">The files, which go when they have been read.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="channelNames">The channels; null for all columns that are nothing else.</param>
    /// <param name="rate">Samples a second that their clocks must agree with; 0 for any.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DataException">They cannot be read, are ragged, or hold no sample.</exception>
    public static RecordingsSummary Of(
        RecordingFiles files, CsvOptions options, IReadOnlyList<string>? channelNames, double rate = 0, CancellationToken cancel = default)
    {
        using RecordingSource source = new(files, file => RecordingColumns.ForTraining(file, options, channelNames, needsLabel: false));
        source.Expect(rate, "--rate says");
        IReadOnlyList<string> names = source.Layout.Channels;
        ColumnSummary[] channels = [.. names.Select(name => new ColumnSummary(name))];
        Dictionary<string, Beginning> firsts = [];
        float[] sample = new float[names.Count];
        while (source.Read(sample))
        {
            cancel.ThrowIfCancellationRequested();
            RecordingSummary recording = source.Recordings[^1];
            for (int i = 0; i < channels.Length; i++)
            {
                channels[i].Add(sample[i]);
            }

            firsts.TryAdd(source.Label, new Beginning(recording, [.. names.Select(_ => new List<float>())]));
            firsts[source.Label].Add(recording, sample);
        }

        if (source.Recordings.Count == 0)
        {
            throw new DataException($"{files.Path}: there is a header but no sample. Expected at least one row.");
        }

        ILookup<string, long> byClass = source.Recordings.SelectMany(recording => recording.ByLabel)
            .ToLookup(entry => entry.Key, entry => entry.Value);
        ClassOfRecordings[] classes =
        [
            .. LabelReader.Sorted(byClass.Select(group => group.Key))
                .Select(name => new ClassOfRecordings(
                name, byClass[name].Count(), byClass[name].Sum(), [.. firsts[name].Values.Select(values => values.ToArray())])),
        ];
        return new RecordingsSummary(
            files.Path, source.Reading.Dropped, channels, source.Recordings, classes)
        { Layout = source.Layout, Reading = source.Reading };
    }

    /// <summary>The beginning of a class's first recording, (channels)(samples).</summary>
    private sealed record Beginning(RecordingSummary Recording, List<float>[] Values)
    {
        internal void Add(RecordingSummary recording, float[] sample)
        {
            if (!ReferenceEquals(recording, Recording) || Values is [{ Count: MostKept }, ..])
            {
                return;
            }

            for (int i = 0; i < Values.Length; i++)
            {
                Values[i].Add(sample[i]);
            }
        }
    }
}
