using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data;

public class DataSplitTests
{
    [Fact]
    public void Every_takes_the_last_of_each_group()
    {
        DataSplit split = DataSplit.Every(12, 5);
        Assert.Equal([4, 9], split.Test);
        Assert.Equal(10, split.Train.Length);
        Assert.Empty(split.Train.Intersect(split.Test));
    }

    [Fact]
    public void Last_takes_the_end() => Assert.Equal([7, 8, 9], DataSplit.Last(10, 3).Test);

    [Fact]
    public void A_stratified_split_takes_the_same_share_of_each_class_and_is_fixed_by_its_seed()
    {
        int[] classes = [.. Enumerable.Range(0, 100).Select(i => i < 80 ? 0 : 1)];
        Dataset data = Dataset.ForClassification(new float[100], DataColumns.Unnamed(1, false), classes, ["a", "b"]);
        int[] all = [.. Enumerable.Range(0, 100)];
        DataSplit split = DataSplit.Stratified(data, all, 0.2, seed: 3);
        Assert.Equal(16, split.Test.Count(row => classes[row] == 0));
        Assert.Equal(4, split.Test.Count(row => classes[row] == 1));
        Assert.Equal(all, split.Train.Concat(split.Test).Order());
        Assert.Equal(split.Test, DataSplit.Stratified(data, all, 0.2, seed: 3).Test);
        Assert.NotEqual(split.Test, DataSplit.Stratified(data, all, 0.2, seed: 4).Test);
    }

    [Fact]
    public void A_class_of_one_row_stays_for_training()
    {
        Dataset data = Dataset.ForClassification(new float[3], DataColumns.Unnamed(1, false), [0, 0, 1], ["a", "b"]);
        Assert.Contains(2, DataSplit.Stratified(data, [0, 1, 2], 0.9, 1).Train);
    }
}
