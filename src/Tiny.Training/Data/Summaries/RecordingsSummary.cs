using Tiny.Training.Data.Recordings;

namespace Tiny.Training.Data.Summaries;

/// <summary>What a file of recordings holds, looked at once from start to end.</summary>
/// <param name="Path">The file.</param>
/// <param name="Dropped">Samples with a missing value, which break a recording.</param>
/// <param name="Channels">How the channels' values lie.</param>
/// <param name="Recordings">The recordings.</param>
/// <param name="Classes">Each class with its recordings' number and samples, and the beginning of its first recording.</param>
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
    public sealed record ClassOfRecordings(string Name, int Recordings, long Samples, float[][] First);

    /// <summary>Looks at a CSV file of recordings.</summary>
    /// <exception cref="DataException">It cannot be read, is ragged, or holds no sample.</exception>
    public static RecordingsSummary Of(DataFile file, CsvOptions options, IReadOnlyList<string>? channelNames, CancellationToken cancel = default)
    {
        string path = file.Path;
        using CsvSource source = new(file, options);
        RecordingColumns columns = RecordingColumns.ForTraining(source.Header, options, channelNames);
        IReadOnlyList<string> names = columns.Names(source.Header);
        ColumnSummary[] channels = [.. names.Select(name => new ColumnSummary(name))];
        Dictionary<string, (RecordingSummary Recording, List<float>[] Values)> firsts = [];
        WindowReader? reader = null;

        // Windows of two samples: all that is asked of them is to lead through the file.
        reader = new WindowReader(source, columns, new WindowOptions { Window = 2, Hop = 2 }.Describe(names))
        {
            OnSample = sample =>
            {
                cancel.ThrowIfCancellationRequested();
                RecordingSummary recording = reader!.Recordings[^1];
                firsts.TryAdd(recording.Label, (recording, [.. names.Select(_ => new List<float>())]));
                (RecordingSummary first, List<float>[] values) = firsts[recording.Label];
                for (int i = 0; i < channels.Length; i++)
                {
                    channels[i].Add(sample[i]);
                    if (ReferenceEquals(first, recording) && recording.Samples < MostKept)
                    {
                        values[i].Add(sample[i]);
                    }
                }
            },
        };
        float[] features = new float[5 * names.Count];
        while (reader.Next(features))
        {
        }

        if (reader.Recordings.Count == 0)
        {
            throw new DataException($"{path}: there is a header but no sample. Expected at least one row.");
        }

        ILookup<string, RecordingSummary> byClass = reader.Recordings.ToLookup(recording => recording.Label);
        return new RecordingsSummary(path, source.Dropped, channels, reader.Recordings,
        [
            .. LabelReader.Sorted(byClass.Select(group => group.Key))
                .Select(name => new ClassOfRecordings(name, byClass[name].Count(), byClass[name].Sum(r => r.Samples), [.. firsts[name].Values.Select(values => values.ToArray())])),
        ]);
    }
}
