using System.Text;
using Tiny.Core;
using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data;

public class CsvReaderTests
{
    [Fact]
    public void A_header_names_the_columns_and_the_last_is_the_label()
    {
        Dataset data = Read("a,b,kind\n1,2,cat\n3,4.5,dog\n-1e3,.5,cat\n").Data;
        Assert.Equal(NetworkTask.Classification, data.Task);
        Assert.Equal(["a", "b"], data.Columns.Names);
        Assert.Equal([1f, 2f, 3f, 4.5f, -1000f, 0.5f], data.Inputs);
        Assert.Equal(["cat", "dog"], data.OutputNames);
        Assert.Equal([0, 1, 0], data.Classes);
    }

    [Fact]
    public void Label_and_inputs_go_by_name_or_number()
    {
        const string Text = "kind,a,b,c\nx,1,2,3\ny,4,5,6\n";
        Assert.Equal([3f, 1f, 6f, 4f], Read(Text, new() { Label = "kind", Inputs = ["c", "a"] }).Data.Inputs);
        Assert.Equal([2f, 5f], Read(Text, new() { Label = "0", Inputs = ["2"] }).Data.Inputs);
        Assert.Equal(["a", "b", "c"], Read(Text, new() { Label = "kind" }).Data.Columns.Names);
    }

    [Fact]
    public void Quoted_fields_blank_lines_and_windows_line_ends_are_read()
    {
        Dataset data = Read("\"a\",\"b, c\",label\r\n\"1\", 2 ,\"x, \"\"y\"\"\"\r\n\r\n3,4,z\r\n").Data;
        Assert.Equal(["a", "b, c"], data.Columns.Names);
        Assert.Equal([1f, 2f, 3f, 4f], data.Inputs);
        Assert.Equal(["x, \"y\"", "z"], data.OutputNames);
    }

    [Fact]
    public void A_first_line_of_numbers_is_data_unless_said_otherwise()
    {
        const string Text = "1,2,a\n3,4,b\n";
        DatasetFile judged = Read(Text);
        Assert.Contains(judged.Reading.Remarks, remark => remark.Contains("is read as data"));
        Assert.Equal(2, judged.Data.Rows);
        Assert.Empty(Read(Text, new() { NoHeader = true }).Reading.Remarks);
        Assert.Equal(1, Read(Text, new() { NoHeader = false }).Data.Rows);
    }

    [Fact]
    public void Gzip_is_known_by_its_bytes()
    {
        using TemporaryFile file = new(Encoding.UTF8.GetBytes("a,l\n1,x\n2,y\n"), gzip: true);
        Assert.Equal(2, DatasetFile.ReadCsv(file.Path, new()).Data.Rows);
    }

    [Theory]
    [InlineData("a,l\n1,1\n2,2\n3,0\n", NetworkTask.Classification)]
    [InlineData("a,l\n1,1.5\n2,2\n", NetworkTask.Regression)]
    [InlineData("a,l\n1,1.5\n2,warm\n", NetworkTask.Classification)]
    public void The_task_is_judged_by_the_labels(string text, NetworkTask expected) => Assert.Equal(expected, Read(text).Data.Task);

    [Fact]
    public void Many_whole_numbers_are_values()
    {
        string text = "a,l\n" + string.Concat(Enumerable.Range(0, 21).Select(i => $"1,{i}\n"));
        Assert.Equal(NetworkTask.Regression, Read(text).Data.Task);
        Assert.Equal(21, Read(text, new() { Task = NetworkTask.Classification }).Data.OutputNames.Count);
    }

    [Fact]
    public void Numeric_classes_are_in_numeric_order() =>
        Assert.Equal(["2", "9", "10"], Read("a,l\n1,10\n1,9\n1,2\n").Data.OutputNames);

