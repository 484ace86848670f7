using Tiny.Core;
using Tiny.Learning;
using Tiny.Training.Data;
using Tiny.Training.Data.Summaries;

namespace Tiny.Training.Tests.Data.Summaries;

public class DataSummaryTests
{
    [Fact]
    public void Columns_missing_values_words_and_classes_are_counted()
    {
        DataSummary summary = Of("a,b,c,kind\n1,5,x,cat\n3,5,y,dog\n,5,1,cat\n-2,5,NaN,cat\n-200,5,2,dog\n", new() { Missing = ["-200"] });
        Assert.Equal(5, summary.Rows);
        Assert.Equal(3, summary.RowsWithMissing);
        ColumnSummary a = summary.Columns[0];
        Assert.Equal((3, 2, 0), (a.Numbers, a.Missing, a.Words));
        Assert.Equal((-2, 3), (a.Min, a.Max));
        Assert.Equal(2.0 / 3, a.Mean, 1e-9);
        Assert.Equal(Math.Sqrt((1 + 9 + 4) / 3.0 - 4.0 / 9), a.Deviation, 1e-9);
        Assert.True(summary.Columns[1].IsConstant);
        Assert.Equal((2, "x"), (summary.Columns[2].Words, summary.Columns[2].FirstWord));
        Assert.Equal([("cat", 3L), ("dog", 2L)], summary.Classes);
    }

    [Theory]
    [InlineData("a,l\n1,1\n2,2\n3,0\n", NetworkTask.Classification)]
    [InlineData("a,l\n1,1.5\n2,2\n", NetworkTask.Regression)]
    [InlineData("a,l\n1,1.5\n2,warm\n", NetworkTask.Classification)]
    public void The_task_is_the_one_training_would_choose(string text, NetworkTask expected)
    {
        Assert.Equal(expected, Of(text).Task);
        using TemporaryFile file = new(text);
        Assert.Equal(expected, DatasetFile.ReadCsv(file.Path, new()).Data.Task);
    }

    [Fact]
    public void A_histogram_of_many_values_has_the_shape_of_them_all()
    {
        ColumnSummary column = new("x");
        SeededRandom random = new(2);
        for (int i = 0; i < 200_000; i++)
        {
            // The second half lies elsewhere: a sample of the first rows alone would not see it.
            column.Add(random.NextFloat() + (i < 100_000 ? 0f : 3f));
        }

        int[] counts = column.Histogram(4);
        Assert.InRange(counts[0] / (double)counts.Sum(), 0.46, 0.54);
        Assert.InRange(counts[3] / (double)counts.Sum(), 0.46, 0.54);
        Assert.Equal(0, counts[1] + counts[2]);
    }

    [Fact]
    public void Idx_files_are_looked_at_too()
    {
        using TemporaryFile images = new([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255]);
        using TemporaryFile labels = new([0, 0, 8, 1, 0, 0, 0, 2, 7, 1]);
        DataSummary summary = DataSummary.OfIdx(DataFile.Open(images.Path), labels.Path);
        Assert.Equal(255, summary.Columns[0].Max);
        Assert.Equal(6, summary.Columns[0].Numbers);
        Assert.Equal([("1", 1L), ("7", 1L)], summary.Classes);
    }

    [Fact]
    public void A_word_among_values_is_told_as_training_would()
    {
        string rows = string.Concat(Enumerable.Range(0, 12).Select(i => $"{i}.5,{(i == 4 ? "ERR" : $"{i}.25")}\n"));
        Assert.Contains("line 6: found \"ERR\", but 11 of 12", Of("a,l\n" + rows).LabelFault);
        Assert.Null(Of("a,l\n1,ERR\n2,x\n").LabelFault);
    }

    [Fact]
    public void What_cannot_be_looked_at_is_said()
    {
        Assert.Contains("no row of data", Assert.Throws<DataException>(() => Of("a,l\n")).Message);
        Assert.Contains("3 fields, expected 2", Assert.Throws<DataException>(() => Of("a,l\n1,2,3\n")).Message);
    }

    private static DataSummary Of(string text, CsvOptions? options = null)
    {
        using TemporaryFile file = new(text);
        return DataSummary.OfCsv(DataFile.Open(file.Path), options ?? new());
    }
}
