using System.CommandLine;
using System.Globalization;
using Tiny.Cli.Commands;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Desk;
using Tiny.Training.Records;

namespace Tiny.Cli.Sweep;

/// <summary>Runs a trial: tiny train with the manifest's arguments, in this process.</summary>
internal sealed class TrialRunner(SweepPlan plan)
{
    /// <summary>The trial as a command line, for whoever wants to run it by hand.</summary>
    internal static string[] Arguments(SweepPlan plan, Trial trial, string blob)
    {
        // What int8 costs is seen in the score; it is not for the trial to refuse.
        string[] int8 = trial.Arguments.Zip(trial.Arguments.Skip(1)).Any(pair => pair is ("--weights", "int8"))
            ? ["--max-loss", "1000000"] : [];
        string seed = trial.Seed.ToString(CultureInfo.InvariantCulture);
        string share = plan.Validation.ToString(CultureInfo.InvariantCulture);
        return [plan.Data, .. plan.Options, "--validation", share, .. trial.Arguments, .. int8, "--seed", seed, "--threads", "1", "--out",
            blob];
    }

    /// <summary>The rows that no trial has seen; null where the options keep none for testing.</summary>
    internal TrainingRows? TestRows(CancellationToken cancel)
    {
        (Command command, TrainCommand train) = TrainCommand.Make();
        using QuietWords quiet = new();
        // The seed draws --split: with another, rows to test on would be rows that the trials were trained on.
        string seed = plan.Seed.ToString(CultureInfo.InvariantCulture);
        TrainingRows rows = train.LoadRows(command.Parse([plan.Data, .. plan.Options, "--seed", seed, "--out", "-"]), cancel);
        if (rows.Test is null)
        {
            rows.Dispose();
            return null;
        }

        return rows;
    }

    /// <summary>Runs it. A trial that fails, in whatever way, says why; it does not stop the others.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal TrialResult Run(Trial trial, CancellationToken cancel) => Run(trial, (train, parsed) => train.Execute(parsed, cancel), cancel);

    /// <summary>The same, with the model and its training record; null if it failed.</summary>
    internal TrialResult Run(Trial trial, CancellationToken cancel, out byte[]? blob, out TrainingRecord? record)
    {
        byte[]? made = null;
        TrainingRecord? recorded = null;
        TrialResult result = Run(
            trial,
            (train, parsed) =>
            {
                TrainOutcome outcome = train.Execute(parsed, cancel, out recorded);
                made = outcome.Blob;
                return outcome;
            },
            cancel);
        (blob, record) = (made, recorded);
        return result;
    }

    private TrialResult Run(Trial trial, Func<TrainCommand, ParseResult, TrainOutcome> execute, CancellationToken cancel)
    {
        try
        {
            (Command fresh, TrainCommand train) = TrainCommand.Make();
            ParseResult parsed = fresh.Parse(Arguments(plan, trial, "-"));
            if (parsed.Errors.Count > 0)
            {
                return TrialResult.Failed(trial, parsed.Errors[0].Message);
            }

            using QuietWords quiet = new();
            TrainOutcome outcome = execute(train, parsed);
            InstructionCounts instructions = InstructionCounts.Of(outcome.Blob, outcome.Network, out long ram);
            TrialResult result = new(
                trial.Id, outcome.Core.Confusion?.Accuracy, outcome.Core.Errors?.Rmse, outcome.Network.ParameterCount, outcome.Blob.Length,
                    ram, instructions, outcome.Result.Seconds, null);
            return double.IsFinite(result.Score)
                ? result : TrialResult.Failed(trial, "its score on the validation rows is not a finite number");
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // One configuration in thousands may do what nobody thought of; the others are worth having all the same.
            return TrialResult.Failed(trial, Faults.IsUsers(error) ? Faults.Message(error) : $"{error.GetType().Name}: {error.Message}");
        }
    }
}
