using System.CommandLine;
using Tiny.Cli.Options;

namespace Tiny.Cli.Tests.Options;

/// <summary>Every file and folder of every command, named by nothing.</summary>
public class PathNamesTests
{
    public static TheoryData<string> Commands => [.. CommandTree.Build().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_name_that_is_none_is_wrong_usage(string name)
    {
        Command command = CommandTree.Build().Subcommands.Single(command => command.Name == name);
        Option[] options = [.. command.Options.Where(PathNames.Are)];
        Assert.NotEmpty(command.Arguments.Concat<Symbol>(options));
        foreach (string none in new[] { "", " ", "a\0b" })
        {
            Assert.Contains(Errors($"{name}", none),
                error => error.StartsWith($"{command.Arguments[0].Name} names no ", StringComparison.Ordinal));
            foreach (Option option in options)
            {
                Assert.Contains(Errors(name, "m.tiny", option.Name, none),
                    error => error.StartsWith($"{option.Name} names no ", StringComparison.Ordinal));
            }
        }
    }

    private static string[] Errors(params string[] words) => [.. CommandTree.Build().Parse(words).Errors.Select(error => error.Message)];
}
