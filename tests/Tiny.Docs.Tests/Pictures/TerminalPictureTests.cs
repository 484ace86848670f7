using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tiny.Docs.Tests.Pages;
using Tiny.Tests;

namespace Tiny.Docs.Tests.Pictures;

public partial class TerminalPictureTests
{
    /// <summary>The block is compared with a run by the check of commands, so the picture shows what the commands print.</summary>
    [Fact]
    public void The_readme_s_picture_shows_the_block_that_names_it()
    {
        Page page = Page.Open("docs/FIRST-MODEL.md");
        int above = page.Lines.ToList().FindIndex(line => Picture().IsMatch(line));
        Assert.True(above >= 0, $"{page.Path} names no picture.");
        string path = Path.Combine(Repository.Root, Picture().Match(page.Lines[above]).Groups[1].Value);
        Fence fence = Assert.Single(page.Fences, fence => fence.Line == above + 2);
        string svg = TerminalPicture.Svg(fence.Lines, "tiny train, tiny eval and tiny validate in a terminal");
        if (Environment.GetEnvironmentVariable("TINY_DOCS_WRITE") == "1")
        {
            File.WriteAllText(path, svg);
        }

        bool same = svg == File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.True(same, $"{path} is not what {page.Path} shows. Run this test with TINY_DOCS_WRITE=1 to draw it again.");
    }

    [Fact]
    public void Every_line_with_text_is_drawn_as_it_is()
    {
        XElement svg = XElement.Parse(TerminalPicture.Svg(["$ a <b>", "", "  c & d"], "a \"title\""));
        IEnumerable<string> drawn = svg.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value);
        Assert.Equal(["$ a <b>", "  c & d"], drawn);
        Assert.Equal("a \"title\"", svg.Attribute("aria-label")!.Value);
    }

    [GeneratedRegex("^<!-- picture: (.+) -->$")]
    private static partial Regex Picture();
}
