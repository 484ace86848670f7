using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Tiny.Cli.Commands;

namespace Tiny.Cli.Output;

/// <summary>The usual help, and below it examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parsed)
    {
        int code = usual.Invoke(parsed);
        if (parsed.CommandResult.Command is ExampleCommand { Examples: var examples })
        {
            Console.Out.WriteLine("Examples:");
            foreach (string example in examples)
            {
                Console.Out.WriteLine("  " + example);
            }
        }

        return code;
    }
}
