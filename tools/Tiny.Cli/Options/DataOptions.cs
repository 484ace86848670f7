using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Options;

/// <summary>The options that say how a data file is to be read.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> label = new("--label")
    {
        Description = "Label column, a name or a 0-based number; default: the last, or the one the model was trained with",
        HelpName = "COLUMN",
    };

    private readonly Option<string?> inputs = new("--inputs")
    {
        Description = "Input columns, names or 0-based numbers with commas between; default: all but the label",
        HelpName = "A,B,..",
    };

    private readonly Option<string?> group = new("--group")
    {
        Description = "Of recordings, a row a sample: the column that names the recording; default: file",
        HelpName = "COLUMN",
    };

    private readonly Option<string[]> missing = new("--missing")
    {
        Description = "A value that stands for missing; rows with it are dropped and counted. May be given again",
        HelpName = "VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> noHeader = new("--no-header") { Description = "The first line is data, not names" };

    private readonly Option<string?> labels = new("--labels") { Description = "The IDX file of the labels, for an IDX data file", HelpName = "FILE" };

    internal void AddTo(Command command)
    {
        command.Options.Add(label);
        command.Options.Add(inputs);
        command.Options.Add(group);
        command.Options.Add(missing);
        command.Options.Add(noHeader);
        command.Options.Add(labels);
    }

    /// <summary>Names the files that these options name.</summary>
    internal void NameFiles(ParseResult parsed, RunFiles files) => files.Reads(labels.Name, parsed.GetValue(labels));

    /// <summary>Whether the data were said to be recordings.</summary>
    internal bool AreRecordings(ParseResult parsed) => parsed.GetValue(group) is not null;

    /// <summary>Whether the inputs were named.</summary>
    internal bool NameInputs(ParseResult parsed) => parsed.GetValue(inputs) is not null;

    /// <summary>The labels file of IDX data.</summary>
    internal string? Labels(ParseResult parsed) => parsed.GetValue(labels);

    internal CsvOptions ToCsv(ParseResult parsed, NetworkTask? task = null) => new()
    {
        Label = parsed.GetValue(label),
        Inputs = parsed.GetValue(inputs) is string text ? [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : null,
        Group = parsed.GetValue(group),
        Missing = parsed.GetValue(missing) ?? [],
        NoHeader = parsed.GetResult(noHeader) is { Implicit: false } ? parsed.GetValue(noHeader) : null,
        Task = task,
    };

    /// <summary>Reads labelled data for a model.</summary>
    /// <exception cref="DataException">It does not match the model.</exception>
    internal RowTable LoadFor(ParseResult parsed, Network network, string path, StorageOptions storage, CancellationToken cancel)
    {
        using DataFile opened = DataFile.Open(path);
        CheckFor(parsed, path, opened.IsIdx, labelled: true);
        DatasetFile file = opened.IsIdx
            ? DatasetFile.ReadIdxFor(network, opened, Labels(parsed)!, storage, cancel)
            : DatasetFile.ReadCsvFor(network, opened, ToCsv(parsed), storage, cancel);
        Notes.Of(file);
        return file.Table;
    }

    /// <summary>Refuses options that a file of this kind cannot heed.</summary>
    /// <exception cref="UsageException">One was given.</exception>
    internal void CheckFor(ParseResult parsed, string path, bool isIdx, bool labelled)
    {
        if (!isIdx && Labels(parsed) is not null)
        {
            throw new UsageException($"--labels is for IDX files, but {path} is none. In a CSV file the label is a column: --label.");
        }

        if (!isIdx)
        {
            return;
        }

        foreach (Option option in new Option[] { label, inputs, group, missing, noHeader })
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{option.Name} is for CSV files, but {path} is an IDX file.");
            }
        }

        if (labelled && Labels(parsed) is null)
        {
            throw new UsageException($"{path} is an IDX file: name the file of its labels with --labels.");
        }
    }
}
