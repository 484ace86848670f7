using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Options;

/// <summary>The options of the commands that try a model on labelled data: how the file is read, which of its rows count, how much is held in memory.</summary>
internal sealed class ModelDataOptions
{
    private readonly DataOptions data = new();
    private readonly SplitOptions split = new();
    private readonly MemoryOptions memory = new();
    private readonly Option<int> seed = new("--seed") { Description = "The seed of --split", DefaultValueFactory = _ => 1, HelpName = "N" };

    internal void AddTo(Command command)
    {
        data.AddTo(command);
        split.AddTo(command);
        memory.AddTo(command);
        command.Options.Add(seed);
    }

    /// <summary>Names the files that these options name.</summary>
    internal void NameFiles(ParseResult parsed, RunFiles files) => data.NameFiles(parsed, files);

    /// <summary>The rows of a file: with a split those it was trained on and those it was not.</summary>
    /// <exception cref="Training.Data.DataException">The file does not match the model.</exception>
    internal TrainingRows Load(ParseResult parsed, Network network, string path, CancellationToken cancel)
    {
        split.Check(parsed);
        RowTable table = data.LoadFor(parsed, network, path, memory.Read(parsed), cancel);
        (RowSource train, RowSource? test) = split.Split(parsed, table, parsed.GetValue(seed));
        return new TrainingRows(table, train, test, table);
    }
}
