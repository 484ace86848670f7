using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Records;

namespace Tiny.Cli.Options;

/// <summary>
/// The options of the commands that try a model on labeled data: how the file is read, which of its rows count,
/// how much is held in memory. What they leave open is taken from the training record.
/// </summary>
internal sealed class ModelDataOptions
{
    private readonly DataOptions data = new();
    private readonly SplitOptions split = new();
    private readonly MemoryOptions memory = new();
    private readonly Option<bool> allRows =
        new("--all-rows")
        {
            Description = "Evaluate on all rows. Default: from the file trained on, only the rows that were not trained "
        + "on, by the training record"
        };
    private readonly Option<int> seed = new("--seed") { Description = "The seed of --split", DefaultValueFactory = _ => 1, HelpName = "N" };

    internal void AddTo(Command command)
    {
        data.AddTo(command);
        split.AddTo(command);
        command.Options.Add(allRows);
        memory.AddTo(command);
        command.Options.Add(seed);
    }

    /// <summary>Names the files that these options name.</summary>
    internal void NameFiles(ParseResult parsed, RunFiles files) => data.NameFiles(parsed, files);

    /// <summary>The rows of a file: those that the model was trained on, and those it was not, as far as that is known.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="network">The model.</param>
    /// <param name="record">Its training record, if there is one.</param>
    /// <param name="path">The data file.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="anyClasses">Whether labels may be of any classes.</param>
    /// <exception cref="UsageException">Options do not go together.</exception>
    /// <exception cref="DataException">The file does not match the model.</exception>
    internal TrainingRows Load(ParseResult parsed, string modelPath, Network network, TrainingRecord? record, string path,
        CancellationToken cancel, bool anyClasses = false)
    {
        SplitPlan? asked = Asked(parsed);
        LoadedFile file = data.LoadFor(parsed, network, path, memory.Read(parsed, record?.Split.MemoryBytes), record, cancel, anyClasses);
        return RowsToTry.Choose(file, modelPath, record, asked);
    }

    private SplitPlan? Asked(ParseResult parsed)
    {
        SplitPlan plan = split.Read(parsed, parsed.GetValue(seed));
        return !parsed.GetValue(allRows) ? (plan == SplitPlan.None ? null : plan)
            : plan == SplitPlan.None ? plan
            : throw new UsageException("--all-rows and a split exclude each other: give one of them.");
    }
}
