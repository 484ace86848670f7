using System.CommandLine;
using System.Globalization;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Options;

/// <summary>The least that a result must reach, for use in scripts.</summary>
internal sealed class ThresholdOptions
{
    private readonly Option<double?> accuracy = new("--min-accuracy") { Description = "Exit with 3 if the accuracy is lower", HelpName = "X" };
    private readonly Option<double?> rmse = new("--max-rmse") { Description = "Exit with 3 if the RMSE is higher", HelpName = "X" };

    internal void AddTo(Command command)
    {
        command.Options.Add(accuracy);
        command.Options.Add(rmse);
    }

    /// <summary>What was missed, in words, or null.</summary>
    /// <exception cref="UsageException">The threshold is for another kind of task.</exception>
    internal string? Missed(ParseResult parsed, EvaluationResult result)
    {
        if (parsed.GetValue(accuracy) is double least)
        {
            double reached = result.Confusion?.Accuracy ?? throw new UsageException("--min-accuracy is for classification; for a regression use --max-rmse.");
            return reached >= least ? null : Text("accuracy", reached, "below", "--min-accuracy", least);
        }

        if (parsed.GetValue(rmse) is double most)
        {
            double reached = result.Errors?.Rmse ?? throw new UsageException("--max-rmse is for a regression; for classification use --min-accuracy.");
            return reached <= most ? null : Text("RMSE", reached, "above", "--max-rmse", most);
        }

        return null;
    }

    private static string Text(string figure, double reached, string relation, string option, double threshold) =>
        string.Create(CultureInfo.InvariantCulture, $"The {figure} of {reached:0.0000} is {relation} {option} {threshold}.");
}
