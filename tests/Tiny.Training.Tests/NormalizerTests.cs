using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Matrices;
using Tiny.Training.Networks;
using Tiny.Training.Normalization;

namespace Tiny.Training.Tests;

public class NormalizerTests
{
    [Fact]
    public void Columns_get_mean_0_and_deviation_1_by_the_training_rows_alone()
    {
        Dataset data = Data([1f, 10f, 3f, 30f, 500f, 500f], 2);
        Normalizer normalizer = Normalizer.Fit(data.Schema, new MemoryRows(data, [0, 1]));
        Assert.Equal([2f, 20f], normalizer.Means);
        Assert.Equal([1f, 0.1f], normalizer.Scales);
        float[] row = new float[2];
        normalizer.Apply(data.Row(1), row);
        Assert.Equal([1f, 1f], row);
    }

    [Fact]
    public void Constant_columns_are_reported_and_give_0()
    {
        Dataset data = Data([0.1f, 1f, 0.1f, 2f, 0.1f, 3f], 2);
        Normalizer normalizer = Normalizer.Fit(data.Schema, new MemoryRows(data, [0, 1, 2]));
        Assert.Equal([0], normalizer.ConstantColumns);
        float[] row = new float[2];
        normalizer.Apply([99f, 2f], row);
        Assert.Equal([0f, 0f], row);
    }

    [Fact]
    public void Columns_that_share_a_unit_share_their_statistics()
    {
        Dataset data = Dataset.ForClassification([0f, 2f, 0f, 6f], DataColumns.Unnamed(2, shareUnit: true), [0, 1], ["a", "b"]);
        Normalizer normalizer = Normalizer.Fit(data.Schema, new MemoryRows(data, [0, 1]));
        Assert.Equal([2f, 2f], normalizer.Means);
        Assert.All(normalizer.Scales, scale => Assert.Equal(1 / Math.Sqrt(6), scale, 1e-6));
    }

    [Fact]
    public void Large_numbers_that_differ_by_little_are_told_apart()
    {
        Dataset data = Data([20000000f, 20000004f, 20000000f, 20000004f], 1);
        Normalizer normalizer = Normalizer.Fit(data.Schema, new MemoryRows(data, [0, 1, 2, 3]));
        Assert.Empty(normalizer.ConstantColumns);
        float[] row = new float[1];
        normalizer.Apply(data.Row(1), row);
        Assert.Equal([1f], row);
        normalizer.Apply(data.Row(2), row);
        Assert.Equal([-1f], row);
    }

    [Theory]
    [InlineData(-3.3e38f, 3.3e38f, "values from -3.3E+38 to 3.3E+38 are beyond what float32 can normalize")]
    [InlineData(-1.5e38f, 1.5e38f, "values from -1.5E+38 to 1.5E+38 are beyond")]
    [InlineData(0f, 3e-45f, "values from 0 to 2.803E-45 lie closer together than what float32 can normalize")]
    [InlineData(1f, float.NaN, "holds a value that is not a finite number")]
    [InlineData(1f, float.PositiveInfinity, "holds a value that is not a finite number")]
    public void Values_beyond_float32_are_refused_with_their_column(float first, float second, string message)
    {
        Dataset inputs = Data([5f, first, 6f, second, 7f, first], 2);
        Assert.Contains($"column \"column 1\": {message}",
            Assert.Throws<DataException>(() => Normalizer.Fit(inputs.Schema, new MemoryRows(inputs, [0, 1, 2]))).Message);
        Dataset targets = Dataset.ForRegression([1f, 2f, 3f], DataColumns.Unnamed(1, false), [first, second, first], "volts");
        Assert.Contains($"target \"volts\": {message}",
            Assert.Throws<DataException>(() => Normalizer.FitTargets(targets.Schema, new MemoryRows(targets, [0, 1, 2]))).Message);
    }

    [Fact]
    public void The_largest_deviations_that_fit_give_finite_values()
    {
        Dataset data = Data([-8e37f, 8e37f, 1e-37f, -8e37f], 1);
        Normalizer normalizer = Normalizer.Fit(data.Schema, new MemoryRows(data, [0, 1, 3]));
        float[] row = new float[1];
        normalizer.Apply(data.Row(1), row);
        Assert.InRange(row[0], 1f, 2f);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void What_is_far_beyond_the_training_is_held_as_the_device_holds_it(int columns)
    {
        float[] inputs = [.. Enumerable.Range(0, 3 * columns)
            .Select(i => i < 2 * columns ? i % columns == 1 ? -3e38f : i / columns : i % columns % 2 == 0 ? -3.3e38f : 3.3e38f)];
        Dataset data = Data(inputs, columns);
        Normalizer normalizer = Normalizer.Fit(data.Schema, new MemoryRows(data, [0, 1]));
        Batch batch = new(1, columns, 1);
        normalizer.Apply(data.Inputs, [2], batch, 0);
        float[] row = new float[columns];
        normalizer.Apply(data.Row(2), row);
        Network network = new PlanBuilder(columns, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(columns, Activation.Linear)
            .ToNetwork();
        for (int i = 0; i < columns; i++)
        {
            network.Scaling.SetInput(i, normalizer.Means[i], normalizer.Scales[i]);
            network.GetLayer(0).SetWeight(i, i, 1f);
        }

        float[] device = new float[columns];
        network.Predict(data.Row(2).ToArray(), device);
        Assert.Equal(0f, device[1]);
        Assert.Contains(-1e12f, device);
        Assert.Equal(device, row);
        Assert.Equal(device, Enumerable.Range(0, columns).Select(i => batch.Inputs[Blocks.Index(1, 0, i)]));
    }

    [Fact]
    public void Rows_it_was_fitted_to_and_rows_that_were_held_back_are_fed_with_the_same_arithmetic()
    {
        const int Columns = 20;
        Dataset data = Data([.. Enumerable.Range(0, 3 * Columns).Select(i => i < 2 * Columns ? i * i % 7 : 3e38f)], Columns);
        MemoryRows fitted = new(data, [0, 1]);
        Normalizer normalizer = Normalizer.Fit(data.Schema, fitted);
        Batch batch = new(2, Columns, 1);
        BatchFeed feed = new(normalizer, null, batch) { Fitted = fitted };
        foreach ((RowSource rows, int[] which) in new (RowSource, int[])[] { (fitted, [0, 1]), (new MemoryRows(data, [2]), [2]) })
        {
            feed.Begin(rows, null);
            Assert.Equal(which.Length, feed.Fill());
            for (int i = 0; i < which.Length; i++)
            {
                float[] row = new float[Columns];
                normalizer.Apply(data.Row(which[i]), row);
                Assert.Equal(row, Enumerable.Range(0, Columns).Select(column => batch.Inputs[Blocks.Index(2, i, column)]));
            }
        }
    }

    private static Dataset Data(float[] inputs, int columns) =>
        Dataset.ForClassification(inputs, DataColumns.Unnamed(columns, false), new int[inputs.Length / columns], ["a"]);
}
