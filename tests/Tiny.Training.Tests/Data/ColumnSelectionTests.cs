using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data;

/// <summary>Which columns of a file a model is fed.</summary>
public class ColumnSelectionTests
{
    private static readonly CsvHeader Named = new("f.csv", ["y", "a", "b", "c"], IsNamed: true);
    private static readonly CsvHeader Unnamed = new("f.csv", ["column 0", "column 1", "column 2"], IsNamed: false);
    private static readonly int Checksum = new DataColumns(["a", "b", "c"], true, false).Checksum;

    [Fact]
    public void The_models_own_columns_are_found_by_their_names_wherever_the_label_stands()
    {
        ColumnSelection selection = ColumnSelection.ForModel(Named, new(), 3, Checksum, needsLabel: true);
        Assert.Equal([1, 2, 3], selection.Inputs);
        Assert.Equal(0, selection.Label);
    }

    [Fact]
    public void Columns_in_another_order_are_refused()
    {
        CsvHeader swapped = Named with { Names = ["b", "a", "c", "y"] };
        Assert.Contains("another order", Assert.Throws<DataException>(() => ColumnSelection.ForModel(swapped, new(), 3, Checksum, true)).Message);
        Assert.Equal([1, 0, 2], ColumnSelection.ForModel(swapped, new() { Inputs = ["a", "b", "c"], Label = "y" }, 3, Checksum, true).Inputs);
    }

    [Theory]
    [InlineData(3, false, -1)]
    [InlineData(2, false, 2)]
    [InlineData(2, true, 2)]
    public void Without_names_all_columns_or_all_but_the_last_are_inputs(int inputs, bool needsLabel, int label)
    {
        ColumnSelection selection = ColumnSelection.ForModel(Unnamed, new(), inputs, 0, needsLabel);
        Assert.Equal(Enumerable.Range(0, inputs), selection.Inputs);
        Assert.Equal(label, selection.Label);
    }

    [Fact]
    public void Too_few_or_too_many_columns_are_refused()
    {
        Assert.Throws<DataException>(() => ColumnSelection.ForModel(Unnamed, new(), 5, 0, false));
        Assert.Throws<DataException>(() => ColumnSelection.ForModel(Unnamed, new(), 3, 0, true));
        Assert.Throws<DataException>(() => ColumnSelection.ForModel(Named, new() { Inputs = ["a"] }, 3, Checksum, false));
    }
}
