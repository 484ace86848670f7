using System.CommandLine;
using System.CommandLine.Parsing;
using Tiny.Cli.Output;
using Tiny.Training.Data;

namespace Tiny.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    internal static int Print(ParseResult parsed)
    {
        foreach (string message in Messages(parsed).Distinct())
        {
            Words.Complain(message);
        }

        string command = parsed.CommandResult.Command is RootCommand ? "tiny" : "tiny " + parsed.CommandResult.Command.Name;
        Words.Say($"See {command} --help.");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> Messages(ParseResult parsed)
    {
        // What follows an unknown command belongs to it, and so does a word behind an unknown option.
        int told = parsed.CommandResult.Command is RootCommand ? 1 : parsed.UnmatchedTokens.Count;
        bool isValue = false;
        foreach (string token in parsed.UnmatchedTokens.Take(told))
        {
            bool isOption = token.StartsWith('-');
            if (isValue && !isOption)
            {
                isValue = false;
                continue;
            }

            isValue = isOption && !token.Contains('=');
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
                yield return NotOfItsType(error) ?? Missing(error) ?? error.Message;
            }
        }
    }

    /// <summary>
    /// A value of a yes-or-no option that is neither, without the name that .NET has for the
    /// type; null for another fault. Numbers are read by tiny itself.
    /// </summary>
    private static string? NotOfItsType(ParseError error) =>
        error.SymbolResult is OptionResult { Option: Option<bool> option, Tokens: [Token value] }
        ? $"{option.Name} {value.Value}: expected true or false, or {option.Name} alone." : null;

    /// <summary>An argument or a required option that is not there, or an option without its value; null for another fault.</summary>
    private static string? Missing(ParseError error)
    {
        SymbolResult? result = error.SymbolResult is ArgumentResult { Parent: OptionResult parent } ? parent : error.SymbolResult;
        return result switch
        {
            ArgumentResult { Tokens.Count: 0 } argument => $"{argument.Argument.Name} is missing: {Said(argument.Argument)}.",
            OptionResult { Tokens.Count: 0 } option =>
                $"{option.Option.Name} {(option.Implicit ? "is missing" : "lacks its value")}: {Said(option.Option)}.",
            _ => null,
        };
    }

    /// <summary>The first sentence of what help says, as the end of another.</summary>
    private static string Said(Symbol symbol)
    {
        string text = HelpPage.FirstSentence(symbol.Description ?? "");
        text = text.EndsWith('.') ? text[..^1] : text;
        return text.Length < 2 || char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private static string DidYouMean(string? near) => near is null ? "" : $" Did you mean {near}?";

    private static IEnumerable<string> Options(Command command) => command.Options.Where(o => !o.Hidden).Select(o => o.Name);

    private static IEnumerable<string> Commands(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand root ? root.Subcommands.Select(c => c.Name) : [];
}
