using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tiny.Cli.Options;

/// <summary>Sees to it that what names a file or folder names one, in every command alike.</summary>
internal static class PathNames
{
    /// <summary>Makes empty and impossible names of files and folders wrong usage.</summary>
    /// <param name="command">The command whose arguments and options are checked.</param>
    internal static void Require(Command command)
    {
        foreach (Argument argument in command.Arguments)
        {
            argument.Validators.Add(result => Check(result, argument.Name, "file"));
        }

        foreach (Option option in command.Options.Where(Are))
        {
            option.Validators.Add(result => Check(result, option.Name, option.HelpName is "DIR" or "FOLDER" ? "folder" : "file"));
        }
    }

    /// <summary>Whether an option's values name files or folders.</summary>
    internal static bool Are(Option option) => option.HelpName is "FILE" or "DATA" or "DIR" or "FOLDER";

    private static void Check(SymbolResult result, string name, string kind)
    {
        foreach (Token token in result.Tokens)
        {
            if (string.IsNullOrWhiteSpace(token.Value) || token.Value.Contains('\0'))
            {
                result.AddError($"{name} names no {kind}: \"{token.Value.Replace("\0", "\\0", StringComparison.Ordinal)}\".");
            }
        }
    }
}
