using System.CommandLine;
using System.Globalization;
using Tiny.Cli.Commands;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Memory;

namespace Tiny.Cli.Sweep;

/// <summary>
/// Refuses before anything is written what no trial could do: options that tiny train does not
/// take, data it cannot read, limits that even the smallest network breaks.
/// </summary>
internal static class SweepCheck
{
    private const int MostChecked = 2000;
    private const long MostMade = 1_000_000; // parameters of a network that is made to measure it

    /// <summary>Looks at a plan, its options and its data.</summary>
    /// <exception cref="UsageException">The plan cannot be carried out; the message says where it is wrong.</exception>
    /// <exception cref="DataException">The data cannot be used.</exception>
    internal static void Run(SweepPlan plan, List<Trial> trials, string path, CancellationToken cancel)
    {
        (Command command, TrainCommand train) = TrainCommand.Make();
        DataSchema? schema = null;
        foreach (Dimension dimension in plan.Space)
        {
            foreach (string value in dimension.Samples())
            {
                ParseResult parsed = Parse(command, plan, [$"--{dimension.Option}", value]);
                string? wrong = parsed.Errors.FirstOrDefault()?.Message ?? train.FaultOf(parsed);
                if (wrong is not null)
                {
                    bool ofSpace = wrong.Contains(dimension.Option, StringComparison.Ordinal);
                    throw new UsageException(ofSpace
                        ? $"{path}, line {dimension.Line}: space.{dimension.Option}: {wrong}" : $"{path}: options: {wrong}");
                }

                schema ??= Schema(train, parsed, plan, path, cancel);
            }
        }

        if (plan.Constraints.MaxRam is long ram && LeastRam(command, train, plan, trials, schema!) is long least && least > ram)
        {
            throw new UsageException($"{path}: constraints.max_ram of {Format.Bytes(ram)} cannot be kept: the smallest network of the "
                + $"space takes {Format.Bytes(least)}. Allow more, or search among smaller ones.");
        }
    }

    /// <summary>Reads the data once, as each trial will.</summary>
    private static DataSchema Schema(TrainCommand train, ParseResult parsed, SweepPlan plan, string path, CancellationToken cancel)
    {
        using QuietWords quiet = new();
        try
        {
            return train.Check(parsed, cancel);
        }
        catch (UsageException error)
        {
            throw new UsageException($"{path}: options: {error.Message}");
        }
        catch (DataException) when (RowsOfTooSmallAShare(plan, cancel) is long rows)
        {
            throw new UsageException($"{path}: validation is {plan.Validation.ToString(CultureInfo.InvariantCulture)}, which of "
                + $"{Format.Count(rows, "training row")} leaves none to judge by. Keep a larger share.");
        }
    }

    /// <summary>How many training rows there are, if the share for validation is too small to hold one of them; else null.</summary>
    private static long? RowsOfTooSmallAShare(SweepPlan plan, CancellationToken cancel)
    {
        (Command command, TrainCommand train) = TrainCommand.Make();
        try
        {
            using TrainingRows rows = train.LoadRows(command.Parse([plan.Data, .. plan.Options, "--out", "-"]), cancel);
            try
            {
                rows.Train.HoldBack(plan.Validation, plan.Seed);
                return null;
            }
            catch (DataException)
            {
                return rows.Train.Rows;
            }
        }
        catch (DataException)
        {
            return null; // the data cannot be used at all
        }
    }

    /// <summary>
    /// The least RAM of the space's float32 networks; null if there are others, of which it is known only when they are trained.
    /// </summary>
    private static long? LeastRam(Command command, TrainCommand train, SweepPlan plan, List<Trial> trials, DataSchema schema)
    {
        if (trials.Count > MostChecked || trials.Any(trial => trial.Arguments.Contains("int8")))
        {
            return null;
        }

        return trials.DistinctBy(trial => string.Join('\n', trial.Arguments))
            .Min(trial => Ram(schema, train.OptionsOf(Parse(command, plan, trial.Arguments))));
    }

    /// <summary>The RAM to predict; of a large network what its parameters alone take.</summary>
    private static long Ram(DataSchema schema, TrainingOptions options)
    {
        long parameters = Trainer.LayersFor(schema, options).Sum(layer => layer.ParameterCount);
        return parameters > MostMade ? sizeof(float) * parameters : DeviceMemory.ToPredict(Trainer.PlanFor(schema, options).ToNetwork());
    }

    private static ParseResult Parse(Command command, SweepPlan plan, IReadOnlyList<string> arguments) =>
        command.Parse(TrialRunner.Arguments(plan, new Trial(0, 0, 0, plan.Seed, arguments), "-"));
}
