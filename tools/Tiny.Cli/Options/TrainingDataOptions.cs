using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Records;

namespace Tiny.Cli.Options;

/// <summary>
/// The options that say what a training run learns from: files, recordings, which rows are kept, how much is held in memory.
/// </summary>
internal sealed class TrainingDataOptions
{
    private readonly Option<string?> testFile = new("--test") { Description = "A separate data file to test on", HelpName = "FILE" };
    private readonly Option<string?> testLabels = new("--test-labels") { Description = "The IDX file of its labels", HelpName = "FILE" };
    private readonly Option<double?> validation = new Option<double?>("--validation")
    {
        Description = "Hold out this share of the training rows for validation, and do not use the test rows. The same rows are drawn "
            + "for every --seed",
        HelpName = "0.2",
    }.AsShare();

    private readonly DataOptions dataOptions = new();
    private bool mayBeUnlabeled;
    private readonly WindowingOptions windowing = new();
    private readonly SplitOptions splitOptions = new();
    private readonly MemoryOptions memoryOptions = new();
    private readonly ShapeOption shape = new();

    internal void AddTo(Command command)
    {
        dataOptions.AddTo(command);
        windowing.AddTo(command);
        shape.AddTo(command);
        command.Options.Add(testFile);
        command.Options.Add(testLabels);
        splitOptions.AddTo(command);
        command.Options.Add(validation);
        memoryOptions.AddTo(command);
    }

    /// <summary>Names the files that these options name.</summary>
    internal void NameFiles(ParseResult parsed, RunFiles files)
    {
        dataOptions.NameFiles(parsed, files);
        files.Reads(testFile.Name, parsed.GetValue(testFile)).Reads(testLabels.Name, parsed.GetValue(testLabels));
    }

    /// <summary>The file to test on, if it is one of its own.</summary>
    internal string? TestFile(ParseResult parsed) => parsed.GetValue(testFile);

    /// <summary>Reads a file for the model that was trained on these options: whole recordings, for a stream.</summary>
    internal DatasetFile ReadFor(ParseResult parsed, Network network, string path, CancellationToken cancel) =>
        dataOptions.ReadQuietly(parsed, network, path, memoryOptions.Read(parsed), cancel);

    /// <summary>What the rows that are not trained on are called.</summary>
    internal string Judged(ParseResult parsed) => parsed.GetValue(validation) is null ? "test" : "validation";

    /// <summary>The rows to train on, and those to test on or to judge by.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The data file.</param>
    /// <param name="task">What the labels are; null to judge by them.</param>
    /// <param name="seed">Draws --split.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="unlabeled">Whether rows of a table have no label unless one is named.</param>
    /// <exception cref="UsageException">Options do not go together.</exception>
    /// <exception cref="DataException">The data cannot be used.</exception>
    internal TrainingRows Load(
        ParseResult parsed, string path, NetworkTask? task, int seed, CancellationToken cancel, bool unlabeled = false)
    {
        mayBeUnlabeled = unlabeled;
        string? testPath = parsed.GetValue(testFile);
        if (testPath is null && parsed.GetValue(testLabels) is not null)
        {
            throw new UsageException("--test-labels goes with --test.");
        }

        if (testPath is not null && splitOptions.Given(parsed))
        {
            throw new UsageException("--test and a split exclude each other: give one of them.");
        }

        SplitPlan plan = splitOptions.Read(parsed, seed);
        StorageOptions storage = memoryOptions.Read(parsed);
        LoadedFile loaded = Read(parsed, path, dataOptions.Labels(parsed), "--labels", storage, task, null, cancel);
        DatasetFile file = loaded.File;
        Notes.Of(file);
        if (testPath is null)
        {
            (RowSource train, RowSource? test) = SplitOptions.Apply(plan, file.Table);
            return Checked(Validated(parsed,
                new TrainingRows(loaded, train, test, loaded) { Plan = plan, MemoryBytes = storage.MemoryBytes }));
        }

        LoadedFile tested = Read(parsed, testPath, parsed.GetValue(testLabels), "--test-labels", storage, task, file, cancel);
        Notes.Of(tested.File);
        CheckAlike(file, tested.File);
        return Checked(Validated(
            parsed, new TrainingRows(loaded, file.Table.All(), tested.File.Table.All(), tested) { MemoryBytes = storage.MemoryBytes }));
    }

