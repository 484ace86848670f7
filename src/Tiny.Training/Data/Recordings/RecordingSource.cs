using System.Globalization;
using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Data.Columns;

namespace Tiny.Training.Data.Recordings;

/// <summary>
/// Reads the samples of recordings, from one file or from those of a folder, and tells where one begins and where samples are missing.
/// </summary>
/// <example>
/// <code>
/// CsvOptions options = new();
/// RecordingFiles files = RecordingFiles.Open("recordings", options);
/// using RecordingSource source = new(files, file => RecordingColumns.ForTraining(file, options, channels: null));
/// float[] values = new float[source.Columns.Channels.Count];
/// while (source.Read(values))
/// {
///     Console.WriteLine($"{source.Label}: {values[0]}");
/// }
/// </code>
/// </example>
public sealed class RecordingSource : IDisposable
{
    private readonly RecordingFiles files;
    private readonly Func<CsvSource, RecordingColumns> find;
    private readonly HashSet<string> seen = [];
    private readonly List<RecordingSummary> recordings = [];
    private CsvSource source;
    private RecordingColumns columns;
    private ColumnSelection selection;
    private string group = "";
    private int recordingsOfFile;
    private long rowsBefore;
    private double expectedRate; // 0 for any
    private string rateSays = "";
    private Func<CsvSource, LabelRules>? labelRules;
    private DataReading? readingBefore; // of the files before
    private StretchLabels? stretches;
    private long rowsAtBegin; // of the file before the current recording
    private string ownLabel = "";
    private bool leftOut; // samples before the current one that no stretch labels
    private bool ended;

