using Tiny.Learning;
using Tiny.Training.Baselines;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Tests.Baselines;

public class BaselineResultsTests
{
    [Fact]
    public void The_majority_is_that_of_the_training_rows_and_is_tried_on_the_others()
    {
        // Class 1 leads in training, class 0 among the rows tried.
        int[] classes = [1, 1, 1, 0, 2, 0, 0, 0, 1];
        SeededRandom random = new(3);
        Dataset data = Dataset.ForClassification(
            [.. classes.Select(_ => random.NextSymmetric(1f))], DataColumns.Unnamed(1, false), classes, ["a", "b", "c"]);
        BaselineResults baselines = Try(data, [0, 1, 2, 3, 4], [5, 6, 7, 8], new() { Epochs = 1 });
        Assert.Equal("b", baselines.Answer);
        Assert.Equal(0.25, baselines.Majority.Confusion!.Accuracy);
        Assert.Equal(0.5, baselines.Majority.Confusion.BalancedAccuracy);
        Assert.Equal(4, baselines.Majority.Rows);
        Assert.Equal(4, baselines.Linear!.Rows);
    }

    [Fact]
    public void The_linear_model_tells_apart_what_a_plane_does_and_no_more()
    {
        SeededRandom random = new(7);
        float[] inputs = [.. Enumerable.Range(0, 1200).Select(_ => random.NextSymmetric(50f))];
        int[] halves = [.. Enumerable.Range(0, 600).Select(row => inputs[2 * row] + inputs[2 * row + 1] > 10f ? 1 : 0)];
        int[] checkers = [.. Enumerable.Range(0, 600).Select(row => inputs[2 * row] > 0 == inputs[2 * row + 1] > 0 ? 1 : 0)];
        Assert.InRange(Linear(halves), 0.97, 1);
        Assert.InRange(Linear(checkers), 0.35, 0.65);

        double Linear(int[] classes) => Try(
            Dataset.ForClassification(inputs, DataColumns.Unnamed(2, false), classes, ["a", "b"]), [.. Enumerable.Range(0, 400)],
                [.. Enumerable.Range(400, 200)], new() { Epochs = 1 })
            .Linear!.Confusion!.Accuracy;
    }

    [Fact]
    public void A_regression_has_the_mean_and_the_least_squares_plane()
    {
        SeededRandom random = new(9);
        float[] inputs = [.. Enumerable.Range(0, 600).Select(_ => 40f + random.NextSymmetric(8f))];
        float[] targets = [.. Enumerable.Range(0, 300)
            .Select(row => 500f + 3f * inputs[2 * row] - 20f * inputs[2 * row + 1] + random.NextSymmetric(6f))];
        Dataset data = Dataset.ForRegression(inputs, DataColumns.Unnamed(2, false), targets, "y");
        BaselineResults baselines = Try(data, [.. Enumerable.Range(0, 200)], [.. Enumerable.Range(200, 100)], new() { Epochs = 1 });
        double mean = targets[..200].Average();
        Assert.Equal(mean, double.Parse(baselines.Answer, System.Globalization.CultureInfo.InvariantCulture), 0.1);
        Assert.Equal(Math.Sqrt(targets[200..].Average(y => (y - mean) * (y - mean))), baselines.Majority.Errors!.Rmse, 1e-3);

        // The noise is even over 12, so its deviation is 12 / sqrt 12.
        Assert.InRange(baselines.Linear!.Errors!.Rmse, 3.2, 3.8);
    }

    [Fact]
    public void They_depend_on_the_data_alone_and_leave_the_network_as_it_is()
    {
        Dataset data = Clouds(300);
        int[] train = [.. Enumerable.Range(0, 200)];
        int[] test = [.. Enumerable.Range(200, 100)];
        BaselineResults one = Try(data, train, test, new() { Epochs = 2 });
        BaselineResults other = Try(
            data, train, test, new() { Epochs = 3, Seed = 99, LearningRate = 0.1f, HiddenLayers = [5, 5], L2 = 0.1f });
        Assert.Equal(one.Linear!.Confusion!.Counts, other.Linear!.Confusion!.Counts);

        TrainingResult trained = new Trainer(data, train, new() { Epochs = 2 }).Run();
        float[] before = [.. trained.Model.Network.Parameters];
        BaselineResults.Of(trained, data.Schema, new MemoryRows(data, train), new MemoryRows(data, test), ClassWeighting.None);
        Assert.Equal(before, trained.Model.Network.Parameters);
    }

    [Fact]
    public void With_class_weights_the_linear_model_has_them_too()
    {
        Dataset data = Clouds(600);
        int[] rows = [.. Enumerable.Range(0, 600)];
        double plain = Try(data, rows, rows, new() { Epochs = 1 }).Linear!.Confusion!.Recall(1);
        double balanced = Try(data, rows, rows, new() { Epochs = 1, ClassWeighting = ClassWeighting.Balanced }).Linear!.Confusion!
            .Recall(1);
        Assert.True(balanced > plain + 0.2, $"The rare class is found in {plain:P0} of its rows without weights, {balanced:P0} with them.");
    }

    [Fact]
    public void A_linear_model_far_larger_than_the_network_is_not_tried()
    {
        const int Columns = 9000, Classes = 2000;
        SeededRandom random = new(1);
        Dataset data = Dataset.ForClassification(
            [.. Enumerable.Range(0, 2 * Columns).Select(_ => random.NextSymmetric(1f))], DataColumns.Unnamed(Columns, false), [0, 1],
                [.. Enumerable.Range(0, Classes).Select(i => $"c{i}")]);
        BaselineResults baselines = Try(data, [0, 1], [0, 1], new() { Epochs = 1, HiddenLayers = [1] });
        Assert.Null(baselines.Linear);
        Assert.Equal(0.5, baselines.Majority.Confusion!.Accuracy);
    }

    private static BaselineResults Try(Dataset data, int[] train, int[] test, TrainingOptions options) => BaselineResults.Of(
        new Trainer(data, train, options).Run(), data.Schema, new MemoryRows(data, train), new MemoryRows(data, test),
            options.ClassWeighting);

    /// <summary>Two clouds that overlap, one of them with a row in 10.</summary>
    private static Dataset Clouds(int rows)
    {
        SeededRandom random = new(21);
        int[] classes = [.. Enumerable.Range(0, rows).Select(row => row % 10 == 9 ? 1 : 0)];
        float[] inputs = [.. classes.SelectMany(index => new[] { index + random.NextSymmetric(2f), index - random.NextSymmetric(2f) })];
        return Dataset.ForClassification(inputs, DataColumns.Unnamed(2, false), classes, ["usual", "rare"]);
    }
}
