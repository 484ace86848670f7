using System.Globalization;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Evaluation;
using Tiny.Training.Memory;

namespace Tiny.Cli.Options;

/// <summary>An int8 model beside the float32 model it was made of.</summary>
internal sealed record QuantizedModel(byte[] Blob, Network Network, EvaluationResult Before, EvaluationResult After, double Limit)
{
    private const int FewestValues = 30; // an RMSE of fewer is a matter of chance
    private const double LeastPoints = 0.1; // of accuracy, that anyone asks to be told apart

    /// <summary>What int8 costs: points of accuracy, or percent of the RMSE.</summary>
    internal double Loss => Before.Confusion is not null
        ? 100 * (Before.Confusion.Accuracy - After.Confusion!.Accuracy)
        : After.Errors!.Rmse == Before.Errors!.Rmse ? 0 : 100 * (After.Errors.Rmse / Before.Errors.Rmse - 1);

    /// <summary>That the rows are too few to judge the cost on, in words; or null.</summary>
    internal string? Uncertain
    {
        get
        {
            double points = 100.0 / Before.Rows;
            if (Before.Confusion is null ? Before.Rows >= FewestValues : points <= Math.Max(Limit, LeastPoints))
            {
                return null;
            }

            string grain = Before.Confusion is null
                ? "" : string.Create(CultureInfo.InvariantCulture, $", where one answer is {points:0.0} points of accuracy");
            return $"note: what int8 costs is judged on {Format.Count(Before.Rows, "row")}{grain}: too few to be sure of it.";
        }
    }

    /// <summary>That it costs more than it may, in words; or null.</summary>
    internal string? Missed => Loss <= Limit
        ? null
        : string.Create(CultureInfo.InvariantCulture,
        $"int8 costs {LossInWords}, more than --max-loss {Limit}. Keep the float32 model, or the last layers of it: --keep-float 1.");

    /// <summary><see cref="Loss"/> with its unit.</summary>
    internal string LossInWords => double.IsFinite(Loss)
        ? string.Create(CultureInfo.InvariantCulture,
        $"{Loss:0.00} {(Before.Confusion is not null ? "points of accuracy" : "percent of the RMSE")}")
        : $"an RMSE of {Format.Number(After.Errors!.Rmse)} where it was 0";

    internal TextTable Report(int bytesBefore, Network before, InstructionChange instructions)
    {
        TextTable table = new();
        table.Add("network", ModelText.Shape(Network));
        table.Add("float32", $"{Format.Result(Before)}  ({Format.Count(Before.Rows, "row")})");
        table.Add("int8", $"{Format.Result(After)}");
        table.Add("costs", LossInWords);
        table.Add("a prediction", instructions.ToString());
        table.Add("blob", $"{Format.Bytes(bytesBefore)}, now {Format.Bytes(Blob.Length)}");
        table.Add("RAM to predict", $"{Format.Bytes(DeviceMemory.ToPredict(before))}, now {Format.Bytes(DeviceMemory.ToPredict(Network))}");
        return table;
    }
}