    [Fact]
    public void Rows_with_missing_values_are_dropped_and_counted()
    {
        const string Text = "a,b,unused,l\n1,2,-200,x\n-200.0,2,3,x\n1,NA,3,y\n1,2,3,-200\n5,6,7,y\n";
        DatasetFile file = Read(Text, new() { Inputs = ["a", "b"], Missing = ["-200", "NA"] });
        Assert.Equal(2, file.Dropped);
        Assert.Equal([1f, 2f, 1f, 2f, 5f, 6f], file.Data.Inputs);
        Assert.Equal(["-200", "x", "y"], file.Data.OutputNames);
        Assert.Contains(file.Reading.Remarks, remark => remark.Contains("--drop-label -200"));
    }

    [Theory]
    [InlineData("a,b,l\n1,2,x\n1,,x\n", "line 3 (row 1), column \"b\"", "missing")]
    [InlineData("a,b,l\n1,NaN,x\n", "line 2 (row 0), column \"b\"", "missing")]
    [InlineData("a,b,l\n1,2,x\n1,2\n", "line 3 (row 1)", "2 fields, expected 3")]
    [InlineData("a,b,l\n1,2,x,9\n", "line 2 (row 0)", "4 fields, expected 3")]
    [InlineData("a,b,l\n1,two,x\n", "line 2 (row 0), column \"b\"", "expected a number")]
    [InlineData("a,b,l\n1,1e39,x\n", "line 2 (row 0), column \"b\"", "beyond what a float holds")]
    [InlineData("a,b,l\n1,2,x\n1,2,\n", "line 3 (row 1), column \"l\"", "missing")]
    [InlineData("a,b,l\n1,2,\n3,4,\n", "", "label column \"l\" has no value")]
    [InlineData("a,b,l\n1,2\"3,x\n", "line 2", "quote")]
    [InlineData("a,b,l\n", "", "no row of data")]
    [InlineData("", "", "empty")]
    [InlineData("l\nx\n", "", "nothing is left as input")]
    public void Faults_say_where_and_what(string text, string where, string what)
    {
        DataException fault = Assert.Throws<DataException>(() => Read(text));
        Assert.Contains(where, fault.Message);
        Assert.Contains(what, fault.Message);
    }

    [Fact]
    public void A_column_that_does_not_exist_gets_a_suggestion()
    {
        const string Text = "temperature,humidity,label\n1,2,x\n";
        Assert.Contains("Did you mean \"humidity\"?",
            Assert.Throws<SelectionException>(() => Read(Text, new() { Label = "humidty" })).Message);
        Assert.Contains("The columns are temperature",
            Assert.Throws<SelectionException>(() => Read(Text, new() { Label = "zzz" })).Message);
        Assert.Contains("numbered 0 to 2", Assert.Throws<SelectionException>(() => Read(Text, new() { Label = "3" })).Message);
        Assert.Contains("cannot be an input too",
            Assert.Throws<SelectionException>(() => Read(Text, new() { Inputs = ["label"] })).Message);
        Assert.Contains("2 columns have this name",
            Assert.Throws<SelectionException>(() => Read("a,a,l\n1,2,x\n", new() { Label = "a" })).Message);
    }

    [Fact]
    public void A_regression_needs_numbers()
    {
        DataException fault = Assert.Throws<DataException>(() => Read("a,l\n1,warm\n", new() { Task = NetworkTask.Regression }));
        Assert.Contains("line 2 (row 0), column \"l\": found \"warm\"", fault.Message);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        using TemporaryFile file = new("a,l\n1,x\n");
        Assert.Contains($"Did you mean {file.Path}?",
            Assert.Throws<DataException>(() => DatasetFile.ReadCsv(file.Path + "x", new())).Message);
        Assert.Contains("it is a folder", Assert.Throws<DataException>(() => DatasetFile.ReadCsv(Path.GetTempPath(), new())).Message);
    }

    private static DatasetFile Read(string text, CsvOptions? options = null)
    {
        using TemporaryFile file = new(text);
        return DatasetFile.ReadCsv(file.Path, options ?? new());
    }
}
