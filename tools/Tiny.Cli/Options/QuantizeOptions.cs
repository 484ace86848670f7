using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;
using Tiny.Training.Quantization;

namespace Tiny.Cli.Options;

/// <summary>The options of quantizing, for tiny quantize and tiny train --weights int8.</summary>
internal sealed class QuantizeOptions
{
    private readonly Option<int> keepFloat = new Option<int>("--keep-float")
    {
        Description = "Last layers that stay float32, so that they can learn on the device",
        DefaultValueFactory = _ => 0,
        HelpName = "N",
    }.Within(layers => layers >= 0, "0 or more");

    // A point of accuracy is easily felt; a regression that is off by a quarter more than hardly anything often is not.
    private const double UsualPoints = 1;
    private const double UsualPercent = 25;

    private readonly Option<double?> maxLoss = new Option<double?>("--max-loss")
    {
        Description = $"The most that int8 may cost: percentage points of accuracy (default {UsualPoints}), or percent of the RMSE "
            + $"(default {UsualPercent}). Beyond it nothing is written and the exit code is 3",
        HelpName = "X",
    }.Within(most => most >= 0, "0 or more");

    internal void AddTo(Command command)
    {
        command.Options.Add(keepFloat);
        command.Options.Add(maxLoss);
    }

    /// <summary>How many last layers stay float32.</summary>
    internal int KeepFloat(ParseResult parsed) => parsed.GetValue(keepFloat);

    /// <summary>Whether one of them was given.</summary>
    internal bool Given(ParseResult parsed) =>
        parsed.GetResult(keepFloat) is { Implicit: false } || parsed.GetResult(maxLoss) is { Implicit: false };

    /// <summary>Refuses to keep more layers float32 than there are besides one; to be asked before the work.</summary>
    /// <exception cref="UsageException">It is asked for.</exception>
    internal void Check(ParseResult parsed, int layers)
    {
        int keep = parsed.GetValue(keepFloat);
        if (keep >= layers)
        {
            throw new UsageException("--keep-float "
                + $"{keep}: expected 0 to {layers - 1}, for the model has {Format.Count(layers, "layer")}.");
        }
    }

    /// <summary>Quantizes and evaluates before and after.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="network">The float model.</param>
    /// <param name="calibration">Rows to calibrate on; all of them are used.</param>
    /// <param name="tested">Rows to evaluate on.</param>
    /// <param name="cancel">Stops it.</param>
    internal QuantizedModel Quantize(ParseResult parsed, Network network, Dataset calibration, RowSource tested, CancellationToken cancel)
    {
        double limit = parsed.GetValue(maxLoss) ?? (network.Task == NetworkTask.Regression ? UsualPercent : UsualPoints);
        byte[] blob = Quantizer.Quantize(network, calibration, [.. Enumerable.Range(0, calibration.Rows)], parsed.GetValue(keepFloat));
        Network after = Network.FromBlob(blob);
        DataSchema schema = calibration.Schema;
        QuantizedModel quantized = new(
            blob, after, CoreEvaluation.Evaluate(network, schema, tested, cancel), CoreEvaluation.Evaluate(after, schema, tested, cancel),
                limit);
        if (quantized.Uncertain is string uncertain)
        {
            Words.Say(uncertain);
        }

        return quantized;
    }
}
