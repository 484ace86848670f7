using Tiny.Cli.Output;

namespace Tiny.Cli.Tests;

/// <summary>
/// Runs the command in this process, one run after the other: a process takes a hundred times as long to start as most runs last.
/// </summary>
internal static class InProcess
{
    private static readonly Lock OneConsole = new();

    private const int Wide = 100_000; // lines are whole, so that tests find what they look for

    internal static ProcessResult Run(params string[] arguments) => RunAt(Wide, arguments);

    /// <summary>The same on a screen of so many columns.</summary>
    internal static ProcessResult RunAt(int columns, params string[] arguments)
    {
        using Lock.Scope alone = OneConsole.EnterScope();
        (TextWriter output, TextWriter errors) = (Console.Out, Console.Error);
        using StringWriter said = new();
        using StringWriter complained = new();
        try
        {
            Screen.Fixed = columns;
            Console.SetOut(new PlainWriter(said)); // as the process sets it up
            Console.SetError(complained);
            int code = Program.Run(arguments).GetAwaiter().GetResult();
            return new ProcessResult(code, said.ToString(), complained.ToString());
        }
        finally
        {
            Screen.Fixed = null;
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }
}
