using System.CommandLine;
using Tiny.Training.Data;

namespace Tiny.Cli.Options;

/// <summary>The options that say how a table is written. By default it is found out from the file's beginning.</summary>
internal sealed class DialectOptions
{
    private static readonly string[] Separators = [",", ";", "tab", "space", "|"];

    private readonly Option<string?> separator = new("--separator")
    {
        Description = "The field separator: , ; | tab or space (a run of blanks). Default: detected, and shown in the first line of output",
        HelpName = "MARK",
    };

    private readonly Option<string?> mark =
        new("--decimal") { Description = "The decimal mark, . or ,; the other may separate thousands", HelpName = "MARK" };

    private readonly Option<string?> encoding = new("--encoding")
    {
        Description = "The text encoding, such as utf-8, utf-16, latin1 or windows-1252",
        HelpName = "NAME",
    };

    private readonly Option<int?> skip =
        new Option<int?>("--skip") { Description = "Lines to skip before the header, such as a title", HelpName = "N" }
        .Within(lines => lines >= 0, "0 or more lines");

    internal IEnumerable<Option> All => [separator, mark, encoding, skip];

    /// <summary>Adds what was given to the other options.</summary>
    /// <exception cref="UsageException">A value is none.</exception>
    internal CsvOptions AddTo(ParseResult parsed, CsvOptions options) => options with
    {
        Separator = Separator(parsed.GetValue(separator)),
        Decimal = Decimal(parsed.GetValue(mark)),
        Encoding = parsed.GetValue(encoding),
        Skip = parsed.GetValue(skip),
    };

    private static string? Separator(string? text)
    {
        string? known = text switch
        {
            null => null,
            "\t" or "\\t" or "TAB" => "tab",
            " " or "blank" => "space",
            _ => text,
        };
        return known is null || Separators.Contains(known)
            ? known
            : throw new UsageException($"--separator {text}: expected {string.Join(' ', Separators[..^1])} or {Separators[^1]}.");
    }

    private static string? Decimal(string? text) => text switch
    {
        null or "." or "," => text,
        "point" => ".",
        "comma" => ",",
        _ => throw new UsageException($"--decimal {text}: expected . or ,"),
    };
}
