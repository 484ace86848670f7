using System.Globalization;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Rows;
using Tiny.Training.Data.Text;

namespace Tiny.Cli.Output;

/// <summary>What a user should know about the data but need not do anything about.</summary>
internal static class Notes
{
    private const int MostNamed = 8;

    /// <summary>Says how a file was understood, and what of it was left out.</summary>
    internal static void Of(DatasetFile file)
    {
        Words.Say(file.Reading.Describe());
        Of(file.Reading, file.Table.Rows);
    }

    /// <summary>Says what of a file was left out, and what should be known of the rest.</summary>
    internal static void Of(DataReading reading, long rows)
    {
        foreach (string remark in OfColumns(reading))
        {
            Note(reading.Path, remark);
        }

        if (reading.BadRows > 0)
        {
            OfBadRows(reading.Path, reading.BadRows, reading.BadRowsShown);
        }

        if (reading.Dropped > 0)
        {
            Note(reading.Path, $"{Format.Count(reading.Dropped, "row")} with missing values dropped, {Format.Count(rows)} left.");
        }

        if (reading.LeftOut > 0)
        {
            Note(reading.Path, $"{Format.Count(reading.LeftOut, "row")} left out because of --drop-label.");
        }
    }

    /// <summary>Columns set aside, and how fields were understood.</summary>
    internal static IEnumerable<string> OfColumns(DataReading reading)
    {
        if (reading.SetAside.Count > 0)
        {
            IEnumerable<string> named = reading.SetAside.Take(MostNamed).Select(column => $"{SafeText.Clean(column.Name)} {column.Why}");
            string more = reading.SetAside.Count > MostNamed ? $"; and {reading.SetAside.Count - MostNamed} more" : "";
            bool may = reading.SetAside.Any(column => !column.Why.Contains("no value"));
            yield return $"not taken as input: {string.Join("; ", named)}{more}."
                + $"{(may ? $" {reading.InputsOption} takes what it names." : "")}";
        }

        foreach (string remark in reading.Remarks)
        {
            yield return remark;
        }
    }

    /// <summary>Says how a file for a model was understood, where that is not the plain case.</summary>
    internal static void OfDialect(CsvSource source)
    {
        if (source.Dialect with { HeaderLine = 0 } != CsvDialect.Usual || source.Remark is not null)
        {
            Words.Say($"{source.Header.Path}: {source.Dialect.Describe()}");
        }
    }

    /// <summary>Says how many rows of a file have an empty answer, and why.</summary>
    internal static void OfUnanswered(CsvSource source, long blank)
    {
        long unanswered = blank + source.Dropped + source.BadRows;
        if (unanswered > 0)
        {
            string[] why =
            [
                .. blank > 0 ? [$"{Format.Count(blank)} blank"] : Array.Empty<string>(),
                .. source.Dropped > 0 ? [$"{Format.Count(source.Dropped)} with missing values"] : Array.Empty<string>(),
                .. source.BadRows > 0 ? [$"{Format.Count(source.BadRows)} that cannot be read"] : Array.Empty<string>(),
            ];
            Note(source.Header.Path, $"{Format.Count(unanswered, "row")} "
                + $"of {Format.Count(source.RowsRead + blank)} with an empty answer: {string.Join(", ", why)}.");
        }

        if (source.BadRows > 0)
        {
            OfBadRows(source.Header.Path, source.BadRows, source.BadRowsShown);
        }
    }

    /// <summary>Says how many samples of recordings were left out.</summary>
    internal static void OfLeftOut(DataReading reading, long samples)
    {
        if (reading.Dropped > 0)
        {
            Note(reading.Path, $"{Format.Count(reading.Dropped, "sample")} with missing values "
                + $"dropped, {Format.Count(samples - reading.Dropped - reading.BadRows)} left.");
        }

        if (reading.BadRows > 0)
        {
            OfBadRows(reading.Path, reading.BadRows, reading.BadRowsShown);
        }
    }

    /// <summary>Warns of what would spoil training or testing.</summary>
    /// <param name="file">The file trained on.</param>
    /// <param name="train">Its rows to train on.</param>
    /// <param name="test">The rows to test on; null without any.</param>
    /// <param name="isSplit">Whether those are of the same file.</param>
    internal static void OfSplit(DatasetFile file, RowSource train, RowSource? test, bool isSplit)
    {
        DataSchema schema = file.Table.Schema;
        IEnumerable<string> warnings = schema.Features is not { } features
            ? DatasetChecks.Of(schema, train, test)
            : RecordingChecks.Of(file.Recordings, features.Window).Concat(isSplit
                ? RecordingChecks.Of(file.Data, ((MemoryRows)train).Numbers, test is MemoryRows rows ? rows.Numbers : [])
                .Concat(NearEqualNames.Warnings(schema.OutputNames, null))
                : DatasetChecks.Of(schema, train, test, "window"));
        foreach (string warning in warnings)
        {
            Words.Warn(warning);
        }
    }

    internal static void OfConstantTarget(DataSchema data, float? constant)
    {
        if (constant is float value)
        {
            Words.Warn($"{SafeText.Clean(data.OutputNames[0])} is {value.ToString(CultureInfo.InvariantCulture)} in every training row: "
                + "there is nothing to learn, and the model answers that value whatever comes. Is --label the right column?");
        }
    }

    internal static void OfConstantColumns(DataSchema data, IReadOnlyList<int> constant)
    {
        if (constant.Count > 0)
        {
            string names = string.Join(", ", constant.Take(MostNamed).Select(i => SafeText.Clean(data.Columns.Names[i])));
            string more = constant.Count > MostNamed ? $" and {constant.Count - MostNamed} more" : "";
            Words.Warn($"{Format.Count(constant.Count, "input")} never changed in training and will be ignored: {names}{more}.");
        }
    }

    private static void OfBadRows(string path, long count, IReadOnlyList<string> shown)
    {
        Note(path, $"{Format.Count(count, "row")} that cannot be read left "
            + $"out{(count > shown.Count ? $", the first {shown.Count} of them" : "")}:");
        foreach (string row in shown)
        {
            Words.Say("  " + row);
        }
    }

    private static void Note(string path, string text) => Words.Say($"note: {path}: {text}");
}
