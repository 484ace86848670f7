using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data;

/// <summary>What labels come to: classes, values, neither.</summary>
public class LabelReaderTests
{
    [Fact]
    public void The_same_number_is_one_class_however_it_is_written()
    {
        Dataset data = Read("a,l\n1,1\n2,1.0\n3,0\n4,0.00\n5,+1\n").Data;
        Assert.Equal(["0", "1"], data.OutputNames);
        Assert.Equal([1, 1, 0, 0, 1], data.Classes);
        Assert.Equal(["0", "0.0", "x"], Read("a,l\n1,0\n2,0.0\n3,x\n").Data.OutputNames);
        Assert.Equal(["0.5", "1"], Read("a;l\n1;0,5\n2;1,0\n3;1\n", new() { Task = NetworkTask.Classification }).Data.OutputNames);
    }

    [Fact]
    public void Large_whole_numbers_are_told_apart_beyond_what_a_float_holds() =>
        Assert.Equal(["16777216", "16777217"], Read("a,l\n1,16777216\n2,16777217\n").Data.OutputNames);

    [Fact]
    public void Classes_may_be_called_like_missing_values_and_that_is_said()
    {
        DatasetFile file = Read("a,l\n1,NA\n2,none\n3,?\n4,NA\n", new() { DropMissing = true });
        Assert.Equal(["?", "NA", "none"], file.Data.OutputNames);
        Assert.Contains(file.Reading.Remarks,
            remark => remark.Contains("2 rows have the label \"NA\"") && remark.Contains("--drop-label NA"));
        DatasetFile without = Read("a,l\n1,NA\n2,none\n3,?\n4,NA\n", new() { DropLabels = ["NA", "?"] });
        Assert.Equal(["none"], without.Data.OutputNames);
        Assert.Equal(3, without.Reading.LeftOut);
        Assert.Equal(["2"], Read("a,l\n1,1.0\n2,2\n3,1\n", new() { DropLabels = ["1"] }).Data.OutputNames);
    }

    [Fact]
    public void A_value_that_stands_for_missing_does_not_eat_the_class_of_its_name()
    {
        DatasetFile file = Read("a,l\n1,0\n0,1\n2,2\n3,0\n", new() { Missing = ["0"] });
        Assert.Equal(["0", "2"], file.Data.OutputNames);
        Assert.Equal(1, file.Dropped);
        Assert.Contains(file.Reading.Remarks, remark => remark.Contains("2 rows have the label \"0\""));
    }

    [Fact]
    public void Values_may_be_missing()
    {
        const string Text = "a,l\n1,0.5\n2,-200\n3,1.5\n4,NA\n5,2.5\n";
        DatasetFile file = Read(Text, new() { Missing = ["-200"], DropMissing = true });
        Assert.Equal([0.5f, 1.5f, 2.5f], file.Data.Targets);
        Assert.Contains("column \"l\": the value is missing (found \"NA\")", Fault(Text, new() { Missing = ["-200"] }));
    }

    /// <summary>The first thousand rows look like classes, and later ones show that they are values.</summary>
    [Fact]
    public void Values_that_show_late_and_were_missing_before_are_refused()
    {
        string text = "a,l\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i % 7}.5,{i % 2}\n")) + "1,-200\n1,0.25\n";
        Assert.Contains("Say --task regression", Fault(text, new() { Missing = ["-200"] }));
        Assert.Equal(3001, Read(text, new() { Missing = ["-200"], Task = NetworkTask.Regression }).Data.Rows);
    }

    [Theory]
    [InlineData("ERR")]
    [InlineData("inf")]
    [InlineData("<1.0")]
    public void One_word_among_values_is_refused_with_both_ways_out(string word)
    {
        string text = "a,l\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i}.5,{(i == 4 ? word : $"{i}.25")}\n"));
        string message = Fault(text);
        Assert.Contains($"line 6, column \"l\": found \"{word}\", but 11 of 12 labels are numbers", message);
        Assert.Contains("--task regression --skip-bad-rows", message);
        Assert.Contains("--task classification", message);
        Assert.Equal(11, Read(text, new() { Task = NetworkTask.Regression, SkipBadRows = true }).Data.Rows);
        Assert.Equal(12, Read(text, new() { Task = NetworkTask.Classification }).Data.OutputNames.Count);
    }

    [Fact]
    public void Many_different_whole_numbers_may_be_counts_and_that_is_said()
    {
        Assert.Contains(Hints(38, 40, 36, 70, 71), remark => remark.Contains("--task regression"));
        Assert.Contains(Hints([.. Enumerable.Range(0, 12)]), remark => remark.Contains("--task regression"));
        Assert.Empty(Hints([.. Enumerable.Range(0, 10)]));
        Assert.Empty(Hints(0, 1, 2));
        Assert.Empty(Hints(1, 5));
    }

    private static IReadOnlyList<string> Hints(params int[] labels) =>
        Read("a,l\n" + string.Concat(labels.Select(label => $"{label % 3}.5,{label}\n"))).Reading.Remarks;

    private static string Fault(string text, CsvOptions? options = null) => Assert.Throws<DataException>(() => Read(text, options)).Message;

    private static DatasetFile Read(string text, CsvOptions? options = null)
    {
        using TemporaryFile file = new(text);
        return DatasetFile.ReadCsv(file.Path, options ?? new());
    }
}
