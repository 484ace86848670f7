using System.CommandLine;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core.Blobs;
using Tiny.Emulator;
using Tiny.Training.Data;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Fleet;
using Tiny.Training.Quantisation;

namespace Tiny.Cli.Commands;

/// <summary>A command with examples in its help, whose faults end in one line of words and an exit code.</summary>
internal sealed class ExampleCommand : Command
{
    internal ExampleCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
    }

    internal IReadOnlyList<string> Examples { get; }

    /// <summary>Sets what the command does, when all its options are there; every fault that a user can cause is put into words.</summary>
    internal void SetWork(Func<ParseResult, CancellationToken, int> work)
    {
        Numbers.ReadAll(this);
        SetAction((parsed, cancel) => Task.Run(() => Guarded(() => work(parsed, cancel)), CancellationToken.None));
    }

    private static int Guarded(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            Words.Say("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is UsageException or SelectionException)
        {
            Words.Complain(error.Message);
            return ExitCode.Usage;
        }
        catch (Exception error) when (error is DataException or BlobException or ModelException or QuantisationException or ExportException or FleetException or EmulatorException or DeviceProgramException)
        {
            Words.Complain(error.Message);
            return ExitCode.Failed;
        }
        catch (Exception error) when (Environment.GetEnvironmentVariable("TINY_DEBUG") is null)
        {
            Words.Complain($"something went wrong that should not have: {error.GetType().Name}: {error.Message} "
                + "Set TINY_DEBUG=1 to see where, and please report it.");
            return ExitCode.Failed;
        }
    }
}
