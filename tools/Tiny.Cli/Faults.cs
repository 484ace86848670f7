using Tiny.Cli.Output;
using Tiny.Core.Blobs;
using Tiny.Emulator;
using Tiny.Features;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Files;

namespace Tiny.Cli;

/// <summary>What ends a command before it is done, as one line of words and an exit code.</summary>
internal static class Faults
{
    /// <summary>Runs what may fail.</summary>
    /// <returns>Its exit code, or the fault's.</returns>
    internal static async Task<int> Guarded(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (!IsToBeSeen(error))
        {
            return Say(error);
        }
    }

    /// <summary>Whether it is something that a user can cause and mend, and whose message says so.</summary>
    internal static bool IsUsers(Exception error) =>
        error is TinyException or BlobException or FeatureException or EmulatorException or DeviceProgramException or OutOfMemoryException
        or InvalidDataException || FileFault.Is(error);

    /// <summary>The message for a person.</summary>
    internal static string Message(Exception error) => error switch
    {
        OutOfMemoryException => "there is not enough memory for this. Give less data, or a smaller network or --memory.",
        AggregateException { InnerExceptions: [Exception only] } => Message(only),
        _ => error.Message,
    };

    private static int Say(Exception error)
    {
        Exception fault = error is AggregateException { InnerExceptions: [Exception only] } ? only : error;
        if (fault is OperationCanceledException)
        {
            Words.Say("Interrupted.");
            return ExitCode.Interrupted;
        }

        Words.Complain(IsUsers(fault)
            ? Message(fault)
            : "something went wrong that should not "
            + $"have: {fault.GetType().Name}: {fault.Message} Set TINY_DEBUG=1 to see where, and please report it.");
        return fault is UsageException or SelectionException ? ExitCode.Usage : ExitCode.Failed;
    }

    /// <summary>Whether a fault of tiny's own is to end the process where it happened, for whoever looks for it.</summary>
    private static bool IsToBeSeen(Exception error) => !IsUsers(error) && error is not (OperationCanceledException or AggregateException)
        && Environment.GetEnvironmentVariable("TINY_DEBUG") is not null;
}
