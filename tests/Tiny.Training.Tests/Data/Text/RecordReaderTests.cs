using System.Text;
using Tiny.Training.Data;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Tests.Data.Text;

public class RecordReaderTests
{
    [Theory]
    [InlineData(",", "a,b\n1,2\n", "a|b / 1|2")]
    [InlineData(",", "a,b\r\n1,2\r\n", "a|b / 1|2")]
    [InlineData(",", "a,b\r1,2\r", "a|b / 1|2")]
    [InlineData(",", " a ,\t b\n1,2", "a|b / 1|2")]
    [InlineData(",", "1,,\n,", "1|| / |")]
    [InlineData(",", "\"a,b\",\"c \"\"d\"\"\"\n", "a,b|c \"d\"")]
    [InlineData(",", "\"a\nb\" , c\n1,2\n", "a\nb|c / 1|2")]
    [InlineData(";", "1,5;2\n", "1,5|2")]
    [InlineData("tab", "a b\tc\n\t\n", "a b|c / |")]
    [InlineData("|", "1|2\n", "1|2")]
    [InlineData("space", "  1   2\t3  \n4 5 6", "1|2|3 / 4|5|6")]
    [InlineData("space", "\"a b\" c\n", "a b|c")]
    [InlineData(",", "\n  \n1,2\n\n", "1|2")]
    [InlineData(",", "# said,by\n1,2\n#\n  # more\n3,4\n", "1|2 / 3|4")]
    [InlineData(",", "#,a\n1,2\n", "#|a / 1|2")]
    [InlineData(",", "", "")]
    public void Records_are_cut_into_fields(string separator, string text, string expected) =>
        Assert.Equal(expected, string.Join(" / ", Read(new RecordReader(text, separator)).Select(record => string.Join('|', record))));

    [Fact]
    public void Lines_blank_lines_and_comments_are_counted()
    {
        RecordReader reader = new("a\r\n\r\n\"b\r\nc\"\r\n# no\r\nd\r\n\r\n\r\ne", ",");
        List<(int Line, int Blank)> places = [];
        while (reader.Read())
        {
            places.Add((reader.Line, reader.BlankLines));
        }

        Assert.Equal([(1, 0), (3, 1), (6, 0), (9, 2)], places);
        Assert.Equal(1, reader.Comments);
    }

    [Theory]
    [InlineData("1,2\"3\n4,5\n", nameof(RecordFault.QuoteInside))]
    [InlineData("\"1\"2,3\n4,5\n", nameof(RecordFault.QuoteInside))]
    [InlineData("\"1,2\n4,5\n", nameof(RecordFault.QuoteOpen))]
    public void A_quote_out_of_place_spoils_its_line_alone(string text, string fault)
    {
        RecordReader reader = new(text, ",");
        Assert.True(reader.Read());
        Assert.Equal((fault, 1), (reader.Fault.ToString(), reader.Line));
        Assert.True(reader.Read());
        Assert.Equal((RecordFault.None, 2), (reader.Fault, reader.Line));
        Assert.Equal(["4", "5"], reader.ToFields());
        Assert.False(reader.Read());
    }

    [Fact]
    public void Records_across_the_buffers_end_are_whole()
    {
        // Fields of every length, some in quotes, so that buffers end within each kind of place.
        StringBuilder text = new();
        List<string[]> expected = [];
        for (int i = 0; i < 20_000; i++)
        {
            string word = new((char)('a' + i % 26), i % 37);
            text.Append(i % 3 == 0 ? $"\"{word}\"\"{i}\",{i}\r\n" : $"{word}x,{i}\n");
            expected.Add(i % 3 == 0 ? [$"{word}\"{i}", $"{i}"] : [$"{word}x", $"{i}"]);
        }

        using TemporaryFile file = new(text.ToString());
        using TextSource source = new(DataFile.Open(file.Path), null);
        Assert.Equal(expected, Read(new RecordReader(source, ",")));
    }

    [Fact]
    public void An_open_quote_and_an_endless_line_do_not_fill_the_memory()
    {
        string[] parts = ["a,b\n\"1,2\n", .. Enumerable.Repeat(new string('3', 1000) + "\n", 200),
            new string('x', RecordReader.MostCharacters + 70_000), "\n5,6\n"];
        using TemporaryFile file = new(string.Concat(parts));
        using TextSource source = new(DataFile.Open(file.Path), null);
        RecordReader reader = new(source, ",");
        Assert.True(reader.Read());
        Assert.True(reader.Read());
        Assert.Equal((RecordFault.QuoteOpen, 2), (reader.Fault, reader.Line));
        for (int i = 0; i < 200; i++)
        {
            Assert.True(reader.Read());
            Assert.Equal(RecordFault.None, reader.Fault);
        }

        Assert.True(reader.Read());
        Assert.Equal((RecordFault.TooLong, 203), (reader.Fault, reader.Line));
        Assert.True(reader.Read());
        Assert.Equal(204, reader.Line);
        Assert.Equal(["5", "6"], reader.ToFields());
    }

    private static List<string[]> Read(RecordReader reader)
    {
        List<string[]> records = [];
        while (reader.Read())
        {
            Assert.Equal(RecordFault.None, reader.Fault);
            records.Add(reader.ToFields());
        }

        return records;
    }
}
