using System.CommandLine;
using Tiny.Emulator.Boards;
using Tiny.Training.Data;

namespace Tiny.Cli.Options;

/// <summary>The option --board.</summary>
internal sealed class BoardOption
{
    private readonly Option<string> option = new("--board")
    {
        Description = $"The board: {string.Join(", ", BoardProfile.Names)}",
        HelpName = "NAME",
        DefaultValueFactory = _ => "stm32f4",
    };

    internal void AddTo(Command command) => command.Options.Add(option);

    /// <exception cref="UsageException">There is no such board.</exception>
    internal BoardProfile Read(ParseResult parsed)
    {
        string name = BoardNames.Resolve(parsed.GetValue(option)!);
        if (BoardProfile.Names.Contains(name))
        {
            return BoardProfile.Load(name);
        }

        string? near = Suggestion.For(name, [.. BoardProfile.Names, .. BoardProfile.OtherNames]);
        throw new UsageException(
            $"--board {name}: expected one of {string.Join(", ", BoardProfile.Names)}.{(near is null ? "" : $" Did you mean {near}?")}");
    }
}
