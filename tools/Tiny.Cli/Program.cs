using System.CommandLine;
using System.CommandLine.Help;

namespace Tiny.Cli;

/// <summary>The command tiny.</summary>
public static class Program
{
    /// <summary>Runs one command line and returns its exit code.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        RootCommand root = CommandTree.Build();
        ParseResult parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        bool asksForHelp = parsed.CommandResult.Command.Options.Concat(root.Options)
            .Any(option => option is HelpOption or VersionOption && parsed.GetResult(option) is { Implicit: false });
        if (parsed.Errors.Count > 0 && !asksForHelp)
        {
            return UsageErrors.Print(parsed);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
