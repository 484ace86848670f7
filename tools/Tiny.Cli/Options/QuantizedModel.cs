using System.Globalization;
using Tiny.Cli.Output;
using Tiny.Core;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Options;

/// <summary>An int8 model beside the float32 model it was made of.</summary>
internal sealed record QuantizedModel(byte[] Blob, Network Network, EvaluationResult Before, EvaluationResult After, double Limit)
{
    /// <summary>What int8 costs: points of accuracy, or percent of the RMSE.</summary>
    internal double Loss => Before.Confusion is not null
        ? 100 * (Before.Confusion.Accuracy - After.Confusion!.Accuracy)
        : 100 * (After.Errors!.Rmse / Math.Max(Before.Errors!.Rmse, double.Epsilon) - 1);

    /// <summary>That it costs more than it may, in words; or null.</summary>
    internal string? Missed => Loss <= Limit
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"int8 costs {LossInWords}, more than --max-loss {Limit}. Keep the float32 model, or the last layers of it: --keep-float 1.");

    /// <summary><see cref="Loss"/> with its unit.</summary>
    internal string LossInWords => string.Create(CultureInfo.InvariantCulture, $"{Loss:0.00} {(Before.Confusion is not null ? "points of accuracy" : "percent of the RMSE")}");

    internal TextTable Report(int bytesBefore, Network before)
    {
        TextTable table = new();
        table.Add("network", ModelText.Shape(Network));
        table.Add("float32", $"{Format.Result(Before)}  ({Format.Count(Before.Rows, "row")})");
        table.Add("int8", $"{Format.Result(After)}");
        table.Add("costs", LossInWords);
        table.Add("blob", $"{Format.Bytes(bytesBefore)}, now {Format.Bytes(Blob.Length)}");
        table.Add("RAM to predict", $"{Format.Bytes(DeviceMemory.ToPredict(before))}, now {Format.Bytes(DeviceMemory.ToPredict(Network))}");
        return table;
    }
}
