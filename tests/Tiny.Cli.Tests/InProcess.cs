using Tiny.Cli.Output;

namespace Tiny.Cli.Tests;

/// <summary>Runs the command in this process, one run after the other: for tests of many runs.</summary>
internal static class InProcess
{
    /// <summary>The tests that use the console, which there is one of.</summary>
    internal const string Collection = "in process";

    internal static ProcessResult Run(params string[] arguments)
    {
        (TextWriter output, TextWriter errors) = (Console.Out, Console.Error);
        using StringWriter said = new();
        using StringWriter complained = new();
        try
        {
            Console.SetOut(new PlainWriter(said)); // as the process sets it up
            Console.SetError(complained);
            int code = Program.Run(arguments).GetAwaiter().GetResult();
            return new ProcessResult(code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }
}

[CollectionDefinition(InProcess.Collection, DisableParallelization = true)]
public sealed class InProcessCollection;
