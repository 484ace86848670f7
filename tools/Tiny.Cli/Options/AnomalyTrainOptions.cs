using System.CommandLine;
using Tiny.Training;
using Tiny.Training.Anomaly;

namespace Tiny.Cli.Options;

/// <summary>The options of tiny train --task anomaly.</summary>
internal sealed class AnomalyTrainOptions
{
    private const int MostMeans = 256;

    private readonly NormalOption normal = new();
    private readonly Option<int> means =
        new Option<int>("--means")
        {
            Description = "With --task anomaly and no --layers: cluster means that distances are measured from. "
        + "1: one Gaussian, the smallest model",
            HelpName = "N",
            DefaultValueFactory = _ => 1
        }
        .Within(count => count is >= 1 and <= MostMeans, $"1 to {MostMeans}");

    private readonly Option<double> quantile =
        new Option<double>("--quantile")
        {
            Description = "With --task anomaly: the share of held-out normal rows below the threshold",
            HelpName = "0.99",
            DefaultValueFactory = _ => 0.99
        }
        .Within(share => share is > 0 and <= 1, "above 0, at most 1");

    internal void AddTo(Command command)
    {
        command.Options.Add(normal.Option);
        command.Options.Add(means);
        command.Options.Add(quantile);
    }

    /// <summary>The labels that are normal; none: all rows.</summary>
    internal string[] Normal(ParseResult parsed) => normal.Read(parsed);

    /// <summary>Refuses them for another task.</summary>
    /// <exception cref="UsageException">One was given.</exception>
    internal void CheckNotGiven(ParseResult parsed)
    {
        if (new Option[] { normal.Option, means, quantile }
            .FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is Option given)
        {
            throw new UsageException($"{given.Name} goes with --task anomaly.");
        }
    }

    /// <summary>The detector that is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="training">How an autoencoder is trained.</param>
    /// <param name="hasLayers">Whether --layers was given: then it is an autoencoder.</param>
    /// <exception cref="UsageException">Options do not go together.</exception>
    internal AnomalyOptions Read(ParseResult parsed, TrainingOptions training, bool hasLayers)
    {
        bool hasMeans = parsed.GetResult(means) is { Implicit: false };
        bool isAutoencoder = hasLayers && training.HiddenLayers.Count > 0;
        return hasMeans && isAutoencoder
            ? throw new UsageException("--means is of a distance, --layers of an autoencoder: give one of them.")
            : new AnomalyOptions
            {
                Means = parsed.GetValue(means),
                Quantile = parsed.GetValue(quantile),
                IsAutoencoder = isAutoencoder,
                Training = training
            };
    }
}
