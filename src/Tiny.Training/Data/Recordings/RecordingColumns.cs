using Tiny.Features;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Recordings;

/// <summary>Which columns of a CSV file of recordings, a row a sample, hold what.</summary>
/// <param name="Channels">Indices of the channels' columns, in the network's order.</param>
/// <param name="Label">Index of the label's column; -1 for none.</param>
/// <param name="Grouping">What keeps the recordings apart.</param>
/// <param name="Group">Index of the column that names the recording; -1 where none does.</param>
/// <seealso cref="RecordingSource"/>
public sealed record RecordingColumns(IReadOnlyList<int> Channels, int Label, RecordingGrouping Grouping, int Group)
{
    private const string UsualGroup = "file";
    private const string UsualLabel = "label";
    private const string BlankLines = "blank-lines";
    private const string LabelChanges = "label-changes";

    /// <summary>Columns that are neither, each with its reason.</summary>
    public IReadOnlyList<ColumnSetAside> SetAside { get; private init; } = [];

    /// <summary>Those of them that tell how samples follow each other.</summary>
    internal IReadOnlyList<WatchedColumn> Watched { get; private init; } = [];

    /// <summary>The columns to train on.</summary>
    /// <param name="source">The file.</param>
    /// <param name="options">How it is to be read.</param>
    /// <param name="channels">The channels that were named; null for all columns that are nothing else.</param>
    /// <param name="needsLabel">Whether there must be a label, in a column or in the file's name.</param>
    /// <exception cref="DataException">A column does not exist, or one is needed.</exception>
    public static RecordingColumns ForTraining(
        CsvSource source, CsvOptions options, IReadOnlyList<string>? channels, bool needsLabel = true)
    {
        CsvHeader header = source.Header;
        int label = FindLabel(source, options);
        if (label < 0 && needsLabel && options.LabelFrom is null)
        {
            throw NoLabel(header);
        }

        return Find(source, options, label, channels is null ? null : header.FindAll(channels, "--channels"));
    }

    /// <summary>Whether a file has the channels of a model: then it holds recordings for it, else a table of features.</summary>
    public static bool AreIn(CsvHeader header, FeatureDescription features) =>
        header.IsNamed && ChannelsOf(features).All(name => header.Names.Contains(name));

    /// <summary>
    /// The columns for a model. The label is the column named, that of the training, one called
    /// label, or the one whose first value is a class of the model's.
    /// </summary>
    /// <param name="source">The file.</param>
    /// <param name="options">How it is to be read.</param>
    /// <param name="features">What the model is made of.</param>
    /// <param name="needsLabel">Whether the label is wanted.</param>
    /// <param name="known">The columns that the model was trained on, where a record of the training tells.</param>
    /// <param name="labelMayLack">Whether it is no fault if there is no label.</param>
    /// <exception cref="DataException">A column does not exist, or one is needed.</exception>
    public static RecordingColumns ForModel(
        CsvSource source, CsvOptions options, FeatureDescription features, bool needsLabel, ModelColumns? known = null,
        bool labelMayLack = false)
    {
        CsvHeader header = source.Header;
        int[] channels = [.. ChannelsOf(features).Select(name => header.Find(name, "--channels"))];
        int label = needsLabel ? FindLabel(source, options, known) : -1;
        if (needsLabel && label < 0 && options.LabelFrom is null && !labelMayLack)
        {
            throw NoLabel(header);
        }

        return Find(source, options, label, channels);
    }

    /// <summary>The names of the channels.</summary>
    public IReadOnlyList<string> Names(CsvHeader header) => [.. Channels.Select(i => header.Names[i])];

