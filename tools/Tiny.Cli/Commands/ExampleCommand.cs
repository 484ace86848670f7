using System.CommandLine;
using Tiny.Cli.Options;

namespace Tiny.Cli.Commands;

/// <summary>A command with examples in its help.</summary>
internal sealed class ExampleCommand : Command
{
    internal ExampleCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
    }

    internal IReadOnlyList<string> Examples { get; }

    /// <summary>
    /// Sets what the command does, when all its options are there. Its faults are put into words by <see cref="Faults"/>.
    /// </summary>
    internal void SetWork(Func<ParseResult, CancellationToken, int> work)
    {
        Numbers.ReadAll(this);
        SetAction((parsed, cancel) => Task.Run(() => work(parsed, cancel), CancellationToken.None));
    }
}
