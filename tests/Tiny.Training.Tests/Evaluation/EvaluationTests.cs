using Tiny.Training.Evaluation;

namespace Tiny.Training.Tests.Evaluation;

public class EvaluationTests
{
    [Fact]
    public void A_confusion_matrix_counts_actual_by_predicted()
    {
        ConfusionMatrix matrix = new(3);
        foreach ((int actual, int predicted) in new[] { (0, 0), (0, 0), (0, 1), (1, 1), (1, 0) })
        {
            matrix.Add(actual, predicted);
        }

        Assert.Equal([2, 1, 0], matrix.Counts[0]);
        Assert.Equal(0.6, matrix.Accuracy);
        Assert.Equal(2.0 / 3, matrix.Recall(0));
        Assert.Equal(0.5, matrix.Precision(1));
        Assert.True(double.IsNaN(matrix.Recall(2)) && double.IsNaN(matrix.Precision(2)));
    }

    [Fact]
    public void Balanced_accuracy_is_the_mean_recall_of_the_classes_that_have_rows()
    {
        ConfusionMatrix matrix = new(3);
        Assert.Equal(0, matrix.BalancedAccuracy);
        Assert.False(matrix.IsUneven);
        for (int i = 0; i < 12; i++)
        {
            matrix.Add(0, i < 9 ? 0 : 2);
        }

        // Three rows are told as a class that has none: its recall does not exist, and does not count.
        Assert.Equal(0.75, matrix.BalancedAccuracy);
        Assert.False(matrix.IsUneven);
        for (int i = 0; i < 4; i++)
        {
            matrix.Add(1, i == 0 ? 1 : 0);
        }

        Assert.Equal((0.75 + 0.25) / 2, matrix.BalancedAccuracy);
        Assert.Equal(10.0 / 16, matrix.Accuracy);
        Assert.False(matrix.IsUneven);
        matrix.Add(0, 0);
        Assert.True(matrix.IsUneven, "13 rows are more than three times 4.");
    }

    [Fact]
    public void Rmse_and_r2_by_hand()
    {
        RegressionErrors errors = new();
        foreach ((float actual, float predicted) in new[] { (1f, 2f), (2f, 2f), (3f, 2f), (6f, 4f) })
        {
            errors.Add(actual, predicted);
        }

        Assert.Equal(Math.Sqrt(6.0 / 4), errors.Rmse, 1e-12);
        Assert.Equal(1 - 6.0 / 14, errors.R2, 1e-12);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(-3e7f)]
    public void Targets_that_never_change_have_no_r2(float target)
    {
        RegressionErrors errors = new();
        for (int i = 0; i < 7; i++)
        {
            errors.Add(target, target + i);
        }

        Assert.True(double.IsNaN(errors.R2));
    }

    [Fact]
    public void R2_of_targets_far_from_0_is_that_of_their_differences()
    {
        RegressionErrors errors = new();
        for (int i = 0; i < 8; i++)
        {
            errors.Add(1.6e7f + i, 1.6e7f + i + (i % 2 == 0 ? 1 : -1));
        }

        Assert.Equal(1 - 8.0 / 42, errors.R2, 1e-12);
    }
}
