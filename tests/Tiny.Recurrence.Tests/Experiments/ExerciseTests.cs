using System.IO.Compression;
using Tiny.Core;
using Tiny.Features;
using Tiny.Tests;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Export;
using Tiny.Training.Layers;

namespace Tiny.Recurrence.Tests.Experiments;

/// <summary>Movements of har-exercise, every fourth sample, split by recording.</summary>
public class ExerciseTests
{
    [SharedDataFact]
    public void Sixteen_units_tell_movements_apart()
    {
        Dataset data = Read();
        DataSplit split = DataSplit.EveryRecording(data, 4);
        double[] accuracies = [.. Enumerable.Range(1, 5).Select(seed =>
        {
            TrainingOptions options = new() { Layers = [new GruDescription(16)], Seed = seed };
            Network network = Network.FromBlob(BlobExporter.ToBlob(new Trainer(data, split.Train, options).Run().Model));
            return split.Test.Average(row => network.Classify(data.Row(row).ToArray()) == data.Classes[row] ? 1.0 : 0.0);
        })];
        Assert.True(accuracies.Average() >= 0.96, string.Join(", ", accuracies));
    }

    private static Dataset Read()
    {
        string file = Path.Combine(Path.GetTempPath(), $"tiny-exercise-{Environment.ProcessId}.csv");
        try
        {
            using (StreamReader reader = new(new GZipStream(File.OpenRead(SharedData.Path("har-exercise/har_exercise.csv.gz")), CompressionMode.Decompress)))
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
