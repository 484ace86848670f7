using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Rows;
using Tiny.Training.Layers;

namespace Tiny.Training.Data.Recordings;

/// <summary>Makes a data set of the windows of recordings. Samples pass by; the features are held in memory.</summary>
internal static class RecordingReader
{
    /// <summary>Reads recordings to train on; their rate is that of the options, else that of a clock in them.</summary>
    /// <exception cref="DataException">They cannot be used as they are.</exception>
    internal static DatasetFile ReadForTraining(RecordingFiles files, CsvOptions options, WindowOptions windows, CancellationToken cancel)
    {
        using RecordingSource source =
            new(files, file => RecordingColumns.ForTraining(file, options, windows.Channels, needsLabel: files.Stretches is null));
        source.Expect(windows.Rate, windows.RateSays);
        return Read(source, windows.Describe(source.Layout.Channels, source.Layout.Rate), options, cancel);
    }

    /// <summary>Reads recordings for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="files">The files.</param>
    /// <param name="options">How they are read, and the model's task and classes.</param>
    /// <param name="known">The columns that the model was trained on, where a record of the training tells.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DataException">They do not match the model.</exception>
    internal static DatasetFile ReadForModel(
        Network model, RecordingFiles files, CsvOptions options, ModelColumns? known, CancellationToken cancel)
    {
        using RecordingSource source = RecordingSource.ForModel(model, files, options, needsLabel: true, known);
        return Read(source, FeatureDescription.Of(model), options, cancel);
    }

    private static DatasetFile Read(RecordingSource source, FeatureDescription features, CsvOptions options, CancellationToken cancel)
    {
        WindowReader windows = new(source, features);
        LabelReader labels = new(source.Header.Path, source.LabelName, options);
        source.Expect(labels, options);
        RowStore store = new(features.Count, StorageOptions.AllInMemory);
        List<int> groups = [];
        List<bool> breaks = [];
        float[] row = new float[features.Count];
        while (windows.Next(row))
        {
            cancel.ThrowIfCancellationRequested();
            row.CopyTo(store.Next());
            float value = labels.Read(windows.Label, source.Line, out int text);
            store.Add(value, text);
            groups.Add(windows.Recordings.Count - 1);
            breaks.Add(windows.Broke);
        }

        if (groups.Count == 0)
        {
            throw NoWindow(source, features.Window);
        }

        DataColumns names = new([.. Enumerable.Range(0, features.Count).Select(features.GetName)], AreNamed: true, ShareUnit: false)
        {
            Shape = features.Kinds == FeatureKinds.Samples ? new Shape(features.Window, 1, features.Signal.Channels) : null,
        };
        (DataSchema schema, AnswerKey key) = labels.Finish(names);
        Dataset data = store.Finish(schema with { Features = features }, key).Data!;
        RowTable table = new(Dataset.From(data.Schema, data.Inputs, Answers(data), Numbered(groups, windows, features)));
        return new DatasetFile(table, source.Reading)
        {
            Recordings = source.Recordings,
            Breaks = features.Kinds == FeatureKinds.Stream
            ? breaks : []
        };
    }

    private static DataException NoWindow(RecordingSource source, int window)
    {
        IReadOnlyList<RecordingSummary> recordings = source.Recordings;
        string longest = recordings.Count == 0
            ? "there is no sample" : "the longest "
            + $"of {recordings.Count} recordings has {recordings.Max(recording => recording.Samples)} samples ({source.Layout.Parted})";
        int breaks = recordings.Sum(recording => recording.Breaks);
        string watched = string.Join(", ", source.Columns.Watched.Select(column => $"\"{column.Name}\""));
        string broken = breaks == 0
            ? "" : $", and {breaks} gaps or changes of the label break "
            + $"them{(watched.Length > 0 ? $" (by {watched}; --drop leaves a column out)" : "")}";
        return new DataException(
            $"{source.Header.Path}: not one window of {window} samples: {longest}{broken}. Record longer, or take a shorter --window.");
    }

    /// <summary>
    /// Recordings too short for a window have no rows, and no number. Their blocks in a stream count as those of
    /// the recording before, so that a split finds the recordings that it found in training.
    /// </summary>
    private static RowGroups Numbered(List<int> groups, WindowReader windows, FeatureDescription features)
    {
        int[] present = [.. groups.Distinct()];
        if (features.Kinds == FeatureKinds.Stream)
        {
            int[] whole = [.. present.Where(group => windows.Recordings[group].CountWindows(features.Window, 1) > 0)];
            present = whole.Length > 0 ? whole : present;
        }

        int[] numbers = [.. groups.Select(group => Array.BinarySearch(present, group)).Select(at => at >= 0 ? at : Math.Max(0, ~at - 1))];
        return new RowGroups(numbers, [.. present.Select(group => windows.Recordings[group].Name)]);
    }

    private static float[] Answers(Dataset data) => data.Targets.Length > 0
        ? data.Targets : Array.ConvertAll(data.Classes, index => (float)index);
}
