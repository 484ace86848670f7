using System.CommandLine;

namespace Tiny.Cli;

/// <summary>The command tiny.</summary>
public static class Program
{
    /// <summary>Runs one command line and returns its exit code.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        RootCommand root = CommandTree.Build();
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return UsageErrors.Print(parsed);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
