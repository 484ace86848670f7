using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;
using Tiny.Cli.Commands;

namespace Tiny.Cli.Output;

/// <summary>The help of a command, examples first, no wider than the screen.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int WidestLabel = 24;
    private const string Indent = "  ";
    private const string Continued = " \\";

    private static readonly string[] FirstSteps =
    [
        "tiny data iris.csv",
        "tiny train iris.csv --test-every 5 --out iris.tiny",
        "tiny info iris.tiny --board esp32",
        "tiny export iris.tiny --format csharp --out Models",
    ];

    /// <inheritdoc/>
    public override int Invoke(ParseResult parsed)
    {
        Console.Out.Write(Of(parsed.CommandResult.Command, Screen.Width));
        return ExitCode.Done;
    }

    /// <summary>The page's text.</summary>
    private static string Of(Command command, int width)
    {
        bool isRoot = command is RootCommand;
        StringBuilder page = new();
        page.AppendLine(Cells.Wrap(command.Description ?? "", width, 0));
        IReadOnlyList<string> examples = isRoot ? FirstSteps : command is ExampleCommand shown ? shown.Examples : [];
        Section(page, "Examples", examples.Select(example => Example(example, width)));
        Section(page, "Usage", [Cells.Wrap(Indent + Usage(command, isRoot), width, 6)]);
        Section(page, "Commands",
            Rows(command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (Named(sub), FirstSentence(sub.Description ?? ""))), width));
        Section(page, "Arguments", Rows(command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => ($"<{argument.Name}>", Description(argument))), width));
        Section(page, "Options",
            Rows(AllOptions(command).Where(option => !option.Hidden).Select(option => (Label(option), Description(option))), width));
        if (isRoot)
        {
            page.AppendLine().AppendLine("tiny COMMAND --help tells the options of a command.");
        }

        return page.ToString();
    }

    private static void Section(StringBuilder page, string heading, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length > 0)
        {
            page.AppendLine().AppendLine($"{heading}:").AppendJoin(Environment.NewLine, all).AppendLine();
        }
    }

    private static string Usage(Command command, bool isRoot) => isRoot ? "tiny COMMAND [options]" : $"tiny {Named(command)} [options]";

    private static string Named(Command command) =>
        command.Name + string.Concat(command.Arguments.Where(argument => !argument.Hidden)
        .Select(argument => $" <{argument.Name}>{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}"));

    /// <summary>Those of the command, and those that hold for all.</summary>
    private static IEnumerable<Option> AllOptions(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive));

    private static string Label(Option option)
    {
        string names = string.Join(
            ", ", option.Aliases.Append(option.Name).Where(name => name.StartsWith('-')).OrderBy(name => name.Length));
        string value = option is HelpOption or VersionOption or Option<bool> || option.HelpName is null ? "" : $" <{option.HelpName}>";
        return names + value;
    }

    private static string Description(Symbol symbol)
    {
        bool required = symbol is Option { Required: true };
        object? usual = symbol is Option { HasDefaultValue: true } option and not Option<bool> ? option.GetDefaultValue()
            : symbol is Argument { HasDefaultValue: true } argument ? argument.GetDefaultValue()
            : null;
        string text = symbol is HelpOption ? "Show this help" : symbol is VersionOption ? "Show the version" : symbol.Description ?? "";
        return text + (required ? " (required)" : "") + (usual is null or "" ? "" : FormattableString.Invariant($" [default: {usual}]"));
    }

    /// <summary>Labels and descriptions side by side; a long label has a line of its own.</summary>
    private static IEnumerable<string> Rows(IEnumerable<(string Label, string Text)> rows, int width)
    {
        (string Label, string Text)[] all = [.. rows];
        int column = all.Select(row => Cells.Width(row.Label)).Where(label => label <= WidestLabel).DefaultIfEmpty(WidestLabel).Max()
            + 2 * Indent.Length;
        foreach ((string label, string text) in all)
        {
            string words = Cells.Wrap(text, width - column, 0).Replace(Environment.NewLine, Environment.NewLine + new string(' ', column));
            string first = Indent + label;
            yield return Cells.Width(first) + Indent.Length <= column
                ? (Cells.PadRight(first, column) + words).TrimEnd()
                : first + Environment.NewLine + new string(' ', column) + words;
        }
    }

    /// <summary>A command line, broken before options as a shell takes it.</summary>
    private static string Example(string example, int width)
    {
        StringBuilder lines = new();
        string line = Indent;
        foreach (string part in example.Replace(" --", "\n--").Split('\n'))
        {
            if (line.Trim().Length > 0 && Cells.Width(line + " " + part + Continued) > width)
            {
                lines.AppendLine(line + Continued);
                line = Indent + Indent + Indent + part;
            }
            else
            {
                line += (line.Trim().Length > 0 ? " " : "") + part;
            }
        }

        return lines.Append(line).ToString();
    }

    /// <summary>The first sentence of a description, with its full stop if others follow.</summary>
    internal static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }
}
