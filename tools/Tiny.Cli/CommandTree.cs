using System.CommandLine;
using System.CommandLine.Help;
using Tiny.Cli.Commands;
using Tiny.Cli.Options;
using Tiny.Cli.Output;

namespace Tiny.Cli;

/// <summary>All commands under tiny.</summary>
internal static class CommandTree
{
    internal static RootCommand Build()
    {
        RootCommand root = new("Neural networks for .NET nanoFramework: train on the desktop, then predict and keep learning on the "
            + "microcontroller.");
        root.Subcommands.Add(CaptureCommand.Create());
        root.Subcommands.Add(DataCommand.Create());
        root.Subcommands.Add(TrainCommand.Create());
        root.Subcommands.Add(SweepCommand.Create());
        root.Subcommands.Add(SweepCommand.CreateWorker());
        root.Subcommands.Add(EvalCommand.Create());
        root.Subcommands.Add(PredictCommand.Create());
        root.Subcommands.Add(ReportCommand.Create());
        root.Subcommands.Add(QuantizeCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(SignCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(InfoCommand.Create());
        root.Subcommands.Add(DiffCommand.Create());
        root.Subcommands.Add(AverageCommand.Create());
        root.Subcommands.Add(EmulateCommand.Create());
        root.Subcommands.Add(ValidateCommand.Create());
        root.Subcommands.Add(StudioCommand.Create());
        foreach (Command command in root.Subcommands)
        {
            PathNames.Require(command);
        }

        root.Options.OfType<HelpOption>().Single().Action = new HelpPage();
        return root;
    }
}
