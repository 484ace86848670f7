using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Normalisation;

namespace Tiny.Training.Tests;

public class StandardiserTests
{
    [Fact]
    public void Columns_get_mean_0_and_deviation_1_by_the_training_rows_alone()
    {
        Dataset data = Data([1f, 10f, 3f, 30f, 500f, 500f], 2);
        Standardiser standardiser = Standardiser.Fit(data.Schema, new MemoryRows(data, [0, 1]));
        Assert.Equal([2f, 20f], standardiser.Means);
        Assert.Equal([1f, 0.1f], standardiser.Scales);
        float[] row = new float[2];
        standardiser.Apply(data.Row(1), row);
        Assert.Equal([1f, 1f], row);
    }

    [Fact]
    public void Constant_columns_are_reported_and_give_0()
    {
        Dataset data = Data([0.1f, 1f, 0.1f, 2f, 0.1f, 3f], 2);
        Standardiser standardiser = Standardiser.Fit(data.Schema, new MemoryRows(data, [0, 1, 2]));
        Assert.Equal([0], standardiser.ConstantColumns);
        float[] row = new float[2];
        standardiser.Apply([99f, 2f], row);
        Assert.Equal([0f, 0f], row);
    }

    [Fact]
    public void Columns_that_share_a_unit_share_their_statistics()
    {
        Dataset data = Dataset.ForClassification([0f, 2f, 0f, 6f], DataColumns.Unnamed(2, shareUnit: true), [0, 1], ["a", "b"]);
        Standardiser standardiser = Standardiser.Fit(data.Schema, new MemoryRows(data, [0, 1]));
        Assert.Equal([2f, 2f], standardiser.Means);
        Assert.All(standardiser.Scales, scale => Assert.Equal(1 / Math.Sqrt(6), scale, 1e-6));
    }

    private static Dataset Data(float[] inputs, int columns) =>
        Dataset.ForClassification(inputs, DataColumns.Unnamed(columns, false), new int[inputs.Length / columns], ["a"]);
}
