using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Fleet;

namespace Tiny.Cli.Commands;

/// <summary>tiny average: what a fleet of devices has learned, in one model to send back.</summary>
internal sealed class AverageCommand
{
    private const double MostCount = 1e12; // what a device has learned from; so the sum of all stays a number that divides

    private readonly Argument<string[]> models =
        new("MODELS") { Description = "Model files fine-tuned from the same factory model, two or more", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> weights =
        new("--weights")
        {
            Description = "The weight of each model, such as the number of examples it learned from. Default: all equal",
            HelpName = "COUNTS"
        };
    private readonly Option<string> output = new("--out") { Description = "The model file to write", Required = true, HelpName = "FILE" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object" };

    internal static Command Create()
    {
        AverageCommand average = new();
        ExampleCommand command = new(
            "average",
            "Averages models fine-tuned from the same factory model, to send what a fleet of devices has learned back to all of it.",
            "tiny average a.tiny b.tiny c.tiny --out fleet.tiny",
            "tiny average a.tiny b.tiny c.tiny --weights 120,40,75 --out fleet.tiny");
        command.Arguments.Add(average.models);
        command.Options.Add(average.weights);
        command.Options.Add(average.output);
        command.Options.Add(average.json);
        command.SetWork(average.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string[] paths = parsed.GetValue(models)!;
        string path = parsed.GetValue(output)!;
        if (paths.Length < 2)
        {
            throw new UsageException($"{paths.Length} model cannot be averaged: name two or more.");
        }

        double[] counts = Counts(parsed, paths.Length);
        RunFiles files = new RunFiles().WritesModel(output.Name, path);
        foreach (string model in paths)
        {
            files.ReadsModel("MODELS", model);
        }

        files.Check();
        FleetAverage average = FleetAverage.Of([.. paths.Select(FleetFile.Load)], counts);
        OutputFile.Write(path, average.Blob);
        if (parsed.GetValue(json))
        {
            JsonObject figures = Json.Begin("average");
            figures["models"] = paths.Length;
            figures["generation"] = Network.FromBlob(average.Blob).Generation;
            figures["blob_bytes"] = average.Blob.Length;
            figures["spreads"] = new JsonArray([.. average.Spreads.Select(spread => (JsonNode)spread)]);
            Json.Print(figures);
        }
        else
        {
            TextTable table = new TextTable().Add("layer", "spread, rms");
            for (int i = 0; i < average.Spreads.Count; i++)
            {
                table.Add($"{i}", Format.Percent(average.Spreads[i]));
            }

            Console.Out.Write(table);
        }

        Words.Say($"Wrote {path}.");
        return ExitCode.Done;
    }

    private double[] Counts(ParseResult parsed, int models)
    {
        if (parsed.GetValue(weights) is not string text)
        {
            return [.. Enumerable.Repeat(1.0, models)];
        }

        string[] parts = text.Split(',');
        double[] counts = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!Numbers.TryParse(parts[i], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, out counts[i])
                || counts[i] is <= 0 or > MostCount)
            {
                throw new UsageException($"--weights {text}: \"{parts[i]}\" is no number above 0, at most {MostCount:0}.");
            }
        }

        return counts.Length == models
            ? counts
            : throw new UsageException($"--weights {text}: {counts.Length} numbers for {models} models; give one for each.");
    }
}
