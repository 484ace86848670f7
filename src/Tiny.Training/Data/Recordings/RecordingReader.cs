using Tiny.Features;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Data.Recordings;

/// <summary>Makes a data set of the windows of an open file of recordings. Samples pass by; the features are held in memory.</summary>
internal static class RecordingReader
{
    /// <exception cref="DataException">A row cannot be used, or there is not one window.</exception>
    internal static RowTable Read(CsvSource source, RecordingColumns columns, FeatureDescription features, CsvOptions options, WindowReader windows, CancellationToken cancel)
    {
        CsvHeader header = source.Header;
        LabelReader labels = new(header.Path, header.Names[columns.Label], options);
        RowStore store = new(features.Count, StorageOptions.AllInMemory);
        List<int> groups = [];
        float[] row = new float[features.Count];
        while (windows.Next(row))
        {
            cancel.ThrowIfCancellationRequested();
            row.CopyTo(store.Next());
            float value = labels.Read(windows.Label, source.Line, out int text);
            store.Add(value, text);
            groups.Add(windows.Recordings.Count - 1);
        }

        if (groups.Count == 0)
        {
            string longest = windows.Recordings.Count == 0 ? "there is no sample" : $"the longest of {windows.Recordings.Count} recordings has {windows.Recordings.Max(r => r.Samples)} samples";
            throw new DataException($"{header.Path}: not one window of {features.Window} samples: {longest}. Record longer, or take a shorter --window.");
        }

        DataColumns names = new([.. Enumerable.Range(0, features.Count).Select(features.GetName)], AreNamed: true, ShareUnit: false);
        (DataSchema schema, AnswerKey key) = labels.Finish(names);
        Dataset data = store.Finish(schema with { Features = features }, key).Data!;
        return new RowTable(Dataset.From(data.Schema, data.Inputs, Answers(data), Numbered(groups, windows)));
    }

    /// <summary>Recordings too short for a window have no rows, and no number.</summary>
    private static RowGroups Numbered(List<int> groups, WindowReader windows)
    {
        int[] present = [.. groups.Distinct()];
        Dictionary<int, int> numbers = present.Select((group, i) => (group, i)).ToDictionary(pair => pair.group, pair => pair.i);
        return new RowGroups([.. groups.Select(group => numbers[group])], [.. present.Select(group => windows.Recordings[group].Name)]);
    }

    private static float[] Answers(Dataset data) => data.Targets.Length > 0 ? data.Targets : Array.ConvertAll(data.Classes, index => (float)index);
}
