using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Records;

namespace Tiny.Cli.Options;

/// <summary>The options that say how a data file is to be read.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> label = new("--label")
    {
        Description = "The label column: its name or 0-based number. Default: the last, or the one the model was trained with",
        HelpName = "COLUMN",
    };

    private readonly Option<string?> inputs = new("--inputs")
    {
        Description = "The input columns: names or 0-based numbers, separated by commas; a name with a comma goes in double quotes. "
            + "Default: all but the label and columns that are no measurement, such as a clock",
        HelpName = "A,B,..",
    };

    private readonly Option<string[]> drop =
        new("--drop") { Description = "Input columns to leave out, named as for --inputs", HelpName = "A,B,.." };

    private readonly Option<string?> group = new("--group")
    {
        Description = "For recordings, one row per sample: the column that names the recording, or blank-lines or label-changes where "
            + "those separate them. Default: the column named file, else whatever separates them",
        HelpName = "COLUMN",
    };

    private readonly Option<string?> labelFrom = new("--label-from")
    {
        Description = "For recordings: where the label is in the file name, such as {label}_*.csv, or in the folder name, such as "
            + "{label}/*.csv",
        HelpName = "PATTERN",
    };

    private readonly Option<string[]> missing = new("--missing")
    {
        Description = "A value that means \"missing\", such as -200; rows with it in a used column are left out and counted. Repeatable. "
            + "Class names are not affected",
        HelpName = "VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> dropMissing = new("--drop-missing")
    {
        Description = "Leave out and count rows with an empty field, NaN, NA, null, ? or the like in a used column",
    };

    private readonly Option<string[]> dropLabel = new("--drop-label")
    {
        Description = "Leave out the rows with this label. Repeatable",
        HelpName = "LABEL",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> skipBadRows =
        new("--skip-bad-rows") { Description = "Leave out rows that cannot be parsed, and report the first ten" };
    private readonly Option<bool> noHeader =
        new("--no-header") { Description = "The first line is data, not column names. --no-header false: it is column names" };
    private readonly DialectOptions dialect = new();
    private readonly Option<string?> labels =
        new("--labels") { Description = "The IDX file with the labels, for an IDX data file", HelpName = "FILE" };

    internal void AddTo(Command command)
    {
        foreach (Option option in ForCsv)
        {
            command.Options.Add(option);
        }

        command.Options.Add(labels);
    }

    /// <summary>Names the files that these options name.</summary>
    internal void NameFiles(ParseResult parsed, RunFiles files) => files.Reads(labels.Name, parsed.GetValue(labels));

    /// <summary>Whether the data are recordings: an option says so, or they are a folder.</summary>
    internal bool AreRecordings(ParseResult parsed, string path) => parsed.GetValue(group) is not null
        || parsed.GetValue(labelFrom) is not null || Directory.Exists(path);

    /// <summary>Whether the inputs were named.</summary>
    internal bool NameInputs(ParseResult parsed) => parsed.GetValue(inputs) is not null;

    /// <summary>The labels file of IDX data.</summary>
    internal string? Labels(ParseResult parsed) => parsed.GetValue(labels);

    /// <exception cref="UsageException">A value is none.</exception>
    internal CsvOptions ToCsv(ParseResult parsed, NetworkTask? task = null) => dialect.AddTo(parsed, new CsvOptions
    {
        Label = parsed.GetValue(label),
        Inputs = parsed.GetValue(inputs) is string text ? Columns(inputs, text) : null,
        Drop = [.. (parsed.GetValue(drop) ?? []).SelectMany(names => Columns(drop, names))],
        Group = parsed.GetValue(group),
        LabelFrom = parsed.GetValue(labelFrom),
        Missing = parsed.GetValue(missing) ?? [],
        DropMissing = parsed.GetValue(dropMissing),
        DropLabels = parsed.GetValue(dropLabel) ?? [],
        SkipBadRows = parsed.GetValue(skipBadRows),
        NoHeader = parsed.GetResult(noHeader) is { Implicit: false } ? parsed.GetValue(noHeader) : null,
        Task = task,
    });

    /// <summary>Reads labeled data for a model.</summary>
    /// <exception cref="DataException">It does not match the model.</exception>
    internal LoadedFile LoadFor(ParseResult parsed, Network network, string path, StorageOptions storage, TrainingRecord? record,
        CancellationToken cancel, bool anyClasses = false)
    {
        LoadedFile loaded = ReadFor(parsed, network, path, storage, record, cancel, anyClasses);
        Notes.Of(loaded.File);
        return loaded;
    }

    /// <summary>The same without a word: of a file that was spoken of before.</summary>
    internal DatasetFile ReadQuietly(ParseResult parsed, Network network, string path, StorageOptions storage, CancellationToken cancel) =>
        ReadFor(parsed, network, path, storage, null, cancel).File;

    /// <summary>The options for a model's data: what they leave open is taken from its training record.</summary>
    internal CsvOptions ToCsv(ParseResult parsed, TrainingRecord? record) => record?.Reading?.Complete(ToCsv(parsed)) ?? ToCsv(parsed);

    /// <summary>The columns that an option names, with commas between.</summary>
    /// <exception cref="UsageException">It names none.</exception>
    internal static string[] Columns(Option option, string text)
    {
        string[] names = CsvText.Fields(text);
        return names.Length > 0 ? names : throw new UsageException($"{option.Name} names no column.");
    }

    private LoadedFile ReadFor(ParseResult parsed, Network network, string path, StorageOptions storage, TrainingRecord? record,
        CancellationToken cancel, bool anyClasses = false)
    {
        CsvOptions csv = ToCsv(parsed, record) with { AnyClasses = anyClasses };
        if (anyClasses && csv.Label is null && record is not null && record.Label is null && network.Notes.FeatureBytes == 0)
        {
            // What the model was trained on had no label, and none is named now.
            csv = csv with { Unlabeled = true, ClassNames = ["normal"] };
        }

        if (Directory.Exists(path))
        {
            CheckFor(parsed, path, isIdx: false, labeled: true);
            return LoadedFile.OfFolder(
                path, csv, (files, options) => DatasetFile.ReadRecordingsFor(network, files, options, cancel, record?.ToModelColumns()));
        }

        using DataFile opened = DataFile.Open(path, withFingerprint: record is not null);
        CheckFor(parsed, path, opened.IsIdx, labeled: true);
        return opened.IsIdx
            ? LoadedFile.OfIdx(opened, Labels(parsed)!, (rows, labels) => DatasetFile.ReadIdxFor(network, rows, labels, storage, cancel))
            : LoadedFile.OfCsv(opened, csv,
            options => DatasetFile.ReadCsvFor(network, opened, options, storage, cancel, record?.ToModelColumns()));
    }

    /// <summary>Refuses options that a file of this kind cannot heed.</summary>
    /// <exception cref="UsageException">One was given.</exception>
    internal void CheckFor(ParseResult parsed, string path, bool isIdx, bool labeled)
    {
        if (!isIdx && Labels(parsed) is not null)
        {
            throw new UsageException($"--labels is for IDX files, but {path} is none. In a CSV file the label is a column: --label.");
        }

        if (!isIdx)
        {
            return;
        }

        if (ForCsv.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is Option given)
        {
            throw new UsageException($"{given.Name} is for CSV files, but {path} is an IDX file.");
        }

        if (labeled && Labels(parsed) is null)
        {
            throw new UsageException($"{path} is an IDX file: name the file of its labels with --labels.");
        }
    }

    private IEnumerable<Option> ForCsv =>
        [label, inputs, drop, group, labelFrom, missing, dropMissing, dropLabel, skipBadRows, noHeader, .. dialect.All];
}
