using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data;

/// <summary>
/// Rows that cannot be read, values that are missing, words: one message of them all, and the options that leave them out.
/// </summary>
public class RowReaderTests
{
    private const string Bad = "a,b,l\n1,2,x\n3\n4,5,y\n6,sev\"en,x\n7,eight,y\n9,10,x\n";

    [Fact]
    public void All_rows_that_cannot_be_read_are_counted_in_one_message()
    {
        string message = Fault(Bad);
        Assert.Contains("line 3 (row 1): has 1 field, expected 3", message);
        Assert.Contains("3 of 6 rows cannot be read (lines 3, 5, 6)", message);
        Assert.Contains("--skip-bad-rows", message);
    }

    [Fact]
    public void They_are_left_out_and_told_on_demand()
    {
        DatasetFile file = Read(Bad, new() { SkipBadRows = true });
        Assert.Equal([1f, 2f, 4f, 5f, 9f, 10f], file.Data.Inputs);
        Assert.Equal(3, file.Reading.BadRows);
        Assert.Equal(3, file.Reading.BadRowsShown.Count);
        Assert.Contains("line 5 (row 3): a quote stands inside a field", file.Reading.BadRowsShown[1]);
        Assert.Contains("line 6 (row 4), column \"b\": found \"eight\", expected a number", file.Reading.BadRowsShown[2]);
    }

