using System.CommandLine;
using System.CommandLine.Help;
using Tiny.Cli.Output;

namespace Tiny.Cli;

/// <summary>The command tiny.</summary>
public static class Program
{
    /// <summary>The process.</summary>
    public static Task<int> Main(string[] arguments)
    {
        StandardStreams.Guard();
        return Run(arguments);
    }

    /// <summary>
    /// Runs one command line on the console as it is, and returns its exit code. It may be called again and again, one after the other.
    /// </summary>
    public static Task<int> Run(string[] arguments) => Faults.Guarded(() =>
    {
        RootCommand root = CommandTree.Build();

        // A file or column whose name begins with @ is no file of arguments.
        ParseResult parsed = root.Parse(
            arguments.Length == 0 ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        bool asksForHelp = parsed.CommandResult.Command.Options.Concat(root.Options)
            .Any(option => option is HelpOption or VersionOption && parsed.GetResult(option) is { Implicit: false });
        return parsed.Errors.Count > 0 && !asksForHelp
            ? Task.FromResult(UsageErrors.Print(parsed))
            : parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    });
}
