using Tiny.Features;

namespace Tiny.Training.Data.Recordings;

/// <summary>Which columns of a CSV file of recordings, a row a sample, hold what.</summary>
/// <param name="Channels">Indices of the channels' columns, in the network's order.</param>
/// <param name="Group">Index of the column that names the recording; -1 where the file is one.</param>
/// <param name="Label">Index of the label's column; -1 for none.</param>
/// <param name="Number">Index of the column that numbers a recording's samples, by which a missing one is noticed; -1 for none.</param>
public sealed record RecordingColumns(IReadOnlyList<int> Channels, int Group, int Label, int Number)
{
    private const string UsualGroup = "file";
    private const string UsualLabel = "label";
    private const string UsualNumber = "i";

    // What loggers call a sample's number and time: never a channel unless named as one.
    private static readonly HashSet<string> Clocks = new(StringComparer.OrdinalIgnoreCase) { "i", "index", "n", "t", "ms", "us", "s", "time", "timestamp" };

    /// <summary>The columns to train on.</summary>
    /// <exception cref="DataException">A column does not exist, or one is needed.</exception>
    public static RecordingColumns ForTraining(CsvHeader header, CsvOptions options, IReadOnlyList<string>? channels)
    {
        int group = FindGroup(header, options);
        if (group < 0)
        {
            throw new SelectionException(
                $"{header.Path}: which column names the recording? Name it with --group, so that no recording is both trained and tested on. The columns are {string.Join(", ", header.Names)}.");
        }

        int label = options.Label is not null ? header.Find(options.Label, "--label") : IndexOf(header, UsualLabel);
        if (label < 0)
        {
            throw new SelectionException($"{header.Path}: which column is the label? Name it with --label. The columns are {string.Join(", ", header.Names)}.");
        }

        int[] found = channels is not null
            ? [.. channels.Select(name => header.Find(name, "--channels"))]
            : [.. Enumerable.Range(0, header.Count).Where(i => i != group && i != label && !Clocks.Contains(header.Names[i]))];
        return !found.Contains(label) && !found.Contains(group)
            ? new RecordingColumns(found, group, label, NumberBeside(header, found))
            : throw new SelectionException($"{header.Path}: the columns of label and recording cannot be channels too; take them off --channels.");
    }

    /// <summary>Whether a file has the channels of a model: then it holds recordings for it, else a table of features.</summary>
    public static bool AreIn(CsvHeader header, FeatureDescription features) =>
        header.IsNamed && Enumerable.Range(0, features.Signal.Channels).All(i => header.Names.Contains(features.Signal.GetName(i)));

    /// <summary>The columns for a model. Without a group the file is one recording; the label is the column that holds one of the model's classes.</summary>
    /// <exception cref="DataException">A column does not exist, or one is needed.</exception>
    public static RecordingColumns ForModel(CsvHeader header, CsvOptions options, FeatureDescription features, int label)
    {
        int[] channels = [.. Enumerable.Range(0, features.Signal.Channels).Select(i => header.Find(features.Signal.GetName(i), "--channels"))];
        return new RecordingColumns(channels, FindGroup(header, options), label, NumberBeside(header, channels));
    }

    /// <summary>The names of the channels.</summary>
    public IReadOnlyList<string> Names(CsvHeader header) => [.. Channels.Select(i => header.Names[i])];

    private static int NumberBeside(CsvHeader header, int[] channels)
    {
        int number = IndexOf(header, UsualNumber);
        return channels.Contains(number) ? -1 : number;
    }

    private static int FindGroup(CsvHeader header, CsvOptions options) =>
        options.Group is not null ? header.Find(options.Group, "--group") : IndexOf(header, UsualGroup);

    /// <summary>The column with a name, -1 for none.</summary>
    public static int IndexOf(CsvHeader header, string name) =>
        header.IsNamed ? header.Names.ToList().FindIndex(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)) : -1;
}
