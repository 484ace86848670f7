using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Data;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Records;

namespace Tiny.Cli.Options;

/// <summary>
/// The inputs of a data file for a model, row by row, so that a sensor may be piped through. Labels, if there are any, are passed over.
/// </summary>
internal sealed class ModelInputs : IDisposable
{
    private readonly int count;
    private readonly CsvSource? csv;
    private readonly ColumnSelection? selection;
    private readonly IdxSource? idx;
    private readonly RecordingSource? recordings;
    private readonly WindowReader? windows;
    private long blank;

    private ModelInputs(int count, CsvSource? csv, ColumnSelection? selection, IdxSource? idx)
    {
        this.count = count;
        this.csv = csv;
        this.selection = selection;
        this.idx = idx;
    }

    private ModelInputs(int count, RecordingSource recordings, WindowReader windows)
    {
        this.count = count;
        this.recordings = recordings;
        this.windows = windows;
    }

    /// <summary>Whether the file names its columns.</summary>
    internal bool AreNamed => (recordings?.Header ?? csv?.Header) is { IsNamed: true };

    /// <summary>Whether the rows are windows of recordings.</summary>
    internal bool AreWindows => windows is not null;

    /// <summary>The recording of the window just given.</summary>
    internal RecordingSummary Recording => windows!.Recordings[^1];

    /// <summary>Opens a file, or stdin for "-".</summary>
    /// <param name="network">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="record">The model's training record, if there is one.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="onSample">Told of each sample of a recording before it is a part of a row.</param>
    /// <param name="onBreak">Told when samples before are to be forgotten.</param>
    /// <exception cref="DataException">It does not match the model.</exception>
    internal static ModelInputs Open(
        Network network, string path, TrainingRecord? record, DataOptions options, ParseResult parsed, Action<float[]>? onSample = null,
        Action? onBreak = null)
    {
        CsvOptions csvOptions = options.ToCsv(parsed, record);
        if (Directory.Exists(path))
        {
            options.CheckFor(parsed, path, isIdx: false, labeled: false);
            return OpenRecordings(network, RecordingFiles.Open(path, csvOptions), csvOptions, onSample, onBreak);
        }

        DataFile file = path == "-" ? DataFile.OpenStdin() : DataFile.Open(path);
        options.CheckFor(parsed, path, file.IsIdx, labeled: false);
        if (file.IsIdx)
        {
            IdxSource rows = new(file);
            return rows.ElementsEach == network.Inputs
                ? new ModelInputs(network.Inputs, null, null, rows)
                : throw new DataException($"{path}: each row "
                + $"has {rows.ElementsEach} elements, but the model takes {network.Inputs} inputs.");
        }

        CsvSource source = new(file, csvOptions);
        Notes.OfDialect(source);
        if (network.Notes.FeatureBytes > 0 && RecordingColumns.AreIn(source.Header, FeatureDescription.Of(network)))
        {
            return OpenRecordings(network, RecordingFiles.Of(source, csvOptions), csvOptions, onSample, onBreak);
        }

        ModelNeeds needs = new(network.Inputs, network.Notes.ColumnsChecksum, WantsLabel: false)
        {
            ClassNames = network.Task == NetworkTask.Classification ? ModelText.OutputNames(network) : null,
            Known = record?.ToModelColumns(),
        };
        return new ModelInputs(network.Inputs, source, ColumnSelection.ForModel(source.Columns, csvOptions, needs) with { Label = -1 },
            null);
    }

    /// <summary>The rows that can be answered; the same array each time.</summary>
    internal IEnumerable<float[]> Rows() => AllRows().OfType<float[]>();

    /// <summary>
    /// One for each row of the file, in order, so that answers stand where the questions do: null for one that cannot be answered, as it
    /// is blank, misses a value or cannot be read. The same array each time. Of recordings, one for each window.
    /// </summary>
    internal IEnumerable<float[]?> AllRows() => idx is not null ? OfIdx(idx) : windows is not null ? OfWindows(windows) : OfTable(csv!);

    public void Dispose()
    {
        csv?.Dispose();
        idx?.Dispose();
        recordings?.Dispose();
    }

    private static ModelInputs OpenRecordings(
        Network network, RecordingFiles files, CsvOptions options, Action<float[]>? onSample, Action? onBreak)
    {
        RecordingSource source = RecordingSource.ForModel(network, files, options, needsLabel: false);
        WindowReader windows = new(source, FeatureDescription.Of(network)) { OnSample = onSample, OnBreak = onBreak };
        return new ModelInputs(network.Inputs, source, windows);
    }

    private IEnumerable<float[]?> OfIdx(IdxSource rows)
    {
        float[] row = new float[count];
        while (rows.ReadRow(row))
        {
            yield return row;
        }
    }

    private IEnumerable<float[]?> OfWindows(WindowReader reader)
    {
        float[] row = new float[count];
        while (reader.Next(row))
        {
            yield return row;
        }

        Notes.OfLeftOut(recordings!.Reading, recordings.RowsRead);
    }

    private IEnumerable<float[]?> OfTable(CsvSource source)
    {
        float[] row = new float[count];
        while (source.Next(selection!, row, out _) is RowOutcome outcome && outcome != RowOutcome.End)
        {
            // Blank lines at the end are no rows: they show only when another follows.
            int before = source.RowsRead > 1 || !AreNamed ? source.BlankLinesBefore : 0;
            blank += before;
            for (int i = 0; i < before; i++)
            {
                yield return null;
            }

            yield return outcome == RowOutcome.Whole ? row : null;
        }

        Notes.OfUnanswered(source, blank);
    }
}
