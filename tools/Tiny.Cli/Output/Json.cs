using System.Text.Json;
using System.Text.Json.Nodes;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Output;

/// <summary>The one object that --json prints.</summary>
internal static class Json
{
    private const int Schema = 1;

    /// <summary>An object with schema and command, to be filled.</summary>
    internal static JsonObject Begin(string command) => new() { ["schema"] = Schema, ["command"] = command };

    /// <summary>Prints the object to stdout, indented.</summary>
    internal static void Print(JsonObject json) =>
        Console.Out.WriteLine(json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    /// <summary>rows, loss, and accuracy, balanced_accuracy and confusion or rmse and r2.</summary>
    internal static JsonObject Figures(EvaluationResult result, bool withConfusion = true)
    {
        JsonObject json = new() { ["rows"] = result.Rows };
        if (result.Loss is double loss)
        {
            json["loss"] = Number(loss);
        }

        if (result.Confusion is ConfusionMatrix confusion)
        {
            json["accuracy"] = Number(confusion.Accuracy);
            json["balanced_accuracy"] = Number(confusion.BalancedAccuracy);
            if (withConfusion)
            {
                json["confusion"] = new JsonArray(
                    [.. confusion.Counts.Select(row => new JsonArray([.. row.Select(n => JsonValue.Create(n))]))]);
            }
        }

        if (result.Errors is RegressionErrors errors)
        {
            json["rmse"] = Number(errors.Rmse);
            json["r2"] = Number(errors.R2);
        }

        return json;
    }

    /// <summary>A list of strings.</summary>
    internal static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    /// <summary>JSON has no NaN; a figure that does not exist is null.</summary>
    internal static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
