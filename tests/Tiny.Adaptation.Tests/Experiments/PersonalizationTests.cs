using System.Globalization;
using Tiny.Tests;
using Xunit.Abstractions;

namespace Tiny.Adaptation.Tests.Experiments;

/// <summary>What a few labels win back on real data, over ten seeds; and that labels drawn at random cost nothing.</summary>
public class PersonalizationTests(ITestOutputHelper output)
{
    private const int PerClass = 5;
    private static readonly int[] Seeds = [.. Enumerable.Range(0, 10)];

    /// <summary>Another sensor, with 0.85 of the scale, on a wrist turned by 45 degrees about the forearm (x) and 20 about y.</summary>
    [SharedDataFact]
    public void Five_windows_a_class_win_back_half_of_what_another_mounting_lost()
    {
        (Personalization experiment, var examples, var elsewhere) = Mounted(45, 20, 0, 0.85);
        Check(experiment, examples, elsewhere);
    }

    /// <summary>
    /// Reported for comparison, whatever they give: mountings nothing was chosen on. What they may not do is make the model worse.
    /// </summary>
    [SharedDataTheory]
    [InlineData(30, 0, 30, 1.15)]
    [InlineData(0, 60, 0, 1.1)]
    [InlineData(-40, 0, 30, 1.0)]
    [InlineData(60, 0, 0, 0.9)]
    public void Other_mountings_do_not_get_worse(double x, double y, double z, double scale)
    {
        (Personalization experiment, var examples, var elsewhere) = Mounted(x, y, z, scale);
        (double mean, _, _, _) = Report(experiment, examples, elsewhere, random: false);
        Assert.True(mean >= experiment.Abroad(elsewhere) - 0.005, $"{mean}");
    }

    [SharedDataFact]
    public void Five_images_a_class_win_back_half_of_what_turned_digits_lost()
    {
        // Short, clipped steps keep what the model could do without any delivered examples; with ten a class only 39 % comes back.
        (Personalization experiment, var examples, var elsewhere) = Turned(15);
        Check(experiment, examples, elsewhere);
    }

    [SharedDataFact]
    public void Random_labels_cost_no_more_than_two_points()
    {
        (Personalization exercise, var windows, var elsewhere) = Mounted(45, 20, 0, 0.85);
        (Personalization digits, var images, var turned) = Turned(15);
        foreach ((Personalization experiment, var examples, var tested) in new[] { (exercise, windows, elsewhere),
            (digits, images, turned) })
        {
            (_, double worst, _, double worstAtHome) = Report(experiment, examples, tested, random: true);
            Assert.InRange(worst, experiment.Abroad(tested) - 0.02, 1);
            Assert.InRange(worstAtHome, experiment.AtHome - 0.02, 1);
        }
    }

    private static (Personalization Experiment, List<(float[] Features, int Class)> Examples, List<(float[] Features,
        int Class)> Elsewhere) Mounted(
        double x, double y, double z, double scale)
    {
        Exercise exercise = new();
        double[][] home = Exercise.Mounting(0, 0, 0, 1);
        double[][] away = Exercise.Mounting(x, y, z, scale);
        Personalization experiment =
            new(Exercise.Classes, 16, exercise.Windows(test: false, home), exercise.Windows(test: true, home), shareUnit: false);
        return (experiment, exercise.Windows(test: false, away), exercise.Windows(test: true, away));
    }

    private static (Personalization Experiment, List<(float[] Features, int Class)> Examples, List<(float[] Features,
        int Class)> Elsewhere) Turned(double degrees)
    {
        Digits digits = new();
        string[] classes = [.. Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        Personalization experiment = new(classes, 32, digits.Images(test: false, 0), digits.Images(test: true, 0), shareUnit: false)
        {
            LearningRate = 0.003f,
            ClipNorm = 1f,
            Delivered = 0,
        };
        return (experiment, digits.Images(test: false, degrees), digits.Images(test: true, degrees));
    }

    private void Check(Personalization experiment, List<(float[] Features, int Class)> examples, List<(float[] Features,
        int Class)> elsewhere)
    {
        double abroad = experiment.Abroad(elsewhere);
        Assert.True(experiment.AtHome - abroad > 0.05, "There is next to nothing to win back.");
        (double mean, double worst, double atHome, _) = Report(experiment, examples, elsewhere, random: false);
        Assert.True(mean >= abroad + (experiment.AtHome - abroad) / 2, $"mean {mean}");
        Assert.True(worst >= abroad, $"worst {worst}");
        Assert.True(atHome >= experiment.AtHome - 0.03, $"at home {atHome}");
    }

    private (double Mean, double Worst, double AtHome, double WorstAtHome) Report(
        Personalization experiment, List<(float[] Features, int Class)> examples, List<(float[] Features, int Class)> elsewhere,
        bool random)
    {
        (double Elsewhere, double AtHome)[] adapted =
            [.. Seeds.Select(seed => experiment.Adapt(examples, elsewhere, PerClass, seed, random))];
        double mean = adapted.Average(a => a.Elsewhere);
        double worst = adapted.Min(a => a.Elsewhere);
        double atHome = adapted.Average(a => a.AtHome);
        double worstAtHome = adapted.Min(a => a.AtHome);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"at home {experiment.AtHome:0.000}, elsewhere {experiment.Abroad(elsewhere):0.000}; "
            + $"adapted{(random ? " to random labels" : "")}: elsewhere "
            + $"mean {mean:0.000}, worst {worst:0.000}; at home mean {atHome:0.000}, worst {worstAtHome:0.000}"));
        return (mean, worst, atHome, worstAtHome);
    }
}
