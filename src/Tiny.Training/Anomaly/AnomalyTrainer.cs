using Tiny.Anomaly;
using Tiny.Core;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Export;
using Tiny.Training.Memory;
using Tiny.Training.Quantization;

namespace Tiny.Training.Anomaly;

/// <summary>
/// Makes a detector of normal rows alone: the distance from their mean, or from the nearest of several, or an
/// autoencoder. A fifth of the rows is held back; the threshold is a quantile of their scores.
/// </summary>
/// <example>
/// <code>
/// AnomalyModel model = AnomalyTrainer.Train(data, ["calm"], new AnomalyOptions { Means = 3 });
/// bool isAnomaly = model.Score(features) > model.Threshold;
/// File.WriteAllBytes("pump.tiny", model.Blob);
/// </code>
/// </example>
public static class AnomalyTrainer
{
    private const double HeldBackShare = 0.2;
    private const int FewestRows = 10;

    /// <summary>Makes a detector.</summary>
    /// <param name="normal">Normal rows alone; what their answers are is left out of account.</param>
    /// <param name="names">The labels of what is normal, for whoever tries the detector; none where rows have no labels.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of every epoch of an autoencoder.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DataException">The rows are too few, or nothing in them varies.</exception>
    public static AnomalyModel Train(
        Dataset normal, IReadOnlyList<string> names, AnomalyOptions options, Action<EpochProgress>? progress = null,
        CancellationToken cancel = default)
    {
        if (normal.Rows < FewestRows)
        {
            throw new DataException($"Only {normal.Rows} normal rows are left to learn from, expected at "
                + $"least {FewestRows}: a fifth of them is held back for the threshold.");
        }

        int[] order = [.. Enumerable.Range(0, normal.Rows)];
        DataSplit.Shuffle(order.AsSpan(), new SeededRandom(options.Training.Seed));
        int held = Math.Max(1, (int)(HeldBackShare * order.Length));
        byte[] network = options.IsAutoencoder
            ? Autoencoder(normal, order[held..], options, progress, cancel)
            : Distance(normal, order[held..], options);
        AnomalyModel untold = AnomalyModel.Of(AnomalyModel.ToBlob(network, options.IsAutoencoder, 1f, names))!;
        float[] scores = [.. order[..held].Select(row => untold.Score(normal.Row(row).ToArray())).Order()];
        int rank = (int)Math.Ceiling((scores.Length + 1) * options.Quantile);
        float threshold = Math.Max(scores[Math.Clamp(rank, 1, scores.Length) - 1], 1e-6f);
        return AnomalyModel.Of(AnomalyModel.ToBlob(network, options.IsAutoencoder, threshold, names))!;
    }

    /// <summary>
    /// The detector in int8. Its threshold is moved so that it lets as many of the normal rows pass as before.
    /// </summary>
    /// <param name="model">An autoencoder.</param>
    /// <param name="normal">Normal rows, to calibrate on.</param>
    /// <param name="keepFloat">Last layers that stay float32.</param>
    /// <exception cref="QuantizationException">The detector or the rows are none that it can be done with.</exception>
    public static AnomalyModel Quantize(AnomalyModel model, Dataset normal, int keepFloat)
    {
        if (!model.IsAutoencoder)
        {
            throw new QuantizationException("A distance stays float32: it is small as it is. Autoencoders become int8.");
        }

        byte[] network = Quantizer.Quantize(model.Network, normal, [.. Enumerable.Range(0, normal.Rows)], keepFloat);
        AnomalyModel untold = AnomalyModel.Of(AnomalyModel.ToBlob(network, isAutoencoder: true, model.Threshold, model.Normal))!;
        float[][] rows = [.. Enumerable.Range(0, normal.Rows).Select(row => normal.Row(row).ToArray())];
        int passing = rows.Count(row => model.Score(row) <= model.Threshold);
        float[] scores = [.. rows.Select(untold.Score).Order()];
        float threshold = passing == 0
            ? model.Threshold : passing == scores.Length ? Math.Max(model.Threshold, scores[^1]) : Math.Max(scores[passing - 1], 1e-6f);
        return AnomalyModel.Of(AnomalyModel.ToBlob(network, isAutoencoder: true, threshold, model.Normal))!;
    }

    private static byte[] Autoencoder(
        Dataset normal, int[] rows, AnomalyOptions options, Action<EpochProgress>? progress, CancellationToken cancel)
    {
        DataSchema schema = new(normal.Columns, NetworkTask.Regression, ["reconstruction"]) { Features = normal.Features };
        TrainingOptions training = options.Training with
        {
            HiddenLayers = AnomalyOptions.Mirrored(options.Training.HiddenLayers),
            Reconstructs = true,
            Loss = Loss.MeanSquaredError
        };
        using MemoryRows source = new(normal, rows);
        using Trainer trainer = new(schema, source, training);
        return BlobExporter.ToBlob(trainer.Run(progress: progress, cancel: cancel).Model);
    }

    private static byte[] Distance(Dataset normal, int[] rows, AnomalyOptions options)
    {
        (float[] precisions, float[][] means) = Clusters.Of(normal, rows, options.Means, options.Training.Seed);
        PlanBuilder plan = new PlanBuilder(normal.ColumnCount, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddBehind(NearestMean.NearestMeanCode, 1, 1, [(byte)means.Length, (byte)(means.Length >> 8)])
            .WithNames("score");
        plan.ColumnsChecksum = normal.Columns.Checksum;
        plan.Features = normal.Features?.ToBytes() ?? [];
        Network network = DeviceMemory.Reckon(plan).ToNetwork();
        float[] parameters = [.. precisions, .. means.SelectMany(mean => mean)];
        network.GetLayer(0).SetParameters(parameters, 0, parameters.Length);
        return BlobWriter.ToArray(network);
    }
}
