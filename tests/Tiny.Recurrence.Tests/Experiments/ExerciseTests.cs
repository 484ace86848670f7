using System.IO.Compression;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Desk;
using Tiny.Features;
using Tiny.Tests;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Export;
using Tiny.Training.Kinds;
using Tiny.Training.Layers;
using Tiny.Training.Quantization;
using Gru = Tiny.Recurrence.Gru;

namespace Tiny.Recurrence.Tests.Experiments;

/// <summary>Movements of har-exercise, every fourth sample, split by recording.</summary>
public class ExerciseTests
{
    /// <summary>Float32 and int8 tell them apart alike.</summary>
    [SharedDataFact]
    public void Sixteen_units_tell_movements_apart()
    {
        Dataset data = Read();
        DataSplit split = DataSplit.EveryRecording(data, 4);
        (double Float, double Int8)[] accuracies = [.. Enumerable.Range(1, 5).Select(seed =>
        {
            Network network = Train(data, split, new() { Layers = [new GruDescription(16)], Seed = seed });
            Network int8 = Network.FromBlob(Quantizer.Quantize(network, data, [.. split.Train]));
            return (Accuracy(network, data, split), Accuracy(int8, data, split));
        })];
        Assert.True(accuracies.Average(pair => pair.Float) >= 0.96, string.Join(", ", accuracies));
        Assert.True(accuracies.Average(pair => pair.Int8) >= accuracies.Average(pair => pair.Float) - 0.01, string.Join(", ", accuracies));
    }

    /// <summary>With two fifths of the weights; a third of the epochs has to do here.</summary>
    [SharedDataFact]
    public void Sixteen_FastGRNN_units_do_nearly_as_well()
    {
        Dataset data = Read();
        DataSplit split = DataSplit.EveryRecording(data, 4);
        Network[] networks = [.. Enumerable.Range(1, 2)
            .Select(seed => Train(data, split, new() { Layers = [new FastGrnnDescription(16)], Seed = seed, Epochs = 300 }))];
        double[] accuracies = [.. networks.Select(network => Accuracy(network, data, split))];
        Assert.True(accuracies.Average() >= 0.95, string.Join(", ", accuracies));
        Assert.InRange(networks[0].ParameterCount, 1, 0.4 * (Gru.ParametersOf(16, 3) + networks[0].GetLayer(1).ParameterCount));
    }

    /// <summary>Convolutions become int8 as a chain, the units behind them where they stand.</summary>
    [SharedDataFact]
    public void Units_behind_int8_convolutions_are_int8_too()
    {
        Dataset data = Read();
        DataSplit split = DataSplit.EveryRecording(data, 4);
        Network network = Train(data, split,
            new() { Layers = [new Conv2DDescription(8, new(5) { StrideDown = 2 }, Activation.Relu), new GruDescription(8)], Epochs = 20 });
        foreach (int keep in new[] { 0, 2 })
        {
            Network int8 = Network.FromBlob(Quantizer.Quantize(network, data, [.. split.Train], keep));
            Assert.Equal([true, true, keep == 0, false],
                Enumerable.Range(0, int8.LayerCount).Select(i => DeskKinds.Of(int8.GetLayer(i)).IsInt8));
            Assert.InRange(split.Test.Average(
                row => int8.Classify(data.Row(row).ToArray()) == network.Classify(data.Row(row).ToArray()) ? 1.0 : 0.0), 0.9, 1);
        }
    }

    private static Network Train(Dataset data, DataSplit split, TrainingOptions options) =>
        Network.FromBlob(BlobExporter.ToBlob(new Trainer(data, split.Train, options).Run().Model));

    private static double Accuracy(Network network, Dataset data, DataSplit split) =>
        split.Test.Average(row => network.Classify(data.Row(row).ToArray()) == data.Classes[row] ? 1.0 : 0.0);

    private static Dataset Read()
    {
        string file = Path.Combine(Path.GetTempPath(), $"tiny-exercise-{Guid.NewGuid():N}.csv");
        try
        {
            using (StreamReader reader =
                new(new GZipStream(File.OpenRead(SharedData.Path("har-exercise/har_exercise.csv.gz")), CompressionMode.Decompress)))
            using (StreamWriter writer = new(file))
            {
                for (int line = -1; reader.ReadLine() is string text; line++)
                {
                    if (line < 0 || line % 4 == 0)
                    {
                        writer.WriteLine(text);
                    }
                }
            }

            WindowOptions windows = new() { Window = 50, Hop = 25, Channels = ["x", "y", "z"], Rate = 25, Kinds = FeatureKinds.Samples };
            using DatasetFile read = DatasetFile.ReadRecordings(file, new CsvOptions { Group = "file", Label = "activity" }, windows);
            return read.Data;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
