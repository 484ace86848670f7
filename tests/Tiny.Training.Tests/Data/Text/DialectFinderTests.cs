using Tiny.Training.Data;

namespace Tiny.Training.Tests.Data.Text;

/// <summary>How files are written, found out from their beginning, and what is read of them then.</summary>
public class DialectFinderTests
{
    [Theory]
    [InlineData("a,b,l\n1.5,2,x\n3,4,y\n", ",", '.')]
    [InlineData("a;b;l\n1.5;2;x\n3;4;y\n", ";", '.')]
    [InlineData("a;b;l\n1,5;2;x\n3;4;y\n", ";", ',')]
    [InlineData("a\tb\tl\n1.5\t2\tx\n3\t4\ty\n", "tab", '.')]
    [InlineData("a|b|l\n1.5|2|x\n3|4|y\n", "|", '.')]
    [InlineData("1.5  2 x\n3 4   y\n", "space", '.')]
    [InlineData("1,5 2 x\n3 4 y\n", "space", ',')]
    [InlineData("\"a\",\"b\",\"l\"\n\"1,5\",\"2\",\"x\"\n\"3\",\"4\",\"y\"\n", ",", ',')]
    [InlineData("sep=;\na;b;l\n1,5;2;x\n3;4;y\n", ";", ',')]
    [InlineData("# a remark, with commas, and words\n# unit;;\na;b;l\n1,5;2;x\n3;4;y\n", ";", ',')]
    [InlineData("a, b, l\n1.5, 2, x\n3, 4, y\n", ",", '.')]
    public void Separator_and_decimal_mark_are_found(string text, string separator, char mark)
    {
        DatasetFile file = Read(text);
        Assert.Equal((separator, mark), (file.Reading.Dialect!.Separator, file.Reading.Dialect.Decimal));
        Assert.Equal([1.5f, 2f, 3f, 4f], file.Data.Inputs);
        Assert.Equal(["x", "y"], file.Data.OutputNames);
    }

    [Theory]
    [InlineData("when,a,l\n2024-05-12 10:00:00,1.5,on the left\n2024-05-12 10:00:01,2.5,on the right\n")]
    [InlineData("a,note,l\n1.5,red; round,x\n2.5,green; square,y\n")]
    public void Blanks_and_semicolons_inside_fields_do_not_separate(string text) =>
        Assert.Equal(",", Read(text, new() { Inputs = ["a"] }).Reading.Dialect!.Separator);

    [Fact]
    public void Options_overrule_what_was_found()
    {
        const string Text = "title\na;b;l\n1.234;2;x\n3;4;y\n";
        DatasetFile file = Read(Text, new() { Skip = 1, Separator = ";", Decimal = "," });
        Assert.Equal([1234f, 2f, 3f, 4f], file.Data.Inputs);
        Assert.Equal(2, file.Reading.Dialect!.HeaderLine);
        Assert.Equal([1.234f, 2f, 3f, 4f], Read(Text, new() { Skip = 1 }).Data.Inputs);
    }

    [Fact]
    public void A_comma_that_may_stand_between_thousands_is_refused_with_both_readings()
    {
        const string Text = "a;b;l\n1,234;2;x\n5,678;4;y\n";
        string message = Assert.Throws<DataException>(() => Read(Text)).Message;
        Assert.Contains("line 2: \"1,234\" can be read as 1.234 or as 1234", message);
        Assert.Equal([1.234f, 2f, 5.678f, 4f], Read(Text, new() { Decimal = "," }).Data.Inputs);
        Assert.Equal([1234f, 2f, 5678f, 4f], Read(Text, new() { Decimal = "." }).Data.Inputs);
    }

    [Theory]
    [InlineData("a,b,l\n1.5,\"1,234\",x\n", "1.234 or as 1234")]
    [InlineData("a,b,l\n1.5,\"1,37.8\",x\n", "found \"1,37.8\", expected a number")]
    [InlineData("a;b;l\n1,5;2.5;x\n3,5;4;y\n", "the decimal mark is the comma in this file")]
    public void Numbers_in_another_dialect_are_refused_with_line_and_column(string text, string expected)
    {
        string message = Assert.Throws<DataException>(() => Read(text)).Message;
        Assert.Contains("line 2 (row 0), column \"b\"", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void The_words_for_a_reading_name_all_of_it() => Assert.Equal(
        "separated by \";\", decimal comma, UTF-8, 1 line skipped, 2 comment lines passed over, header in line 4, units in line 5 passed "
            + "over",
        Read("title\n# one\n# two\na;b;l\nC;%;\n1,5;2;x\n2,5;3;y\n3,5;4;x\n", new() { Skip = 1 }).Reading.Dialect!.Describe());

    private static DatasetFile Read(string text, CsvOptions? options = null)
    {
        using TemporaryFile file = new(text);
        return DatasetFile.ReadCsv(file.Path, options ?? new());
    }
}
