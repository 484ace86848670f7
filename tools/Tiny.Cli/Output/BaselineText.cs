using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Training.Baselines;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Output;

/// <summary>Shows what a network has to beat.</summary>
internal static class BaselineText
{
    internal static void AddTo(TextTable table, BaselineResults baselines)
    {
        bool classes = baselines.Majority.Confusion is not null;
        string figure = classes ? Format.Result(baselines.Majority) : $"RMSE {Format.Number(baselines.Majority.Errors!.Rmse)}";
        table.Add(classes ? "majority" : "mean", $"{figure}, by always answering {baselines.Answer}");
        table.Add("linear", baselines.Linear is null
            ? "not tried, for it would cost more than the network" : $"{Format.Result(baselines.Linear)}, by a linear model");
    }

    /// <summary>
    /// That a network is no better than a baseline by what its training aims at, in words; null if it is better than both.
    /// </summary>
    /// <param name="baselines">The baselines.</param>
    /// <param name="network">The network.</param>
    /// <param name="figure">How it does on the same rows.</param>
    /// <param name="balanced">Whether it was trained with class weights: then the balanced accuracy counts, else the accuracy.</param>
    internal static string? Warning(BaselineResults baselines, Network network, EvaluationResult figure, bool balanced)
    {
        string Figure(EvaluationResult result) => result.Errors is RegressionErrors errors
            ? $"RMSE {Format.Number(errors.Rmse)}"
            : $"{(balanced ? "balanced accuracy" : "accuracy")} "
            + $"{Format.Number(balanced ? result.Confusion!.BalancedAccuracy : result.Confusion!.Accuracy)}";

        if (!IsBetter(figure, baselines.Majority, balanced))
        {
            return $"the network ({Figure(figure)}) is no better than always answering {baselines.Answer} ({Figure(baselines.Majority)}): "
                + "it has learned nothing that helps on these rows."
                + (figure.Confusion is { IsUneven: true } && !balanced ? " The classes are uneven: try --class-weights balanced." : "");
        }

        return network.LayerCount > 1 && baselines.Linear is EvaluationResult linear && !IsBetter(figure, linear, balanced)
            ? $"the network ({Figure(figure)}) is no better than a linear model ({Figure(linear)}), which is smaller: try --layers none."
            : null;
    }

    internal static JsonObject ToJson(BaselineResults baselines)
    {
        JsonObject majority = Json.Figures(baselines.Majority, withConfusion: false);
        majority["answer"] = baselines.Answer;
        return new JsonObject
        {
            ["majority"] = majority,
            ["linear"] = baselines.Linear is null ? null : Json.Figures(baselines.Linear, withConfusion: false),
        };
    }

    private static bool IsBetter(EvaluationResult network, EvaluationResult baseline, bool balanced)
    {
        if (network.Errors is RegressionErrors errors)
        {
            return errors.Rmse < baseline.Errors!.Rmse;
        }

        return balanced
            ? network.Confusion!.BalancedAccuracy > baseline.Confusion!.BalancedAccuracy
            : network.Confusion!.Accuracy > baseline.Confusion!.Accuracy;
    }
}
