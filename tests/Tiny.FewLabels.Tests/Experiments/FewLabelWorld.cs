using System.Globalization;
using Tiny.Adaptation.Tests.Experiments;
using Tiny.Core;
using Tiny.Gestures;
using Tiny.Learning;
using Tiny.Tests;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Rows;
using Tiny.Training.Export;
using Tiny.Training.FewLabels;

namespace Tiny.FewLabels.Tests.Experiments;

/// <summary>
/// A model with class means that was trained in one world, and what it meets in another. A class that was left out of training is the last.
/// </summary>
internal sealed class FewLabelWorld
{
    private FewLabelWorld(Dataset train, TrainingOptions options)
    {
        int[] rows = [.. Enumerable.Range(0, train.Rows)];
        byte[] blob = BlobExporter.ToBlob(new Trainer(train, rows, options).Run().Model);
        using MemoryRows source = new(train, rows);
        Blob = ClassMeansRecord.AddTo(blob, train.Schema, source);
    }

    /// <summary>The model, with class means.</summary>
    internal byte[] Blob { get; }

    /// <summary>Classes, that which was left out included.</summary>
    internal required int Classes { get; init; }

    /// <summary>Test rows of the world that it was trained in.</summary>
    internal required List<(float[] Features, int Class)> Home { get; init; }

    /// <summary>Where examples are drawn from.</summary>
    internal required List<(float[] Features, int Class)> Examples { get; init; }

    /// <summary>Test rows of the other world.</summary>
    internal required List<(float[] Features, int Class)> Away { get; init; }

    /// <summary>har-exercise with the sensor at another place, as in the experiments of Tiny.Adaptation.</summary>
    internal static FewLabelWorld Mounted(double x, double y, double z, double scale)
    {
        Exercise exercise = new();
        double[][] home = Exercise.Mounting(0, 0, 0, 1);
        double[][] away = Exercise.Mounting(x, y, z, scale);
        return new(ToDataset(exercise.Windows(test: false, home), Exercise.Classes), new TrainingOptions())
        {
            Classes = Exercise.Classes.Length,
            Home = exercise.Windows(test: true, home),
            Examples = exercise.Windows(test: false, away),
            Away = exercise.Windows(test: true, away),
        };
    }

    /// <summary>The digits, turned.</summary>
    internal static FewLabelWorld Turned(double degrees)
    {
        Digits digits = new();
        return new(ToDataset(digits.Images(test: false, 0), Numbers(10)), new TrainingOptions { HiddenLayers = [32] })
        {
            Classes = 10,
            Home = digits.Images(test: true, 0),
            Examples = digits.Images(test: false, degrees),
            Away = digits.Images(test: true, degrees),
        };
    }

    /// <summary>Images of digits without one of them in training.</summary>
    internal static FewLabelWorld Without(
        int digit, List<(float[] Features, int Class)> train, List<(float[] Features, int Class)> test, int hidden, bool shareUnit = false)
    {
        List<(float[] Features, int Class)> all = [.. train.Select(row => (row.Features, Moved(row.Class, digit)))];
        List<(float[] Features, int Class)> tested = [.. test.Select(row => (row.Features, Moved(row.Class, digit)))];
        return new(ToDataset([.. all.Where(row => row.Class != 9)], Numbers(9), shareUnit), new TrainingOptions { HiddenLayers = [hidden] })
        {
            Classes = 10,
            Home = [.. tested.Where(row => row.Class != 9)],
            Examples = [.. all.Where(row => row.Class == 9)],
            Away = tested,
        };
    }

    /// <summary>The sample recordings, the last wearer unknown to the training.</summary>
    internal static FewLabelWorld UnknownWearer()
    {
        string file = Path.Combine(Path.GetTempPath(), $"tiny-recordings-{Guid.NewGuid():N}.csv");
        try
        {
            File.WriteAllText(file, GestureRecordings.ToCsv(seed: 1));
            WindowOptions windows = new() { Window = 50, Hop = 25, Channels = ["x", "y", "z"], Rate = 50, Units = ["counts"] };
            using DatasetFile read = DatasetFile.ReadRecordings(file, new CsvOptions { Group = "file", Label = "label" }, windows);
            Dataset data = read.Data;
            List<(float[] Features, int Class)> Rows(bool last) =>
                [.. Enumerable.Range(0, data.Rows).Where(row => data.Groups!.Of[row] >= data.Groups.Names.Count - 30 == last)
                .Select(row => (data.Row(row).ToArray(), data.Classes[row]))];
            List<(float[] Features, int Class)> known = Rows(last: false);
            List<(float[] Features, int Class)> unknown = Rows(last: true);
            return new(ToDataset(known, [.. data.OutputNames]), new TrainingOptions())
            {
                Classes = data.OutputNames.Count,
                Home = known,
                Examples = unknown,
                Away = unknown
            };
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>So many examples of each class that has any, drawn by the seed, the classes by turns.</summary>
    internal List<(float[] Features, int Class)> Draw(int perClass, int seed)
    {
        SeededRandom draw = new(seed + 100);
        List<(float[] Features, int Class)> drawn = [];
        for (int i = 0; i < perClass; i++)
        {
            foreach ((float[] Features,
                int Class)[] of in Examples.GroupBy(row => row.Class).OrderBy(group => group.Key).Select(group => group.ToArray()))
            {
                drawn.Add(of[draw.NextInt(of.Length)]);
            }
        }

        return drawn;
    }

    /// <summary>A classifier that has learned these examples.</summary>
    internal PrototypeClassifier Taught(IEnumerable<(float[] Features, int Class)> examples)
    {
        PrototypeClassifier classifier = new(Network.FromBlob(Blob), Blob, Classes);
        while (classifier.AddClass() >= 0)
        {
        }

        foreach ((float[] features, int label) in examples)
        {
            Assert.True(classifier.Add(features, label));
        }

        return classifier;
    }

    /// <summary>The network's own accuracy.</summary>
    internal double OfNetwork(List<(float[] Features, int Class)> rows)
    {
        Network network = Network.FromBlob(Blob);
        return rows.Average(row => network.Classify(row.Features) == row.Class ? 1.0 : 0.0);
    }

    /// <summary>The accuracy of a classifier.</summary>
    internal static double Accuracy(PrototypeClassifier classifier, List<(float[] Features, int Class)> rows) =>
        rows.Average(row => classifier.Classify(row.Features) == row.Class ? 1.0 : 0.0);

    private static int Moved(int digit, int left) => digit == left ? 9 : digit > left ? digit - 1 : digit;

    private static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private static Dataset ToDataset(List<(float[] Features, int Class)> rows, string[] classes, bool shareUnit = false) =>
        Dataset.ForClassification(
        [.. rows.SelectMany(row => row.Features)], DataColumns.Unnamed(rows[0].Features.Length, shareUnit),
            [.. rows.Select(row => row.Class)], classes);
}
