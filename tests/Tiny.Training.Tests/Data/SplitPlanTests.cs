using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Tests.Data;

public class SplitPlanTests
{
    private readonly Dataset data = Dataset.ForClassification(
        [.. Enumerable.Range(0, 40).Select(i => (float)i)], DataColumns.Unnamed(1, false), [.. Enumerable.Range(0, 40).Select(i => i % 2)],
            ["a", "b"]);

    [Theory]
    [InlineData(SplitKind.Every, 5, 0, "--test-every 5", 8)]
    [InlineData(SplitKind.Last, 7, 0, "--test-last 7", 7)]
    [InlineData(SplitKind.LastPercent, 20, 0, "--test-last 20%", 8)]
    [InlineData(SplitKind.LastPercent, 12.5, 0, "--test-last 12.5%", 5)]
    [InlineData(SplitKind.Share, 0.25, 3, "--split 0.25 --seed 3", 10)]
    public void A_plan_is_said_as_options_and_applied(SplitKind kind, double value, int seed, string options, int tested)
    {
        SplitPlan plan = new(kind, value, seed);
        Assert.True(plan.IsPossible);
        Assert.Equal(options, plan.Options);
        (RowSource train, RowSource? test) = plan.Apply(Table());
        Assert.Equal((40 - tested, tested), ((int)train.Rows, (int)test!.Rows));
        Assert.Empty(((MemoryRows)train).Numbers.Intersect(((MemoryRows)test).Numbers));
    }

    [Fact]
    public void None_leaves_all_rows_to_train_on()
    {
        (RowSource train, RowSource? test) = SplitPlan.None.Apply(Table());
        Assert.Equal(40, train.Rows);
        Assert.Null(test);
        Assert.Equal("", SplitPlan.None.Options);
    }

    [Theory]
    [InlineData(SplitKind.Every, 1)]
    [InlineData(SplitKind.Every, 2.5)]
    [InlineData(SplitKind.Last, 0)]
    [InlineData(SplitKind.LastPercent, 100)]
    [InlineData(SplitKind.Share, 0)]
    [InlineData(SplitKind.Share, 1)]
    [InlineData(SplitKind.Share, double.NaN)]
    public void Values_that_no_split_can_have(SplitKind kind, double value) => Assert.False(new SplitPlan(kind, value, 1).IsPossible);

    private RowTable Table() => new(data);
}
