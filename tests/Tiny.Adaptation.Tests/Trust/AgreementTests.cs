namespace Tiny.Adaptation.Tests.Trust;

public class AgreementTests
{
    /// <summary>Every way in which ten labels can be met or missed, each with its probability, in double.</summary>
    [Theory]
    [InlineData(new[] { 0, 1, 2, 0, 1, 2, 0, 1, 2, 0 }, new[] { 0, 1, 2, 0, 1, 2, 0, 1, 2, 0 })]
    [InlineData(new[] { 0, 1, 2, 0, 1, 2, 0, 1, 2, 0 }, new[] { 0, 1, 2, 0, 1, 2, 0, 2, 1, 1 })]
    [InlineData(new[] { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1 }, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 })]
    [InlineData(new[] { 1, 1, 1, 0, 0, 0, 0, 0, 0, 0 }, new[] { 1, 1, 1, 1, 1, 1, 0, 0, 0, 0 })]
    public void The_probability_is_that_of_all_ways_added_up(int[] answers, int[] labels)
    {
        double[] meets = [.. labels.Select(label => answers.Count(answer => answer == label) / (double)answers.Length)];
        int agreed = answers.Zip(labels).Count(pair => pair.First == pair.Second);
        double expected = Enumerable.Range(0, 1 << labels.Length)
            .Where(way => int.PopCount(way) >= agreed)
            .Sum(way => meets.Select((p, i) => (way >> i & 1) != 0 ? p : 1 - p).Aggregate(1.0, (a, b) => a * b));
        Assert.Equal(expected, Of(3, answers, labels).ByChance(), 1e-6 * expected + 1e-9);
    }

    /// <summary>With answers shared out evenly it is the binomial distribution: 12 of 20 with four classes, 0.00094.</summary>
    [Fact]
    public void Even_answers_give_the_binomial_distribution()
    {
        int[] answers = [.. Enumerable.Range(0, 20).Select(i => i % 4)];
        int[] labels = [.. answers.Select((answer, i) => i < 12 ? answer : (answer + 1) % 4)];
        Assert.Equal(9.35392e-4, Of(4, answers, labels).ByChance(), 1e-8);
    }

    [Fact]
    public void Agreement_that_uneven_answers_give_by_themselves_is_no_evidence()
    {
        int[] one = new int[48];
        int[] fewOthers = [.. one.Select((_, i) => i % 8 == 0 ? 1 : 0)];
        Assert.Equal(1f, Of(2, one, one).ByChance());
        Assert.Equal(1f, Of(2, one, fewOthers).ByChance());
        Assert.Equal(1f, Of(2, fewOthers, one).ByChance());
        Assert.Equal(1f, new Agreement(2).ByChance());
        Assert.InRange(Of(2, fewOthers, fewOthers).ByChance(), 1e-8f, 1e-4f);
    }

    [Fact]
    public void Only_the_latest_pairs_count()
    {
        Agreement agreement = new(10);
        for (int i = 0; i < 200; i++)
        {
            agreement.Add(i % 10, i % 10);
        }

        Assert.InRange(agreement.ByChance(), 0f, 1e-30f);
        for (int i = 0; i < Agreement.Window; i++)
        {
            agreement.Add(i % 10, (i + 1) % 10);
        }

        Assert.Equal(1f, agreement.ByChance());
        agreement.Clear();
        Assert.Equal(1f, agreement.ByChance());
    }

    private static Agreement Of(int classes, int[] answers, int[] labels)
    {
        Agreement agreement = new(classes);
        for (int i = 0; i < answers.Length; i++)
        {
            agreement.Add(answers[i], labels[i]);
        }

        return agreement;
    }
}
