using Tiny.Cli.Output;

namespace Tiny.Cli.Tests.Output;

public sealed class PlainTextTests : WorkFolder
{
    private const string Evil = "\u001b]0;title\u0007\u001b[2J\u202Egpj.exe\u2066\u0085\u007f";

    [Fact]
    public void What_moves_a_terminal_is_replaced_and_all_else_is_left()
    {
        Assert.Equal("a�[31mb", PlainText.Line("a\u001b[31mb"));
        Assert.Equal("a�b�c�", PlainText.Line("a\nb\rc\t"));
        Assert.Equal("a\nb\tc�", PlainText.Lines("a\nb\tc\u0000"));
        foreach (string text in new[] { "Größe °C µ", "открыто", "開く", "🌡️👩‍🔬", "" })
        {
            Assert.Same(text, PlainText.Line(text));
            Assert.Same(text, PlainText.Lines(text));
        }

        foreach (char c in Evil.Where(c => !char.IsAsciiLetterOrDigit(c) && !"[];.".Contains(c)))
        {
            Assert.Equal("�", PlainText.Line(c.ToString()));
            Assert.Equal("�", PlainText.Lines(c.ToString()));
            Assert.Equal("�", PlainText.Cell(c.ToString()));
        }
    }

    [Fact]
    public void Of_what_is_long_the_beginning_and_the_end_are_shown()
    {
        string line = PlainText.Line("found " + new string('x', 1_000_000) + ", expected a number");
        Assert.InRange(line.Length, 1000, 2000);
        Assert.StartsWith("found xxx", line);
        Assert.EndsWith("xxx, expected a number", line);
        Assert.InRange(PlainText.Cell(new string('y', 10_000)).Length, 100, 300);
    }

    [Theory]
    [InlineData("a,b,label\n1,2,{0}\n2,3,y\n3,1,{0}\n4,4,y\n")]
    [InlineData("a,{0},label\n1,2,x\n2,3,y\n3,1,x\n4,4,y\n")]
    [InlineData("a,b,label\n1,{0},x\n2,3,y\n")]
    [InlineData("file,x,label\n{0},1,x\n{0},2,x\nr,3,y\nr,4,y\n")]
    [InlineData("{0}\n{0}{0}")]
    public void Text_of_a_file_reaches_the_terminal_as_plain_text(string content)
    {
        string data = Write("d.csv", content.Replace("{0}", Evil));
        foreach (string[] arguments in new string[][]
        {
            ["data", data], ["data", data, "--group", "file"], ["train", data, "--epochs", "1", "--out", At("m.tiny")],
            ["train", data, "--label", "b", "--epochs", "1", "--out", At("m.tiny")],
            ["info", At("m.tiny")], ["eval", At("m.tiny"), data], ["report", At("m.tiny"), data, "--out", At("r.html")], ["info", data],
            ["sweep", data], ["export", At("m.tiny"), "--out", At("src")],
        })
        {
            ProcessResult result = InProcess.Run(arguments);
            Assert.DoesNotContain(result.Output + result.Errors,
                c => (char.IsControl(c) && c is not ('\n' or '\r')) || c is '\u202E' or '\u2066');
        }
    }
}
