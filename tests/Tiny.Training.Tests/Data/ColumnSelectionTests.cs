using Tiny.Training.Data;
using Tiny.Training.Data.Columns;

namespace Tiny.Training.Tests.Data;

/// <summary>Which columns of a file are trained on.</summary>
public class ColumnSelectionTests
{
    private static readonly string[] Names = ["id", "a", "b", "millis", "y"];

    private static readonly ColumnKind[] Kinds =
        [ColumnKind.RowNumber, ColumnKind.Number, ColumnKind.Number, ColumnKind.Clock, ColumnKind.Number];

    [Fact]
    public void What_is_no_measurement_is_set_aside_unless_it_is_named()
    {
        Assert.Equal([1, 2], Select(new()).Inputs);
        Assert.Equal([3, 1], Select(new() { Inputs = ["millis", "a"] }).Inputs);
        Assert.Equal([2], Select(new() { Drop = ["a"] }).Inputs);
    }

    [Fact]
    public void Where_nothing_else_is_left_a_clock_is_an_input() =>
        Assert.Equal([0, 3], Select(new() { Drop = ["a", "b"] }).Inputs);

    [Fact]
    public void The_last_column_is_the_label_unless_it_is_dropped_or_empty()
    {
        Assert.Equal(4, Select(new()).Label);
        Assert.Equal(2, Select(new() { Drop = ["y", "3"] }).Label);
        TableColumns trailing = Of(["a", "y", "column 2"], [ColumnKind.Number, ColumnKind.Number, ColumnKind.Empty]);
        Assert.Equal(1, ColumnSelection.ForTraining(trailing, new()).Label);
        Assert.Equal([0], ColumnSelection.ForTraining(trailing, new()).Inputs);
    }

    [Fact]
    public void A_label_that_cannot_be_one_is_refused()
    {
        Assert.Contains("has no value in any", Fault(["a", "y"], [ColumnKind.Number, ColumnKind.Empty], new()));
        Assert.Contains("\"when\", is a clock. Name the label", Fault(["a", "when"], [ColumnKind.Number, ColumnKind.Date], new()));
        Assert.Contains("take it off --drop",
            Fault(["a", "y"], [ColumnKind.Number, ColumnKind.Number], new() { Label = "y", Drop = ["y"] }));
    }

    [Fact]
    public void A_column_named_twice_or_for_two_purposes_is_refused()
    {
        Assert.Contains("\"a\" is named twice", Fault(Names, Kinds, new() { Inputs = ["a", "b", "a"] }));
        Assert.Contains("\"a\" is named twice", Fault(Names, Kinds, new() { Inputs = ["a", "1"] }));
        Assert.Contains("in both --inputs and --drop", Fault(Names, Kinds, new() { Inputs = ["a"], Drop = ["a"] }));
        Assert.Contains("cannot be an input too", Fault(Names, Kinds, new() { Inputs = ["a", "y"] }));
    }

    private static ColumnSelection Select(CsvOptions options) => ColumnSelection.ForTraining(Of(Names, Kinds), options);

    private static string Fault(string[] names, ColumnKind[] kinds, CsvOptions options) =>
        Assert.ThrowsAny<DataException>(() => ColumnSelection.ForTraining(Of(names, kinds), options)).Message;

    private static TableColumns Of(string[] names, ColumnKind[] kinds) => new(new CsvHeader("f.csv", names, IsNamed: true), kinds, []);
}
