using System.CommandLine;
using System.Globalization;
using Tiny.Core;
using Tiny.Training.Files;
using Tiny.Training.Import;

namespace Tiny.Cli.Options;

/// <summary>The options of tiny import that say of a model what its file does not.</summary>
internal sealed class ImportModelOptions
{
    private const int MostBytes = 1 << 20;

    private readonly Option<string?> labels =
        new("--labels")
        {
            Description = "The class names in the order of the outputs, separated by commas; or a file with one per line",
            HelpName = "A,B,.."
        };
    private readonly Option<string?> mean =
        new("--mean")
        {
            Description = "The mean that was subtracted from the inputs before the model: one number, one per channel, or one per input",
            HelpName = "X,.."
        };
    private readonly Option<string?> deviation =
        new("--deviation") { Description = "The standard deviation that the inputs were divided by, as many numbers", HelpName = "X,.." };
    private readonly Option<string?> output =
        new("--output")
        {
            Description = "The graph's output, or any value inside the graph, to use as the model's output. Default: the only output",
            HelpName = "NAME"
        };
    private readonly Option<string?> task =
        new Option<string?>("--task")
        {
            Description = "classification or regression. Default: by the graph's last node and --labels",
            HelpName = "TASK"
        };

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[] { labels, mean, deviation, output, task })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="UsageException">A value is none.</exception>
    internal ImportOptions Read(ParseResult parsed) => new()
    {
        Labels = Labels(parsed.GetValue(labels)),
        Means = Numbers(mean, parsed.GetValue(mean)),
        Deviations = Numbers(deviation, parsed.GetValue(deviation)),
        Output = parsed.GetValue(output),
        Task = parsed.GetValue(task) switch
        {
            null => null,
            "classification" => NetworkTask.Classification,
            "regression" => NetworkTask.Regression,
            string other => throw new UsageException($"--task {other}: expected classification or regression."),
        },
    };

    private static string[] Labels(string? text)
    {
        if (text is null)
        {
            return [];
        }

        string[] names = File.Exists(text)
            ? [.. InputFile.ReadText(text, MostBytes).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)]
            : [.. text.Split(',').Select(name => name.Trim())];
        if (names.Length == 1 && (text.Contains('/', StringComparison.Ordinal) || text.EndsWith(".txt", StringComparison.Ordinal)))
        {
            throw new UsageException($"--labels {text}: expected names with commas between, or a file with one a line; there is no such "
                + "file.");
        }

        return names.Contains("") ? throw new UsageException($"--labels {text}: a name is empty.") : names;
    }

    private static float[] Numbers(Option option, string? text) => text is null ? [] :
        [.. text.Split(',').Select(
        part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)
            ? number
            : throw new UsageException($"{option.Name} {text}: \"{part}\" is no number."))];
}
