using System.CommandLine;
using System.Globalization;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.Quantisation;

namespace Tiny.Cli.Options;

/// <summary>The options of quantising, for tiny quantize and tiny train --weights int8.</summary>
internal sealed class QuantizeOptions
{
    private readonly Option<int> keepFloat = new("--keep-float") { Description = "Last layers that stay float32, so that they can learn on the device", DefaultValueFactory = _ => 0, HelpName = "N" };

    // A point of accuracy is easily felt; a regression that is off by a quarter more than hardly anything often is not.
    private const double UsualPoints = 1;
    private const double UsualPercent = 25;

    private readonly Option<double?> maxLoss = new("--max-loss")
    {
        Description = $"The most that int8 may cost: points of accuracy (default {UsualPoints}), or percent of the RMSE (default {UsualPercent}). Past it nothing is written, and the exit code is 3",
        HelpName = "X",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(keepFloat);
        command.Options.Add(maxLoss);
    }

    /// <summary>Whether one of them was given.</summary>
    internal bool Given(ParseResult parsed) =>
        parsed.GetResult(keepFloat) is { Implicit: false } || parsed.GetResult(maxLoss) is { Implicit: false };

    internal QuantizedModel Quantize(ParseResult parsed, Network network, Dataset data, int[] calibration, int[] tested, CancellationToken cancel)
    {
        int keep = parsed.GetValue(keepFloat);
        if (keep < 0 || keep >= network.LayerCount)
        {
            throw new UsageException($"--keep-float {keep}: expected 0 to {network.LayerCount - 1}, for the model has {Format.Count(network.LayerCount, "layer")}.");
        }

        double limit = parsed.GetValue(maxLoss) ?? (network.Task == NetworkTask.Regression ? UsualPercent : UsualPoints);
        if (!(limit >= 0))
        {
            throw new UsageException($"--max-loss {limit.ToString(CultureInfo.InvariantCulture)}: expected 0 or more.");
        }

        byte[] blob = Quantiser.Quantise(network, data, calibration, keep);
        Network after = Network.FromBlob(blob);
        return new QuantizedModel(blob, after, CoreEvaluation.Evaluate(network, data, tested, cancel), CoreEvaluation.Evaluate(after, data, tested, cancel), limit);
    }
}