    /// <summary>Begins to read.</summary>
    /// <param name="files">The files; they go when this does.</param>
    /// <param name="find">Finds the columns of each.</param>
    /// <exception cref="DataException">The first cannot be read, or its columns are not those that are needed.</exception>
    public RecordingSource(RecordingFiles files, Func<CsvSource, RecordingColumns> find)
    {
        this.files = files;
        this.find = find;
        source = files.Next()!;
        try
        {
            columns = find(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }

        selection = new ColumnSelection(columns.Channels, columns.Label);
        Header = source.Header with { Path = files.Path };
        Columns = columns;
        Layout = RecordingLayout.Of(files, Header, columns);
        stretches = files.Stretches is null ? null : new StretchLabels(files.Stretches);
    }

    /// <summary>Begins to read recordings for a model, which must have its rate.</summary>
    /// <param name="model">The model.</param>
    /// <param name="files">The files; they go when this does.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="needsLabel">Whether the label is wanted.</param>
    /// <param name="known">The columns that the model was trained on, where a record of the training tells.</param>
    /// <exception cref="DataException">The model was not trained on recordings, or not on such.</exception>
    public static RecordingSource ForModel(
        Network model, RecordingFiles files, CsvOptions options, bool needsLabel, ModelColumns? known = null)
    {
        if (model.Notes.FeatureBytes == 0)
        {
            throw new DataException($"{files.Path}: the model was trained on a table, not on recordings. Pass a table with its columns.");
        }

        FeatureDescription features = FeatureDescription.Of(model);
        bool hasStretches = files.Stretches is not null;
        RecordingSource source = new(files, file => RecordingColumns.ForModel(file, options, features, needsLabel, known,
            labelMayLack: hasStretches))
        { HasStretches = needsLabel };
        if (features.Signal.Rate > 0)
        {
            source.Expect(features.Signal.Rate, "the model was trained on");
        }

        return source;
    }

    /// <summary>The columns' names, in the first file.</summary>
    public CsvHeader Header { get; }

    /// <summary>Which columns hold what, in the first file.</summary>
    public RecordingColumns Columns { get; }

    /// <summary>How the recordings were understood.</summary>
    public RecordingLayout Layout { get; }

    /// <summary>The label's name.</summary>
    public string LabelName => Columns.Label < 0 ? "label" : Header.Names[Columns.Label];

    /// <summary>The recordings so far; the last is that of the current sample.</summary>
    public IReadOnlyList<RecordingSummary> Recordings => recordings;

    /// <summary>The label of the current sample; "" without any.</summary>
    public string Label { get; private set; } = "";

    /// <summary>
    /// Whether samples before the current one are to be forgotten: it begins a recording, others
    /// are missing before it, or its label is another.
    /// </summary>
    public bool Breaks { get; private set; }

    /// <summary>
    /// Whether the signal itself breaks off before the current sample: as <see cref="Breaks"/>, but a change of
    /// the label, and a recording that is told by nothing else, leave a stream as it is.
    /// </summary>
    public bool BreaksSignal { get; private set; }

    /// <summary>The number of the current sample, counted from 0 over the rows of its recording, those left out included.</summary>
    public long Position => source.RowsRead - 1 - rowsAtBegin;

    /// <summary>
    /// Whether labels beside the recordings of a folder count, if there are any; else each recording has its own, and every sample is read.
    /// </summary>
    public bool HasStretches
    {
        init => stretches = value ? stretches : null;
    }

    /// <summary>The line of the current sample in its file, from 1.</summary>
    public int Line => source.Line;

    /// <summary>The file of the current sample.</summary>
    public string Path => source.Header.Path;

    /// <summary>How the files were read, as far as they are.</summary>
    public DataReading Reading
    {
        get
        {
            DataReading reading = DataReading.Of(source, columns.Channels, columns.Label) with
            {
                Path = files.Path,
                SetAside = Layout.SetAside,
                InputsOption = "--channels",
            };
            reading = reading with
            {
                Remarks = [Layout.Describe(), .. reading.Remarks, .. files.Remark is null
                ? Array.Empty<string>() : [files.Remark]]
            };
            reading = readingBefore is null ? reading : readingBefore with
            {
                Dropped = readingBefore.Dropped + reading.Dropped,
                LeftOut = readingBefore.LeftOut + reading.LeftOut,
                BadRows = readingBefore.BadRows + reading.BadRows,
                BadRowsShown = [.. readingBefore.BadRowsShown, .. reading.BadRowsShown],
            };
            return ended && stretches?.Remark() is string lost ? reading with { Remarks = [.. reading.Remarks, lost] } : reading;
        }
    }

    /// <summary>Rows read, those left out included.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Says what rate the recordings must have by their clocks, where they have any.</summary>
    /// <param name="rate">Samples a second; 0 where it is left to the clock: then all must have that of the first samples.</param>
    /// <param name="says">Who says so, such as "--rate says".</param>
    public void Expect(double rate, string says)
    {
        expectedRate = rate > 0 ? rate : Layout.Rate;
        rateSays = rate > 0 ? says : "the first samples have";
    }

    /// <summary>Says which labels are none.</summary>
    internal void Expect(LabelReader labels, CsvOptions options)
    {
        labelRules = file => new LabelRules(labels, file.Fields, options, file.Columns.Rows.Select(row => row[columns.Label]));
        SetLabelRules();
    }

    /// <summary>Reads the next sample.</summary>
    /// <param name="sample">(channels). Receives the sample, in the units of the file.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="DataException">A row cannot be used, a recording goes on after another,
    /// or a clock contradicts the rate.</exception>
    public bool Read(float[] sample)
    {
        while (true)
        {
            string label;
            while (!source.ReadRow(selection, sample, out label))
            {
                CheckRate();
                if (!OpenNext())
                {
                    ended = true;
                    return false;
                }
            }

            if (Follow(files.Label ?? label))
            {
                recordings[^1].Add(Breaks, Label);
                return true;
            }
        }
    }

    /// <summary>Holds the expected rate against the clocks of the recording so far.</summary>
    /// <exception cref="DataException">A clock tells another rate.</exception>
    public void CheckRate()
    {
        foreach (WatchedColumn clock in expectedRate > 0 && recordings.Count > 0 ? columns.Watched : [])
        {
            if (clock.Rate > 0 && !SampleRate.Agrees(clock.Rate, expectedRate))
            {
                throw new DataException(string.Create(CultureInfo.InvariantCulture,
                    $"{Path}, line {Line}: recording \"{recordings[^1].Name}\" has {SampleRate.Round(clock.Rate):0.###} samples a second "
                        + $"by its clock \"{clock.Name}\", but {rateSays} {expectedRate:0.###}. ")
                    + "The device refuses a sensor that is off by more than a twentieth. Use recordings of one rate; if it is the clock "
                    + $"that is wrong, leave it out with --drop {clock.Name}.");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        files.Dispose();
    }

    /// <summary>
    /// Where stretches are labeled, what a column says may count for nothing: whoever takes the labels checks those that do.
    /// </summary>
    private void SetLabelRules() => source.Labels = columns.Label < 0 || stretches is not null ? null : labelRules?.Invoke(source);

    private bool OpenNext()
    {
        if (files.Next() is not CsvSource next)
        {
            return false;
        }

        readingBefore = Reading;
        source.Dispose();
        source = next;
        columns = find(source);
        selection = new ColumnSelection(columns.Channels, columns.Label);
        SetLabelRules();
        recordingsOfFile = 0;
        rowsBefore = 0;
        IReadOnlyList<string> channels = columns.Names(source.Header);
        return channels.SequenceEqual(Layout.Channels) ? true : throw new DataException(
            $"{Path}: its channels are {string.Join(", ", channels)}, but those of the files before "
                + $"are {string.Join(", ", Layout.Channels)}. Name the channels with --channels.");
    }

    /// <summary>Finds out how the current sample follows the one before.</summary>
    /// <returns>Whether it has a label; false in a recording with labeled stretches outside of them.</returns>
    private bool Follow(string own)
    {
        string name = source.Text(columns.Group);
        bool labelChanges = own != ownLabel;
        bool skipped = source.RowsRead != rowsBefore + 1;
        bool begins = recordingsOfFile == 0 || columns.Grouping switch
        {
            RecordingGrouping.Column => name != group,
            RecordingGrouping.LabelChanges => labelChanges,
            RecordingGrouping.BlankLines => source.AfterBlankLine,
            _ => source.AfterBlankLine || labelChanges,
        };
        // A recording that is told by its label alone goes on with the signal of the one before, if its numbers and clocks do.
        bool parted = recordingsOfFile == 0 || (columns.Grouping == RecordingGrouping.Column ? begins : begins && source.AfterBlankLine);
        StepKind signal = begins && !parted ? Watch(false) : StepKind.Even;
        StepKind step = Watch(begins);
        if (step == StepKind.Back && columns.Grouping == RecordingGrouping.Automatic)
        {
            begins = true;
            Watch(begins);
        }

        if (begins)
        {
            // Rows left out before the first that is whole are counted with the recording that they are next to.
            rowsAtBegin = recordingsOfFile == 0 ? 0 : source.RowsRead - 1;
            recordings.Add(new RecordingSummary(NameOf(name), own));
            stretches?.Begin(recordings[^1].Name);
            recordingsOfFile++;
        }
        else if (step == StepKind.Back)
        {
            recordings[^1].Restarts++;
        }

        RowsRead += source.RowsRead - rowsBefore;
        rowsBefore = source.RowsRead;
        group = name;
        ownLabel = own;
        string? label = stretches is null ? own : stretches.Of(Position, own);
        BreaksSignal = leftOut || parted || skipped || signal != StepKind.Even || step != StepKind.Even;
        Breaks = begins || leftOut || label != Label || labelChanges || skipped || step != StepKind.Even;
        leftOut = label is null;
        Label = label ?? Label;
        return label is not null;
    }

    /// <summary>How the numbers and clocks go on, at worst.</summary>
    private StepKind Watch(bool begins)
    {
        if (begins && recordingsOfFile > 0)
        {
            CheckRate();
        }

        StepKind worst = StepKind.Even;
        foreach (WatchedColumn watched in columns.Watched)
        {
            if (begins)
            {
                watched.Begin();
            }

            StepKind step = watched.Take(source.Text(watched.Column));
            worst = step > worst ? step : worst;
        }

        return worst;
    }

    /// <summary>
    /// What the recording that begins is called: by its column, else by its file and a number, which sort in the order of the file.
    /// </summary>
    private string NameOf(string name)
    {
        if (columns.Grouping != RecordingGrouping.Column)
        {
            return recordingsOfFile == 0
                ? files.Name : string.Create(CultureInfo.InvariantCulture, $"{files.Name} {recordingsOfFile + 1:0000}");
        }

        string called = files.AreOfFolder ? $"{files.Name}/{name}" : name;
        return seen.Add(called) ? called : throw new DataException(
            $"{Path}, line {Line}: recording "
                + $"\"{called}\" goes on after another. Put the rows of a recording together, in the order of time.");
    }
}
