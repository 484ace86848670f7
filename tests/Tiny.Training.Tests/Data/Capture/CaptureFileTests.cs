using System.Text;
using Tiny.Training.Data;
using Tiny.Training.Data.Capture;

namespace Tiny.Training.Tests.Data.Capture;

public class CaptureFileTests
{
    private const string Whole = "file,label,i,ms,x,y\none,a,0,0,1,2\n";

    private static void Append(string path, string name, params string[] channels)
    {
        using CaptureFile file = CaptureFile.Open(path);
        file.Begin(name, "a", channels.Length > 0 ? channels : ["x", "y"]);
        file.Add(new CaptureSample(0, 0, ["1", "2"]));
    }

    private static void IsLeftAlone(byte[] content, string words, params string[] channels)
    {
        using TemporaryFile file = new(content);
        DataException error = Assert.ThrowsAny<DataException>(() => Append(file.Path, "one", channels));
        Assert.Contains(words, error.Message);
        Assert.Equal(content, File.ReadAllBytes(file.Path));
    }

    [Theory]
    [InlineData("temperature,label\n1,a\n2,b", "it begins with \"temperature,labe\"")]
    [InlineData("no line end at all", "it begins with")]
    [InlineData("f", "it begins with \"f\"")]
    [InlineData("file,label,i", "it begins with")]
    [InlineData("File,label,i,ms,x,y\n", "it begins with")]
    [InlineData("\n\n", "it begins with")]
    [InlineData("file,label,i,ms,x,y\none,a,0,0,1,2\n", "has a recording \"one\" already")]
    [InlineData("file,label,i,ms,x,y\r\n\"one\",a,0,0,1,2\r\n", "has a recording \"one\" already")]
    [InlineData("file,label,i,ms,x\ntwo,a,0,0,1\nhalf,a", "its columns are file,label,i,ms,x, but")]
    [InlineData("file,label,i,ms,z", "its columns are file,label,i,ms,z, but")]
    public void A_file_that_is_not_ours_to_append_to_is_left_as_it_is(string content, string words) =>
    IsLeftAlone(Encoding.UTF8.GetBytes(content), words);

    [Fact]
    public void So_is_one_that_is_no_UTF8()
    {
        IsLeftAlone([.. Encoding.UTF8.GetBytes(Whole), 0xE9, 0x0A, (byte)'h'], "not UTF-8");
        IsLeftAlone([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Whole)], "not UTF-8");
        IsLeftAlone([0x1F, 0x8B, 8, 0, 1, 2, 3], "no file of recordings");
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("file,label,i,ms,x,y\n", 0)]
    [InlineData("file,label,i,ms,x", 17)]
    [InlineData("file,label,i,ms,x,y\none,a,0,0,1,2\none,a,1,2", 9)]
    [InlineData("file,label,i,ms,x,y\none,a,0,0,1,2\n\0\0\0\0", 4)]
    [InlineData("\uFEFFfile,label,i,ms,x,y\none,a,0,0,1,2\n", 0)]
    public void A_capture_is_appended_to_and_loses_no_more_than_a_line_without_an_end(string content, int cutOff)
    {
        using TemporaryFile path = new(Encoding.UTF8.GetBytes(content));
        using (CaptureFile file = CaptureFile.Open(path.Path))
        {
            Assert.Equal(Encoding.UTF8.GetByteCount(content), new FileInfo(path.Path).Length);
            file.Begin("two", "b", ["x", "y"]);
            file.Add(new CaptureSample(4, 80, ["7", "-8.5"]));
            Assert.Equal(cutOff, file.CutOff);
        }

        string kept = content.Contains('\n') ? content[..(content.LastIndexOf('\n') + 1)] : "file,label,i,ms,x,y\n";
        Assert.Equal(kept + "two,b,4,80,7,-8.5\n", Encoding.UTF8.GetString(File.ReadAllBytes(path.Path)));
    }

    [Theory]
    [InlineData("a, or \"b\"")]
    [InlineData("=1+1")]
    [InlineData("#1")]
    [InlineData("'quoted'")]
    [InlineData("wö;x")]
    public void Names_and_labels_come_back_as_they_were_given(string text)
    {
        using TemporaryFile path = new("");
        using (CaptureFile file = CaptureFile.Open(path.Path))
        {
            file.Begin(text, text, ["x", "y\"y"]);
            file.Add(new CaptureSample(0, 0, ["1", "2"]));
        }

        using (CsvSource source = new(path.Path, new CsvOptions()))
        {
            Assert.Equal(["file", "label", "i", "ms", "x", "y\"y"], source.Header.Names);
            Assert.True(source.ReadFields());
            Assert.Equal([text, text, "0", "0", "1", "2"], Enumerable.Range(0, 6).Select(source.Text));
        }

        Assert.Contains("already", Assert.Throws<DataException>(() => Append(path.Path, text, "x", "y\"y")).Message);
        using CaptureFile again = CaptureFile.Open(path.Path);
        Assert.Equal(text + "-2", again.FreeName(text));
    }

    [Fact]
    public void Names_that_cannot_stand_in_a_line_are_refused()
    {
        Assert.Equal("a b", CaptureFile.CheckText("  a b ", "--name"));
        Assert.Contains("--name is empty", Assert.Throws<SelectionException>(() => CaptureFile.CheckText(" \t ", "--name")).Message);
        Assert.Contains("line break", Assert.Throws<SelectionException>(() => CaptureFile.CheckText("a\nb", "--label")).Message);
        Assert.Contains("would be called \"ms\"", Assert.Throws<SelectionException>(() => CaptureFile.CheckChannels(["x", "ms"])).Message);
        Assert.Contains("would be called \"x\"",
            Assert.Throws<SelectionException>(() => CaptureFile.CheckChannels(["x", "y", "x"])).Message);
    }

    [Fact]
    public void Folders_pipes_and_devices_are_refused()
    {
        Assert.Contains("is a folder", Assert.Throws<DataException>(() => CaptureFile.Open(Path.GetTempPath())).Message);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("a pipe or a device", Assert.Throws<DataException>(() => CaptureFile.Open("/dev/null")).Message);
        }
    }
}
