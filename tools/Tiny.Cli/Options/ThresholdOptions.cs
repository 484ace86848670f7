using System.CommandLine;
using System.Globalization;
using Tiny.Core;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Options;

/// <summary>The least that a result must reach, for use in scripts.</summary>
internal sealed class ThresholdOptions
{
    private readonly Option<double?> accuracy =
        new Option<double?>("--min-accuracy") { Description = "Exit with 3 if the accuracy is lower", HelpName = "X" }
        .Within(least => least is >= 0 and <= 1, "0 to 1");

    private readonly Option<double?> rmse =
        new Option<double?>("--max-rmse") { Description = "Exit with 3 if the RMSE is higher", HelpName = "X" }
        .Within(most => most > 0, "above 0");

    internal void AddTo(Command command)
    {
        command.Options.Add(accuracy);
        command.Options.Add(rmse);
    }

    /// <summary>Refuses a threshold that is for another kind of task; to be asked before the work, not after it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="task">The task; null where it is not known yet.</param>
    /// <exception cref="UsageException">One was given.</exception>
    internal void CheckFor(ParseResult parsed, NetworkTask? task)
    {
        if (task == NetworkTask.Regression && parsed.GetValue(accuracy) is not null)
        {
            throw new UsageException("--min-accuracy is for classification; for a regression use --max-rmse.");
        }

        if (task == NetworkTask.Classification && parsed.GetValue(rmse) is not null)
        {
            throw new UsageException("--max-rmse is for a regression; for classification use --min-accuracy.");
        }
    }

    /// <summary>What was missed, in words, or null.</summary>
    internal string? Missed(ParseResult parsed, EvaluationResult result)
    {
        if (parsed.GetValue(accuracy) is double least && !(result.Confusion!.Accuracy >= least))
        {
            return Text("accuracy", result.Confusion.Accuracy, "below", "--min-accuracy", least);
        }

        return parsed.GetValue(rmse) is double most && !(result.Errors!.Rmse <= most)
            ? Text("RMSE", result.Errors.Rmse, "above", "--max-rmse", most)
            : null;
    }

    private static string Text(string figure, double reached, string relation, string option, double threshold) =>
        string.Create(CultureInfo.InvariantCulture, $"The {figure} of {reached:g6} is {relation} {option} {threshold}.");
}
