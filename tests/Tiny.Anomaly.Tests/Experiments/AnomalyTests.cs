using Tiny.Adaptation.Tests.Experiments;
using Tiny.Tests;
using Tiny.Training;
using Tiny.Training.Anomaly;
using Tiny.Training.Data;
using Xunit.Abstractions;

namespace Tiny.Anomaly.Tests.Experiments;

/// <summary>One class of real data is normal, the others are anomalies that nobody has shown.</summary>
public class AnomalyTests(ITestOutputHelper output)
{
    /// <summary>The digits, each in turn, --test-every 5.</summary>
    [SharedDataFact]
    public void The_smallest_detector_tells_digits() => Assert.InRange(Digits("one mean", new AnomalyOptions()), 0.97, 1);

    [SharedDataFact]
    public void Several_means_tell_digits_better() => Assert.InRange(Digits("eight means", new AnomalyOptions { Means = 8 }), 0.985, 1);

    [SharedDataFact]
    public void An_autoencoder_tells_digits_better() =>
        Assert.InRange(Digits("autoencoder 32-8-32",
        new AnomalyOptions { IsAutoencoder = true, Training = new TrainingOptions { HiddenLayers = [32, 8] } }), 0.985, 1);

    /// <summary>Windows of an activity on the wrist.</summary>
    [SharedDataFact]
    public void An_activity_is_told_from_others()
    {
        Exercise exercise = new();
        double[][] home = Exercise.Mounting(0, 0, 0, 1);
        string[] normal = [.. Exercise.Classes.Where(name => name != "other")];
        foreach (AnomalyOptions options in new[] { new AnomalyOptions(), new AnomalyOptions { Means = 4 },
            new AnomalyOptions { IsAutoencoder = true } })
        {
            double sum = 0;
            foreach (string name in normal)
            {
                int label = Array.IndexOf(Exercise.Classes, name);
                sum += Auc(exercise.Windows(test: false, home), exercise.Windows(test: true, home), label, options, Exercise.Classes);
            }

            output.WriteLine(FormattableString.Invariant(
                $"exercise, means {options.Means}, autoencoder {options.IsAutoencoder}: mean AUC {sum / normal.Length:0.0000}"));
            Assert.InRange(sum / normal.Length, 0.95, 1);
        }
    }

    private double Digits(string name, AnomalyOptions options)
    {
        Digits digits = new();
        string[] classes = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];
        double[] areas = [.. Enumerable.Range(0, 10)
            .Select(digit => Auc(digits.Images(test: false, 0), digits.Images(test: true, 0), digit, options, classes))];
        output.WriteLine(FormattableString.Invariant($"digits, {name}: mean AUC {areas.Average():0.0000}, worst {areas.Min():0.0000}"));
        return areas.Average();
    }

    private static double Auc(List<(float[] Features, int Class)> train, List<(float[] Features, int Class)> test, int normal,
        AnomalyOptions options, string[] classes)
    {
        (float[] Features, int Class)[] rows = [.. train.Where(row => row.Class == normal)];
        Dataset data = Dataset.ForClassification(
            [.. rows.SelectMany(row => row.Features)], DataColumns.Unnamed(rows[0].Features.Length, shareUnit: false), new int[rows.Length],
                [classes[normal]]);
        AnomalyModel model = AnomalyTrainer.Train(data, [classes[normal]], options);
        return AnomalyResult.Of(model, test.Select(row => (row.Features, row.Class == normal))).Auc!.Value;
    }
}