    private static TrainingRows Checked(TrainingRows rows)
    {
        Notes.OfSplit(rows.Data.File, rows.Train, rows.Test, isSplit: rows.TestData == rows.Data || rows.Validation is not null);
        return rows;
    }

    /// <summary>With --validation: a part of the training rows in the place of the test rows.</summary>
    private TrainingRows Validated(ParseResult parsed, TrainingRows rows)
    {
        if (parsed.GetValue(validation) is not double share)
        {
            return rows;
        }

        (RowSource train, RowSource judged) = rows.Train.HoldBack(share, RecordedSplit.ValidationSeed);
        return rows with { Train = train, Test = judged, Validation = share };
    }

    private LoadedFile Read(
        ParseResult parsed, string path, string? labelsPath, string labelsOption, StorageOptions storage, NetworkTask? task,
        DatasetFile? like, CancellationToken cancel)
    {
        if (Directory.Exists(path))
        {
            dataOptions.CheckFor(parsed, path, isIdx: false, labeled: false);
            shape.CheckNotFor(parsed, path, "holds recordings");
            return LoadedFile.OfFolder(path, OptionsFor(parsed, task, like),
                (files, csv) => DatasetFile.ReadRecordings(files, csv, windowing.Read(parsed, like), cancel));
        }

        using DataFile file = DataFile.Open(path, withFingerprint: true);
        if (file.IsIdx)
        {
            dataOptions.CheckFor(parsed, path, isIdx: true, labeled: false);
            windowing.CheckNotFor(parsed, path);
            shape.CheckNotFor(parsed, path, "is an IDX file");
            string labels = labelsPath
                ?? throw new UsageException($"{path} is an IDX file: name the file of its labels with {labelsOption}.");
            return LoadedFile.OfIdx(file, labels, (rows, ofRows) => DatasetFile.ReadIdx(rows, ofRows, storage, cancel));
        }

        dataOptions.CheckFor(parsed, path, isIdx: false, labeled: false);
        CsvOptions options = OptionsFor(parsed, task, like);
        if (windowing.AreFor(parsed, dataOptions, path))
        {
            shape.CheckNotFor(parsed, path, "holds recordings");
            return LoadedFile.OfCsv(file, options with { Unlabeled = false, ClassNames = like is null ? null : options.ClassNames },
                csv => DatasetFile.ReadRecordings(file, csv, windowing.Read(parsed, like), cancel));
        }

        return LoadedFile.OfCsv(
            file, options, csv => like?.ReadCsvAlike(file, csv, storage, cancel) ?? DatasetFile.ReadCsv(file, csv, storage, cancel));
    }

    private CsvOptions OptionsFor(ParseResult parsed, NetworkTask? task, DatasetFile? like)
    {
        CsvOptions options = dataOptions.ToCsv(parsed, like?.Table.Schema.Task ?? task) with { Shape = shape.Read(parsed) };
        if (mayBeUnlabeled && options.Label is null && like is null)
        {
            options = options with { Unlabeled = true, ClassNames = ["normal"] };
        }

        return like?.Table.Schema is { Task: NetworkTask.Classification } schema
            ? options with { ClassNames = schema.OutputNames } : options;
    }

    private static void CheckAlike(DatasetFile train, DatasetFile test)
    {
        DataSchema expected = train.Table.Schema;
        DataSchema found = test.Table.Schema;
        if (found.ColumnCount != expected.ColumnCount)
        {
            throw new DataException($"{test.Path}: has {found.ColumnCount} inputs, but {train.Path} has {expected.ColumnCount}.");
        }

        if (found.Columns.Checksum != expected.Columns.Checksum)
        {
            throw new DataException($"{test.Path}: its columns are not named as those of {train.Path}, or stand in another order.");
        }

        if (found.OutputNames.Count > expected.OutputNames.Count)
        {
            throw new DataException($"{test.Path}: has labels up "
                + $"to {found.OutputNames.Count - 1}, but {train.Path} only up to {expected.OutputNames.Count - 1}.");
        }
    }
}
