using Tiny.Adaptation.Tests.Experiments;
using Tiny.Learning;
using Tiny.Tests;
using Tiny.Training.Data;
using Xunit.Abstractions;

namespace Tiny.FewLabels.Tests.Experiments;

/// <summary>What a handful of labels wins on real data, over seeds: means and worst cases.</summary>
public class FewLabelTests(ITestOutputHelper output)
{
    private const int Seeds = 10;

    [SharedDataFact]
    public void A_label_a_class_is_worth_learning_on_another_mounting()
    {
        FewLabelWorld world = FewLabelWorld.Mounted(45, 20, 0, 0.85);
        Assert.InRange(world.OfNetwork(world.Away), 0.7, 0.85);
        Outcome one = Teach("mounting", world, 1);
        Assert.True(one.Away >= 0.895 && one.Home >= 0.955, one.ToString());
        Outcome five = Teach("mounting", world, 5);
        Assert.True(five.Away >= 0.92 && five.Worst >= 0.88, five.ToString());
    }

    [SharedDataTheory]
    [InlineData(30, 0, 30, 1.15)]
    [InlineData(0, 60, 0, 1.1)]
    [InlineData(-40, 0, 30, 1.0)]
    [InlineData(60, 0, 0, 0.9)]
    public void Other_mountings_gain_too(double x, double y, double z, double scale)
    {
        FewLabelWorld world = FewLabelWorld.Mounted(x, y, z, scale);
        Assert.True(Teach("other mounting", world, 5).Away > world.OfNetwork(world.Away));
    }

    [SharedDataFact]
    public void Turned_digits_gain_with_a_label_a_class()
    {
        FewLabelWorld world = FewLabelWorld.Turned(15);
        Assert.True(Teach("turned digits", world, 1).Away > world.OfNetwork(world.Away) + 0.03);
    }

    [SharedDataFact]
    public void Five_images_teach_a_digit_that_training_never_saw()
    {
        Digits digits = new();
        FewLabelWorld world = FewLabelWorld.Without(7, digits.Images(test: false, 0), digits.Images(test: true, 0), 32);
        Outcome five = Teach("digits without 7", world, 5, seeds: 5);
        Assert.True(five.Away >= 0.93 && world.OfNetwork(world.Home) - five.Home <= 0.015, five.ToString());
    }

    [SharedDataFact]
    public void Five_images_teach_a_digit_of_mnist_that_training_never_saw()
    {
        FewLabelWorld world = FewLabelWorld.Without(7, Mnist("train"), Mnist("t10k"), 32, shareUnit: true);
        Outcome five = Teach("MNIST without 7", world, 5, seeds: 5);
        Assert.True(five.Away >= 0.9 && world.OfNetwork(world.Home) - five.Home <= 0.015, five.ToString());
    }

    [Fact]
    public void Three_windows_a_class_suffice_for_an_unknown_wearer()
    {
        FewLabelWorld world = FewLabelWorld.UnknownWearer();
        Assert.InRange(world.OfNetwork(world.Away), 0.6, 0.75);
        Outcome three = Teach("unknown wearer", world, 3);
        Assert.True(three.Away >= 0.85, three.ToString());
    }

    /// <summary>Labels that have nothing to do with the samples, as many of each class or 85 % of one, few of them and many.</summary>
    [SharedDataTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_labels_cost_no_more_than_two_points(bool uneven)
    {
        foreach (FewLabelWorld world in new[] { FewLabelWorld.Mounted(45, 20, 0, 0.85), FewLabelWorld.Turned(15),
            FewLabelWorld.UnknownWearer() })
        {
            double away = world.OfNetwork(world.Away);
            double home = world.OfNetwork(world.Home);
            foreach (int perClass in new[] { 1, 3, 5, 10, 20 })
            {
                for (int seed = 0; seed < Seeds; seed++)
                {
                    SeededRandom random = new(seed);
                    int Label() => !uneven ? random.NextInt(world.Classes)
                        : random.NextFloat() < 0.85f ? 0 : 1 + random.NextInt(world.Classes - 1);
                    PrototypeClassifier classifier = world.Taught(world.Draw(perClass, seed).Select(row => (row.Features, Label())));
                    Assert.InRange(FewLabelWorld.Accuracy(classifier, world.Away), away - 0.02, 1);
                    Assert.InRange(FewLabelWorld.Accuracy(classifier, world.Home), home - 0.02, 1);
                }
            }
        }
    }

    private Outcome Teach(string name, FewLabelWorld world, int perClass, int seeds = Seeds)
    {
        List<(double Away, double Home)> all = [];
        for (int seed = 0; seed < seeds; seed++)
        {
            PrototypeClassifier classifier = world.Taught(world.Draw(perClass, seed));
            all.Add((FewLabelWorld.Accuracy(classifier, world.Away), FewLabelWorld.Accuracy(classifier, world.Home)));
        }

        Outcome outcome = new(all.Average(one => one.Away), all.Min(one => one.Away), all.Average(one => one.Home),
            all.Min(one => one.Home));
        output.WriteLine($"{name}: network {world.OfNetwork(world.Away):0.0000} there, {world.OfNetwork(world.Home):0.0000} at home; "
            + $"{perClass} labels a class: {outcome}");
        return outcome;
    }

    private static List<(float[] Features, int Class)> Mnist(string part)
    {
        string[] files = Directory.GetFiles(SharedData.Path("mnist"));
        Dataset data = IdxReader.Read(
            files.First(file => file.Contains($"{part}-images")), files.First(file => file.Contains($"{part}-labels")));
        return [.. Enumerable.Range(0, data.Rows).Select(row => (data.Row(row).ToArray(), data.Classes[row]))];
    }

    /// <param name="Away">Mean accuracy in the other world.</param>
    /// <param name="Worst">The worst seed there.</param>
    /// <param name="Home">Mean accuracy at home.</param>
    /// <param name="WorstAtHome">The worst seed at home.</param>
    private sealed record Outcome(double Away, double Worst, double Home, double WorstAtHome)
    {
        public override string ToString() =>
            FormattableString.Invariant($"{Away:0.0000} there, worst {Worst:0.0000}; {Home:0.0000} at home, worst {WorstAtHome:0.0000}");
    }
}
