using System.Text.Json.Nodes;
using Tiny.Training.Anomaly;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Output;

/// <summary>How well a detector does, in words and as JSON, and the rows that tell it.</summary>
internal static class AnomalyText
{
    /// <summary>Such as "AUC 0.9876  precision 0.95  recall 0.91 at threshold 1.83".</summary>
    internal static string Describe(AnomalyResult result)
    {
        string at = $"threshold {Format.Number(result.Threshold)}";
        return result.Auc is not double auc
            ? $"{Format.Count(result.FalseAlarms)} of {Format.Count(result.Normal.Count, "normal row")} above the {at}"
            : $"AUC {Format.Number(auc)}  precision {Share(result.Precision)}  recall {Share(result.Recall)}  at {at}  "
                + $"({Format.Count(result.Normal.Count, "normal row")}, {Format.Count(result.Anomalies.Count)} anomalies)";
    }

    /// <summary>rows, anomalies, auc, precision, recall, false_alarms.</summary>
    internal static JsonObject ToJson(AnomalyResult result) => new()
    {
        ["rows"] = result.Rows,
        ["anomalies"] = result.Anomalies.Count,
        ["auc"] = result.Auc,
        ["precision"] = result.Precision,
        ["recall"] = result.Recall,
        ["false_alarms"] = result.FalseAlarms,
    };

    /// <summary>The rows of a source, one after another, each with its answer.</summary>
    internal static IEnumerable<(float[] Row, int Answer)> Rows(RowSource source, int columns, CancellationToken cancel)
    {
        source.Begin(null);
        while (source.Next() is RowChunk chunk)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                int row = chunk.Order[i];
                yield return (chunk.Inputs.AsSpan(row * columns, columns).ToArray(), (int)chunk.Answers[row]);
            }
        }
    }

    private static string Share(double? share) => share is double value ? Format.Percent(value) : "-";
}