    /// <summary>The column with a name, -1 for none; one of other case only if none is the same.</summary>
    public static int IndexOf(CsvHeader header, string name)
    {
        List<string> names = header.IsNamed ? [.. header.Names] : [];
        int exact = names.IndexOf(name);
        return exact >= 0 ? exact : names.FindIndex(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
    }

    private static SelectionException NoLabel(CsvHeader header) => new(
        $"{header.Path}: which column is the label? Name it with --label, or take it from the file's name with --label-from. The columns "
            + $"are {header.List(Enumerable.Range(0, header.Count))}.");

    private static int FindLabel(CsvSource source, CsvOptions options, ModelColumns? known = null)
    {
        if (options.LabelFrom is not null)
        {
            return options.Label is null ? -1 : throw new SelectionException(
                $"{source.Header.Path}: --label and --label-from exclude each other: give one of them.");
        }

        CsvHeader header = source.Header;
        int trained = known is null ? -1
            : header.IsNamed ? IndexOf(header, known.Label)
            : header.Count == known.Count ? known.LabelPosition : -1;
        int label = options.Label is not null
            ? header.Find(options.Label, "--label") : trained >= 0 ? trained : IndexOf(header, UsualLabel);
        return label < 0 && options.ClassNames is not null && source.Columns.Rows is [string[] first, ..]
            ? Array.FindIndex(first, options.ClassNames.Contains) : label;
    }

    private static IEnumerable<string> ChannelsOf(FeatureDescription features) =>
        Enumerable.Range(0, features.Signal.Channels).Select(features.Signal.GetName);

    private static RecordingColumns Find(CsvSource source, CsvOptions options, int label, int[]? named)
    {
        CsvHeader header = source.Header;
        (RecordingGrouping grouping, int group) = FindGroup(header, options, label);
        int[] dropped = header.FindAll(options.Drop, "--drop");
        Check(header, label, group, named, dropped);
        List<int> channels = [];
        List<ColumnSetAside> aside = [];
        List<WatchedColumn> watched = [];
        for (int column = 0; column < header.Count; column++)
        {
            if (column == label || column == group || dropped.Contains(column) || named?.Contains(column) == true)
            {
                continue;
            }

            if (WatchedColumn.Find(source.Columns, column, group, source.Dialect.Decimal) is WatchedColumn found)
            {
                watched.Add(found);
                aside.Add(new ColumnSetAside(column, header.Names[column], found.IsClock ? "is a clock" : "numbers the samples"));
            }
            else if (named is null && (WhyNone(source.Columns, column) ?? WhyLabel(header, column, options)) is string why)
            {
                aside.Add(new ColumnSetAside(column, header.Names[column], why));
            }
            else if (named is null)
            {
                CheckNumbers(source.Columns, column);
                channels.Add(column);
            }
        }

        IReadOnlyList<int> used = named ?? [.. channels];
        return used.Count > 0
            ? new RecordingColumns(used, label, grouping, group) { SetAside = aside, Watched = watched }
            : throw new SelectionException($"{header.Path}: no column is left as a channel. The columns are "
                + $"{header.List(Enumerable.Range(0, header.Count))}; name the channels with --channels.");
    }

    private static void CheckNumbers(TableColumns columns, int column)
    {
        if (columns.Kinds[column] == ColumnKind.Words)
        {
            string word = columns.Rows.Select(row => row[column]).First(value => value.Length > 0);
            throw new SelectionException(
                $"{columns.Header.Path}: column {SafeText.Quote(columns.Header.Names[column])} holds words, such as "
                    + $"{SafeText.Quote(word)}, and cannot be a channel. If it names the recording, say so with --group; else leave it out "
                    + "with --drop, or name the channels with --channels.");
        }
    }

    /// <summary>
    /// Why a column is no channel, by what its first rows hold. What numbers the rows of a table may be a channel: it was watched already.
    /// </summary>
    private static string? WhyNone(TableColumns columns, int column) => columns.Kinds[column] == ColumnKind.RowNumber
        ? null : columns.WhyNoInput(column);

    private static string? WhyLabel(CsvHeader header, int column, CsvOptions options) =>
        options.LabelFrom is not null && column == IndexOf(header, UsualLabel)
        ? "is a label, but the label is taken from the file's name" : null;

    private static (RecordingGrouping Grouping, int Group) FindGroup(CsvHeader header, CsvOptions options, int label)
    {
        int named = options.Group is BlankLines or LabelChanges ? IndexOf(header, options.Group) : -1;
        if (options.Group == LabelChanges && named < 0 && label < 0)
        {
            throw new SelectionException($"{header.Path}: --group {LabelChanges} needs a column with the label. Name it with --label.");
        }

        return options.Group switch
        {
            null => IndexOf(header, UsualGroup) is >= 0 and int usual
                ? (RecordingGrouping.Column, usual) : (RecordingGrouping.Automatic, -1),
            BlankLines when named < 0 => (RecordingGrouping.BlankLines, -1),
            LabelChanges when named < 0 => (RecordingGrouping.LabelChanges, -1),
            _ => (RecordingGrouping.Column, header.Find(options.Group, "--group")),
        };
    }

    private static void Check(CsvHeader header, int label, int group, int[]? channels, int[] dropped)
    {
        if (channels is not null && (channels.Contains(label) || channels.Contains(group)))
        {
            throw new SelectionException(
                $"{header.Path}: the columns of label and recording cannot be channels too; take them off --channels.");
        }

        if (label >= 0 && label == group)
        {
            throw new SelectionException(
                $"{header.Path}: \"{header.Names[label]}\" cannot be both the label and the recording's name. Where there is no column "
                    + $"for the recordings, use --group {LabelChanges}.");
        }

        int[] used = [.. channels ?? [], label, group];
        int wanted = Array.FindIndex(dropped, used.Contains);
        if (wanted >= 0)
        {
            throw new SelectionException(
                $"{header.Path}: column \"{header.Names[dropped[wanted]]}\" is needed and cannot be left out with --drop.");
        }
    }
}
