using System.Text;
using Tiny.Training.Data;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Tests.Data.Text;

public class TextSourceTests
{
    private const string Text = "Größe;x\n1,5;2\n3;4\n";

    [Theory]
    [InlineData("utf-8", false, "UTF-8")]
    [InlineData("utf-8", true, "UTF-8")]
    [InlineData("utf-16", true, "UTF-16")]
    [InlineData("utf-16", false, "UTF-16")]
    [InlineData("utf-16BE", true, "UTF-16 big-endian")]
    [InlineData("utf-16BE", false, "UTF-16 big-endian")]
    [InlineData("utf-32", true, "UTF-32")]
    public void The_encoding_is_found_with_a_mark_or_without(string name, bool marked, string called)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text)];
        using TemporaryFile file = new(bytes);
        using TextSource source = new(DataFile.Open(file.Path), null);
        Assert.Equal(called, source.Encoding);
        Assert.Equal(Text, ReadAll(source));
    }

    [Theory]
    [InlineData("latin1", "Latin-1")]
    [InlineData("windows-1252", "windows-1252")]
    public void Another_encoding_is_taken_when_it_is_named(string name, string called)
    {
        using TemporaryFile file = new(Encoding.Latin1.GetBytes(Text));
        using TextSource source = new(DataFile.Open(file.Path), name);
        Assert.Equal(called, source.Encoding);
        Assert.Equal(Text, ReadAll(source));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_told_by_line_and_byte()
    {
        // Far behind the first buffer, so that lines are counted across it.
        string rows = string.Concat(Enumerable.Repeat("1.25,2.5,x\n", 30_000));
        using TemporaryFile file = new(Encoding.Latin1.GetBytes(rows + "1,2,Tür\n"));
        using TextSource source = new(DataFile.Open(file.Path), null);
        string message = Assert.Throws<DataException>(() => ReadAll(source)).Message;
        Assert.Contains("line 30001", message);
        Assert.Contains($"byte {rows.Length + 5} of the file (0xFC", message);
        Assert.Contains("--encoding latin1", message);
    }

    [Fact]
    public void A_mark_that_contradicts_the_option_and_an_unknown_name_are_refused()
    {
        using TemporaryFile file = new([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)]);
        Assert.Contains("the mark of UTF-8",
            Assert.Throws<SelectionException>(() => new TextSource(DataFile.Open(file.Path), "latin1")).Message);
        Assert.Contains("no such encoding",
            Assert.Throws<SelectionException>(() => new TextSource(DataFile.Open(file.Path), "klingon")).Message);
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04, 1 }, "Excel workbook")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 1 }, "PNG")]
    [InlineData(new byte[] { 0x54, 0x49, 0x4E, 0x59, 1 }, "Tiny model")]
    public void Files_of_another_kind_are_named(byte[] bytes, string expected)
    {
        using TemporaryFile file = new(bytes);
        Assert.Contains(expected, Assert.Throws<DataException>(() => new TextSource(DataFile.Open(file.Path), null)).Message);
    }

    private static string ReadAll(TextSource source)
    {
        StringBuilder text = new();
        char[] buffer = new char[1000];
        for (int count = source.Read(buffer); count > 0; count = source.Read(buffer))
        {
            text.Append(buffer, 0, count);
        }

        return text.ToString();
    }
}