    [Fact]
    public void Of_many_the_first_ten_are_told()
    {
        string text = "a,l\n" + string.Concat(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? $"{i},x\n" : "?!,y\n"));
        Assert.Contains("20 of 40 rows cannot be read (lines 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, ...)", Fault(text));
        Assert.Equal((20, 10), (Read(text, new() { SkipBadRows = true }).Reading.BadRows,
            Read(text, new() { SkipBadRows = true }).Reading.BadRowsShown.Count));
    }

    [Fact]
    public void An_open_quote_is_told_by_its_line() =>
        Assert.Contains("line 3 (row 1): a quote opens here and is not closed", Fault("a,l\n1,x\n\"2,y\n3,x\n4,y\n"));

    [Fact]
    public void One_message_names_every_spelling_of_missing_and_the_option_that_drops_them()
    {
        const string Text = "a,b,l\n1,2,x\n,3,x\n4,NaN,y\n5,n/a,y\n,6,x\n7,8,y\n";
        string message = Fault(Text);
        Assert.Contains("line 3 (row 1), column \"a\": the value is missing (found \"\")", message);
        Assert.Contains("missing in 4 of 6 rows, written \"\" (2), \"NaN\" (1), \"n/a\" (1)", message);
        Assert.Contains("--drop-missing", message);
        DatasetFile file = Read(Text, new() { DropMissing = true });
        Assert.Equal([1f, 2f, 7f, 8f], file.Data.Inputs);
        Assert.Equal(4, file.Dropped);
    }

    [Fact]
    public void A_value_named_as_missing_does_not_drop_the_others()
    {
        string message = Fault("a,l\n-200,x\n,y\n1,x\n", new() { Missing = ["-200"] });
        Assert.Contains("line 3 (row 1), column \"a\": the value is missing (found \"\")", message);
        Assert.Contains("missing in 1 of 3 rows, written \"\" (1)", message);
    }

    [Fact]
    public void Columns_of_words_are_refused_together_with_the_option_that_drops_them()
    {
        const string Text = "room,a,side,l\nbath,1,left,x\nbed,2,right,y\nbath,3,left,x\n";
        string message = Fault(Text);
        Assert.Contains("line 2 (row 0), column \"room\": found \"bath\", expected a number", message);
        Assert.Contains("room (bath, bed); side (left, right)", message);
        Assert.Contains("--drop room,side", message);
        Assert.Equal([1f, 2f, 3f], Read(Text, new() { Drop = ["room", "side"] }).Data.Inputs);

        // Leaving such rows out would leave nothing.
        Assert.Contains("--drop room,side", Fault(Text, new() { SkipBadRows = true }));
    }

    [Fact]
    public void A_single_column_of_words_may_be_the_label()
    {
        const string Text = "kind,a,b\nbath,1,4.5\nbed,2,5.5\nbath,3,6.5\n";
        Assert.Contains("If it is what to learn, say --label kind.", Fault(Text));
        Assert.DoesNotContain("what to learn", Fault(Text, new() { Label = "b" }));
    }

    [Fact]
    public void Numbers_with_units_are_refused_with_the_value() =>
        Assert.Contains("found \"17.08 °C\", expected a number without a unit", Fault("T,l\n17.08 °C,x\n18.1 °C,y\n"));

    [Fact]
    public void Words_for_true_and_false_are_read_as_1_and_0_and_said()
    {
        DatasetFile file = Read("heater,a,l\nON,1,yes\nOFF,2,no\non,3,yes\n");
        Assert.Equal([1f, 1f, 0f, 2f, 1f, 3f], file.Data.Inputs);
        Assert.Equal(["no", "yes"], file.Data.OutputNames);
        Assert.Contains(file.Reading.Remarks, remark => remark.Contains("in heater"));
    }

    [Fact]
    public void What_is_set_aside_is_told_with_its_reason()
    {
        DatasetFile file = Read("id,millis,a,same,l,\n1,10,5,7,x,\n2,20,5.5,7,y,\n3,30,6,7,x,\n");
        Assert.Equal([5f, 5.5f, 6f], file.Data.Inputs);
        Assert.Equal(
            ["id numbers the rows", "millis is a clock", "same is always 7", "column 5 has no name and no value"],
            file.Reading.SetAside.Select(column => $"{column.Name} {column.Why}"));
        Assert.Equal(["millis", "same"],
            Read("millis,a,same,l\n10,5,7,x\n20,6,7,y\n", new() { Inputs = ["millis", "same"] }).Data.Columns.Names);
    }

    [Fact]
    public void Of_many_columns_of_a_kind_a_constant_one_keeps_its_place()
    {
        string header = string.Join(',', Enumerable.Range(0, 9).Select(i => $"pixel{i}"));
        Assert.Equal(9, Read($"{header},l\n0,1,2,3,4,5,6,7,8,x\n0,2,2,3,4,5,6,7,9,y\n").Data.ColumnCount);
        Assert.Equal(2, Read("0,1,x\n0,2,y\n").Data.ColumnCount);
    }

    [Fact]
    public void A_column_that_was_empty_at_first_and_is_not_is_told()
    {
        string text = "a,late,l\n" + string.Concat(Enumerable.Repeat("1,,x\n2,,y\n", 1000)) + "3,7,x\n";
        Assert.Contains("line 2002, column \"late\": found \"7\", but the column is empty in the first", Fault(text));
        Assert.Equal(2001, Read(text, new() { Drop = ["late"] }).Data.Rows);
    }

    [Fact]
    public void Binary_garbage_is_never_shown_raw()
    {
        string message = Fault($"a,l\n1,x\n\u001b[2J{new string('z', 5000)},y\n");
        Assert.DoesNotContain('\u001b', message);
        Assert.InRange(message.Length, 50, 600);
        Assert.Contains("control character", Fault("a,l\n1,x\n2,y\u0007\n"));
    }

    [Fact]
    public void Columns_of_one_name_are_told_apart_by_their_place()
    {
        DatasetFile file = Read("T,H,T,l\n1,2,3,x\n4,5,7,y\n");
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 7f], file.Data.Inputs);
        Assert.Contains(file.Reading.Remarks, remark => remark.Contains("columns 0 and 2 are all named \"T\""));
    }

    [Fact]
    public void Values_that_a_float_cannot_tell_apart_are_told()
    {
        DataReading same = Read("n,a,l\n1715500000123,1,x\n1715500000001,2,y\n1715500000077,3,y\n").Reading;
        Assert.Equal("differs only in digits beyond the seven that a float holds", same.SetAside.Single().Why);
        DataReading some = Read("n,a,l\n123456789,1,x\n123456790,2,y\n-5,3,y\n").Reading;
        Assert.Contains(some.Remarks, remark => remark.StartsWith("n has values that differ only in digits", StringComparison.Ordinal));
    }

    private static string Fault(string text, CsvOptions? options = null) => Assert.Throws<DataException>(() => Read(text, options)).Message;

    private static DatasetFile Read(string text, CsvOptions? options = null)
    {
        using TemporaryFile file = new(text);
        return DatasetFile.ReadCsv(file.Path, options ?? new());
    }
}
