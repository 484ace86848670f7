using System.Globalization;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Output;

/// <summary>What a user should know about the data but need not do anything about.</summary>
internal static class Notes
{
    private const int MostNamed = 8;

    internal static void Of(DatasetFile file)
    {
        if (file.HeaderWasData)
        {
            HeaderWasData(file.Path);
        }

        if (file.Dropped > 0)
        {
            Dropped(file.Path, file.Dropped, file.Table.Rows);
        }
    }

    /// <summary>Warns of what would spoil training or testing on windows of recordings.</summary>
    internal static void OfSplit(DatasetFile file, RowSource train, RowSource? test)
    {
        if (file.Table.Schema.Features is not { } features)
        {
            return;
        }

        IReadOnlyList<int> tested = test is MemoryRows rows ? rows.Numbers : [];
        foreach (string warning in RecordingChecks.Of(file.Recordings, features.Window).Concat(RecordingChecks.Of(file.Data, ((MemoryRows)train).Numbers, tested)))
        {
            Words.Warn(warning);
        }
    }

    internal static void HeaderWasData(string path) =>
        Words.Say($"note: {path}: the first line holds numbers and is read as data; --no-header says so without this note.");

    internal static void Dropped(string path, long dropped, long left) =>
        Words.Say($"note: {path}: {Format.Count(dropped, "row")} with missing values dropped, {Format.Count(left)} left.");

    internal static void OfConstantTarget(DataSchema data, float? constant)
    {
        if (constant is float value)
        {
            Words.Warn($"{data.OutputNames[0]} is {value.ToString(CultureInfo.InvariantCulture)} in every training row: there is nothing to learn, and the model answers that value whatever comes. Is --label the right column?");
        }
    }

    internal static void OfConstantColumns(DataSchema data, IReadOnlyList<int> constant)
    {
        if (constant.Count > 0)
        {
            string names = string.Join(", ", constant.Take(MostNamed).Select(i => data.Columns.Names[i]));
            string more = constant.Count > MostNamed ? $" and {constant.Count - MostNamed} more" : "";
            Words.Warn($"{Format.Count(constant.Count, "input")} never changed in training and will be ignored: {names}{more}.");
        }
    }
}
