using Tiny.Training.Data;
using Tiny.Training.Data.Columns;

namespace Tiny.Training.Tests.Data.Columns;

/// <summary>Which lines hold names, units and rows, and what columns hold.</summary>
public class HeaderFinderTests
{
    [Fact]
    public void Rows_of_words_with_a_number_among_them_are_no_header()
    {
        using CsvSource source = Open("35, Private, 0.5, red, <=50K\n38, Public, 0.7, blue, >50K\n28, Private, 0.1, red, >50K\n");
        Assert.False(source.Header.IsNamed);
        Assert.Contains("is read as data", source.Remark);
    }

    [Fact]
    public void Names_that_are_the_columns_numbers_are_a_header_and_said()
    {
        string rows = string.Concat(Enumerable.Range(0, 6).Select(i => $"{i}.5,{i}.25,{(i % 2 == 0 ? "up" : "down")}\n"));
        using CsvSource source = Open("0,1,class\n" + rows);
        Assert.Equal(["0", "1", "class"], source.Header.Names);
        Assert.Contains("--no-header reads it as a row", source.Remark);
    }

    [Fact]
    public void Words_above_words_are_names_unless_an_option_says_otherwise()
    {
        Assert.True(Open("a,l\nred,x\n").Header.IsNamed);
        Assert.False(Open("a,l\nred,x\n", new() { NoHeader = true }).Header.IsNamed);
        Assert.True(Open("1,2\n3,4\n", new() { NoHeader = false }).Header.IsNamed);
    }

    [Fact]
    public void A_first_row_that_misses_its_numbers_is_no_header() =>
        Assert.False(Open("NA,?,x\n1,2,x\n3,4,y\n5,6,y\n").Header.IsNamed);

    [Fact]
    public void A_header_without_a_field_for_the_rows_names_is_known()
    {
        using CsvSource source = Open("\"T\",\"L\"\n\"1\",20.5,x\n\"2\",21.5,y\n\"5\",22.5,x\n");
        Assert.Equal(["column 0", "T", "L"], source.Header.Names);
        Assert.Equal([ColumnKind.RowName, ColumnKind.Number, ColumnKind.Words], source.Columns.Kinds);

        // A name that was forgotten is another thing: the first column measures something.
        string message = Assert.Throws<DataException>(() => Open("T,H\n20.5,50,x\n21.5,51,y\n20.5,52,x\n")).Message;
        Assert.Contains("line 1: has 2 fields, but most lines below have 3", message);
    }

    [Fact]
    public void Units_below_the_names_are_passed_over_and_a_row_of_faults_is_not()
    {
        using CsvSource source = Open("T,H,L\n°C,%,-\n20.5,50,x\n21.5,51,y\n22.5,52,x\n");
        Assert.Equal(2, source.Dialect.UnitsLine);
        Assert.True(source.ReadFields());
        Assert.Equal("20.5", source.Text(0));
        Assert.Equal(0, Open("T,H,L\nERR,ERR,x\n20.5,50,x\n21.5,51,y\n22.5,52,x\n").Dialect.UnitsLine);
        Assert.Equal(0, Open("T,H,L\nNA,NA,-\n20.5,50,x\n21.5,51,y\n22.5,52,x\n").Dialect.UnitsLine);
    }

    [Fact]
    public void A_title_is_refused_with_the_line_that_looks_like_the_header()
    {
        const string Text = "Plot: kitchen\nserial 17\n\nT,H,L\n20.5,50,x\n21.5,51,y\n";
        string message = Assert.Throws<DataException>(() => Open(Text)).Message;
        Assert.Contains("line 1: has 1 field, but most lines below have 3. Line 4 looks like the header: start there with --skip 3",
            message);
        Assert.Equal(["T", "H", "L"], Open(Text, new() { Skip = 3 }).Header.Names);
        message = Assert.Throws<DataException>(() => Open("Plot: kitchen,,\nT,H,L\n20.5,50,x\n21.5,51,y\n")).Message;
        Assert.Contains("Line 2 looks like the header: start there with --skip 1", message);
    }

    [Fact]
    public void Decimal_commas_between_commas_are_suspected() =>
        Assert.Contains("If the numbers have a decimal comma",
        Assert.Throws<DataException>(() => Open("T,H\n20,5,50,1\n21,5,51,2\n22,5,52,3\n")).Message);

    [Fact]
    public void What_a_serial_monitor_shows_is_named() =>
        Assert.Contains("tiny capture",
        Assert.Throws<DataException>(() => Open("10:00:00.123 -> T:17.08,H:52.21\n10:00:01.123 -> T:17.15,H:58.70\n")).Message);

    [Fact]
    public void Separators_at_the_ends_of_lines_make_no_column_of_use()
    {
        using CsvSource named = Open("T,L,\n20.5,x,\n21.5,y,\n");
        Assert.Equal(ColumnKind.Empty, named.Columns.Kinds[2]);
        using CsvSource below = Open("T,L\n20.5,x,\n21.5,y,\n");
        Assert.Equal(["T", "L", "column 2"], below.Header.Names);
        using CsvSource above = Open("T,L,\n20.5,x\n21.5,y\n");
        Assert.Equal(["T", "L"], above.Header.Names);
    }

    [Theory]
    [InlineData("id", "0 1 2", ColumnKind.RowNumber)]
    [InlineData("Unnamed: 0", "7 9 12", ColumnKind.RowNumber)]
    [InlineData("", "1 2 3 4 5", ColumnKind.RowNumber)]
    [InlineData("", "1 2 3 5 6", ColumnKind.Number)]
    [InlineData("x", "0 1 2 3 4", ColumnKind.Number)]
    [InlineData("id", "7 3 9", ColumnKind.Number)]
    [InlineData("millis", "10 20 30", ColumnKind.Clock)]
    [InlineData("when", "10:00 10:01 10:02", ColumnKind.Date)]
    [InlineData("on", "ON OFF NA ON", ColumnKind.Boolean)]
    [InlineData("on", "true False true", ColumnKind.Boolean)]
    [InlineData("on", "true 1 0", ColumnKind.Number)]
    [InlineData("room", "bath bed 3", ColumnKind.Words)]
    [InlineData("x", "NA - ?", ColumnKind.Unknown)]
    public void Columns_are_judged_by_names_and_values(string name, string values, ColumnKind expected)
    {
        string rows = string.Concat(values.Split(' ').Select((value, i) => $"{value},{i % 2}.5,{i}\n"));
        using CsvSource source = Open($"{name},a,l\n{rows}");
        Assert.Equal(expected, source.Columns.Kinds[0]);
    }

    private static CsvSource Open(string text, CsvOptions? options = null)
    {
        using TemporaryFile file = new(text);
        return new CsvSource(file.Path, options ?? new());
    }
}
