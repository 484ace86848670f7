using Tiny.Training.Data;
using Tiny.Training.Data.Columns;

namespace Tiny.Training.Tests.Data.Columns;

/// <summary>Which columns of a file a model is fed.</summary>
public class ModelColumnFinderTests
{
    private static readonly CsvHeader Named = new("f.csv", ["y", "a", "b", "c"], IsNamed: true);
    private static readonly CsvHeader Unnamed = CsvHeader.Unnamed("f.csv", 3);
    private static readonly int Checksum = new DataColumns(["a", "b", "c"], true, false).Checksum;
    private static readonly ModelColumns Known = new(["a", "b", "c"], [1, 2, 3], "y", 0, AreNamed: true, Count: 4);

    [Fact]
    public void The_models_own_columns_are_found_by_their_names_wherever_the_label_stands()
    {
        ColumnSelection selection = Find(Named, new(), new(3, Checksum, WantsLabel: true));
        Assert.Equal([1, 2, 3], selection.Inputs);
        Assert.Equal(0, selection.Label);
    }

    [Fact]
    public void Columns_in_another_order_are_refused_without_a_record_and_found_with_one()
    {
        CsvHeader swapped = Named with { Names = ["b", "a", "c", "y"] };
        Assert.Contains("another order", Fault(swapped, new(), new(3, Checksum, WantsLabel: true)));
        Assert.Equal([1, 0, 2], Find(swapped, new() { Inputs = ["a", "b", "c"], Label = "y" }, new(3, Checksum, WantsLabel: true)).Inputs);
        ColumnSelection found = Find(swapped, new(), new(3, Checksum, WantsLabel: true) { Known = Known });
        Assert.Equal([1, 0, 2], found.Inputs);
        Assert.Equal(3, found.Label);
    }

    [Fact]
    public void Columns_that_the_record_names_and_the_file_lacks_are_named() =>
        Assert.Contains("has no column b, which the model was trained on",
        Fault(Named with { Names = ["y", "a", "B", "c"] }, new(), new(3, Checksum, WantsLabel: true) { Known = Known }));

    [Fact]
    public void A_clock_that_training_set_aside_is_passed_over()
    {
        TableColumns columns = new(
            new CsvHeader("f.csv", ["millis", "a", "b", "c", "y"], IsNamed: true),
                [ColumnKind.Clock, .. Enumerable.Repeat(ColumnKind.Number, 4)], []);
        ColumnSelection found = ColumnSelection.ForModel(columns, new(), new(3, Checksum, WantsLabel: true));
        Assert.Equal([1, 2, 3], found.Inputs);
        Assert.Equal(4, found.Label);
    }

    [Fact]
    public void Without_names_all_columns_are_inputs_where_they_are_as_many() =>
        Assert.Equal([0, 1, 2], Find(Unnamed, new(), new(3, 0, WantsLabel: false)).Inputs);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_names_and_record_the_label_is_not_guessed(bool wantsLabel)
    {
        Assert.Contains("Name it with --label", Fault(Unnamed, new(), new(2, 0, wantsLabel)));
        Assert.Equal([1, 2], Find(Unnamed, new() { Label = "0" }, new(2, 0, wantsLabel)).Inputs);
    }

    [Fact]
    public void Without_names_the_column_of_the_models_classes_is_the_label()
    {
        TableColumns columns = new(
            Unnamed, [ColumnKind.Words, ColumnKind.Number, ColumnKind.Number], [["up", "1", "2"], ["down", "3", "4"]]);
        ColumnSelection found = ColumnSelection.ForModel(columns, new(), new(2, 0, WantsLabel: true) { ClassNames = ["down", "up"] });
        Assert.Equal([1, 2], found.Inputs);
        Assert.Equal(0, found.Label);
    }

    [Fact]
    public void A_record_finds_unnamed_columns_by_their_place()
    {
        ModelColumns places = new(["column 1", "column 2"], [1, 2], "column 0", 0, AreNamed: false, Count: 3);
        ModelNeeds needs = new(2, 0, WantsLabel: true) { Known = places };
        ColumnSelection found = Find(Unnamed, new(), needs);
        Assert.Equal([1, 2], found.Inputs);
        Assert.Equal(0, found.Label);
        Assert.Equal([0, 1], Find(CsvHeader.Unnamed("f.csv", 2), new(), needs with { WantsLabel = false }).Inputs);
        Assert.Contains("had 3", Fault(CsvHeader.Unnamed("f.csv", 5), new(), needs));
    }

    [Fact]
    public void Too_few_or_too_many_columns_are_refused()
    {
        Fault(Unnamed, new(), new(5, 0, WantsLabel: false));
        Fault(Unnamed, new(), new(3, 0, WantsLabel: true));
        Assert.Contains("--inputs names 1 columns", Fault(Named, new() { Inputs = ["a"] }, new(3, Checksum, WantsLabel: false)));
    }

    private static ColumnSelection Find(CsvHeader header, CsvOptions options, ModelNeeds needs) =>
        ColumnSelection.ForModel(TableColumns.Of(header), options, needs);

    private static string Fault(CsvHeader header, CsvOptions options, ModelNeeds needs) =>
        Assert.ThrowsAny<DataException>(() => Find(header, options, needs)).Message;
}
