using System.CommandLine;
using Tiny.Training.Data;

namespace Tiny.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    internal static int Print(ParseResult parsed)
    {
        foreach (string message in Messages(parsed).Distinct())
        {
            Console.Error.WriteLine("tiny: " + message);
        }

        string command = parsed.CommandResult.Command is RootCommand ? "tiny" : "tiny " + parsed.CommandResult.Command.Name;
        Console.Error.WriteLine($"See {command} --help.");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> Messages(ParseResult parsed)
    {
        // What follows an unknown command belongs to it.
        int told = parsed.CommandResult.Command is RootCommand ? 1 : parsed.UnmatchedTokens.Count;
        foreach (string token in parsed.UnmatchedTokens.Take(told))
        {
            bool isOption = token.StartsWith('-');
            string? near = Suggestion.For(token.Split('=')[0], isOption ? Options(parsed.CommandResult.Command) : Commands(parsed));
            yield return isOption
                ? $"{token}: there is no such option." + DidYouMean(near)
                : $"{token}: not expected here." + DidYouMean(near);
        }

        // A stray word makes the parser miss what should have stood there too; that it is stray says enough.
        if (parsed.UnmatchedTokens.Count == 0)
        {
            foreach (var error in parsed.Errors)
            {
                yield return error.Message;
            }
        }
    }

    private static string DidYouMean(string? near) => near is null ? "" : $" Did you mean {near}?";

    private static IEnumerable<string> Options(Command command) => command.Options.Where(o => !o.Hidden).Select(o => o.Name);

    private static IEnumerable<string> Commands(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand root ? root.Subcommands.Select(c => c.Name) : [];
}
