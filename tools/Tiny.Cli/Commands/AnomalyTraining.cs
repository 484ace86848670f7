using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Cli.Report;
using Tiny.Core;
using Tiny.Desk;
using Tiny.Training.Anomaly;
using Tiny.Training.Data;
using Tiny.Training.Memory;

namespace Tiny.Cli.Commands;

/// <summary>tiny train --task anomaly: from normal rows to a detector.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Output">The file to write.</param>
/// <param name="ReportPath">The page to write, or null.</param>
/// <param name="IsJson">Whether to print one JSON object.</param>
internal sealed record AnomalyTraining(ParseResult Parsed, string Output, string? ReportPath, bool IsJson)
{
    /// <summary>Trains, tests, writes and prints.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="names">The labels that are normal; none for all.</param>
    /// <param name="options">The detector that is asked for.</param>
    /// <param name="judged">What the rows that were not trained on are called.</param>
    /// <param name="cancel">Stops it.</param>
    internal int Run(TrainingRows rows, string[] names, AnomalyOptions options, string judged, CancellationToken cancel)
    {
        DataSchema schema = rows.Schema;
        if (rows.IsStreamed)
        {
            throw new DataException($"{rows.Data.File.Path}: the rows do not fit --memory, which --task anomaly needs. Raise it, or take "
                + "fewer rows.");
        }

        bool[] isNormal = NormalOption.Of(schema.OutputNames, names);
        (float[] Row, int Answer)[] train = [.. AnomalyText.Rows(rows.Train, schema.ColumnCount, cancel)];
        float[][] normal = [.. train.Where(row => isNormal[row.Answer]).Select(row => row.Row)];
        if (train.Length > normal.Length)
        {
            Words.Say($"note: {Format.Count(train.Length - normal.Length, "row")} that are not normal were left out of training.");
        }

        Dataset data = Dataset.ForClassification([.. normal.SelectMany(row => row)], schema.Columns, new int[normal.Length], ["normal"])
            .With(schema.Features);
        AnomalyModel model = TrainingProgress.Show(IsJson, progress => AnomalyTrainer.Train(data, names, options, progress, cancel));
        AnomalyResult learned = AnomalyResult.Of(model, normal.Select(row => (row, true)));
        (float[] Row, bool IsNormal)[]? tried = rows.Test is null
            ? null : [.. AnomalyText.Rows(rows.Test, schema.ColumnCount, cancel).Select(row => (row.Row, isNormal[row.Answer]))];
        AnomalyResult? tested = tried is null ? null : AnomalyResult.Of(model, tried);
        RecordFile.Write(Output, model.Blob, RecordBuilder.OfAnomaly(Parsed, rows, model));
        if (ReportPath is not null)
        {
            OutputFile.Write(ReportPath, Encoding.UTF8.GetBytes(
                AnomalyPage.Render(Output, rows.Data.File.Path, model, schema.Columns.Names,
                    tried ?? [.. normal.Select(row => (row, true))])));
            Words.Say($"Wrote {ReportPath}; open it in a browser.");
        }

        if (IsJson)
        {
            Json.Print(ToJson(model, learned, tested, judged));
        }
        else
        {
            Console.Out.Write(Report(model, learned, tested, judged));
        }

        Words.Say($"Wrote {Output}.");
        return ExitCode.Done;
    }

    private static string Report(AnomalyModel model, AnomalyResult learned, AnomalyResult? tested, string judged)
    {
        Network network = model.Network;
        TextTable table = new();
        table.Add("detector", model.IsAutoencoder ? $"autoencoder {ModelText.Shape(network)}" : $"distance, {ModelText.Shape(network)}");
        table.Add("threshold", $"{Format.Number(model.Threshold)}, by held-back normal rows");
        table.Add("train", AnomalyText.Describe(learned));
        table.Add(judged, tested is null ? "none (keep rows with --test-every, --test-last or --split)" : AnomalyText.Describe(tested));
        table.Add("device", $"{Format.Count(network.ParameterCount, "parameter")}, "
            + $"blob {Format.Bytes(model.Blob.Length)}, RAM {Format.Bytes(DeviceMemory.ToPredict(network))} to score");
        return table.ToLeftAligned();
    }

    private static JsonObject ToJson(AnomalyModel model, AnomalyResult learned, AnomalyResult? tested, string judged)
    {
        JsonObject figures = Json.Begin("train");
        figures["task"] = "anomaly";
        figures["parameters"] = model.Network.ParameterCount;
        figures["nonzero"] = ModelCounts.Nonzero(model.Network);
        figures["macs"] = ModelCounts.Macs(model.Network);
        figures["blob_bytes"] = model.Blob.Length;
        figures["predict_ram"] = DeviceMemory.ToPredict(model.Network);
        figures["threshold"] = model.Threshold;
        figures["train"] = AnomalyText.ToJson(learned);
        figures[judged] = tested is null ? null : AnomalyText.ToJson(tested);
        return figures;
    }
}
