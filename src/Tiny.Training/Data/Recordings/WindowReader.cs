using System.Globalization;
using Tiny.Features;

namespace Tiny.Training.Data.Recordings;

/// <summary>
/// Reads recordings from a CSV file, a row a sample, and gives the features of each window: computed by Tiny.Features, as the device will. No window
/// spans two recordings, two labels or a missing sample.
/// </summary>
public sealed class WindowReader
{
    private readonly CsvSource source;
    private readonly RecordingColumns columns;
    private readonly ColumnSelection selection;
    private readonly FeaturePipeline pipeline;
    private readonly float[] sample;
    private readonly HashSet<string> seen = [];
    private readonly List<RecordingSummary> recordings = [];
    private long rowsBefore;
    private long numberBefore;
    private bool counts; // whether the numbers go up by one, so that a larger step is a gap

    /// <summary>Reads from a file that was opened.</summary>
    public WindowReader(CsvSource source, RecordingColumns columns, FeatureDescription features)
    {
        this.source = source;
        this.columns = columns;
        selection = new ColumnSelection(columns.Channels, columns.Label);
        pipeline = new FeaturePipeline(features);
        sample = new float[columns.Channels.Count];
    }

    /// <summary>Told of each sample as it is read, (channels): for looking at the raw signal.</summary>
    public Action<float[]>? OnSample { get; init; }

    /// <summary>Told when what came before is to be forgotten: a new recording, a missing sample, another label.</summary>
    public Action? OnBreak { get; init; }

    /// <summary>The recordings so far.</summary>
    public IReadOnlyList<RecordingSummary> Recordings => recordings;

    /// <summary>The label of the window just given, "" without a label column.</summary>
    public string Label { get; private set; } = "";

    /// <summary>Reads samples up to the end of the next window.</summary>
    /// <param name="features">Receives the features.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DataException">A row cannot be used, or a recording goes on after another.</exception>
    public bool Next(float[] features)
    {
        while (source.ReadRow(selection, sample, out string label))
        {
            Follow(source.Text(columns.Group), label);
            OnSample?.Invoke(sample);
            recordings[^1].Samples++;
            if (pipeline.Add(sample))
            {
                pipeline.Compute(features);
                recordings[^1].Windows++;
                return true;
            }
        }

        return false;
    }

    private void Follow(string name, string label)
    {
        bool numbered = long.TryParse(source.Text(columns.Number), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        bool next = numbered && number == numberBefore + 1;
        bool gap = source.RowsRead != rowsBefore + 1 || (numbered && counts && !next);
        rowsBefore = source.RowsRead;
        numberBefore = number;
        counts |= next;
        if (recordings.Count == 0 || name != recordings[^1].Name)
        {
            if (!seen.Add(name))
            {
                throw new DataException(
                    $"{source.Header.Path}, line {source.Line}: recording \"{name}\" goes on after another. Put the rows of a recording together, in the order of time.");
            }

            recordings.Add(new RecordingSummary(name, label));
            Break();
        }
        else if (gap || (columns.Label >= 0 && label != Label))
        {
            recordings[^1].Breaks++;
            Break();
        }

        Label = label;
    }

    private void Break()
    {
        pipeline.Reset();
        OnBreak?.Invoke();
    }
}
