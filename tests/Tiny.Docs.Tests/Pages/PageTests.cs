using Tiny.Tests;

namespace Tiny.Docs.Tests.Pages;

/// <summary>The pages of the checkout keep the rules, and each rule can be broken.</summary>
public class PageTests
{
    [Fact]
    public void All_pages_are_looked_at()
    {
        Assert.True(Page.All.Count >= 35, $"Only {Page.All.Count} pages were found.");
        Assert.Contains(Page.All, page => page.Path == "README.md");
        Assert.Contains(Page.All, page => page.Path == "docs/FAQ.md");
        Assert.True(Page.All.Sum(page => page.Links.Count()) >= 150 && Page.All.Sum(page => page.Fences.Count) >= 60);
    }

    [Fact]
    public void No_page_has_more_than_200_lines() => AssertNone(PageRules.Length);

    [Fact]
    public void No_sentence_has_more_than_35_words() => AssertNone(PageRules.SentenceLength);

    [Fact]
    public void Links_and_anchors_lead_somewhere() => AssertNone(Links);

    [Fact]
    public void Every_command_is_run_or_says_why_not() => AssertNone(PageRules.Fences);

    [Fact]
    public void The_readme_has_at_most_700_words() =>
        Assert.InRange(PageRules.CountWords(Page.Open("README.md")), 100, PageRules.MostReadmeWords);

    [Fact]
    public void Links_of_the_changelog_lead_somewhere() => Assert.Empty(Links(Page.Open("CHANGELOG.md")));

    [Fact]
    public void A_page_that_is_too_long_is_a_fault()
    {
        Assert.Empty(PageRules.Length(new("a.md", string.Concat(Enumerable.Repeat("x\n", 200)))));
        Assert.Single(PageRules.Length(new("a.md", string.Concat(Enumerable.Repeat("x\n", 201)))));
    }

    [Theory]
    [InlineData("{0}.", 36, 1)]
    [InlineData("{0}.", 35, 0)]
    [InlineData("# {0}", 36, 0)]
    [InlineData("```\n{0}\n```", 36, 0)]
    [InlineData("| a | {0} |", 36, 1)]
    [InlineData("- short\n- {0}", 36, 1)]
    [InlineData("<!-- {0} -->", 36, 0)]
    public void A_sentence_is_too_long_wherever_a_reader_meets_it(string page, int words, int faults)
    {
        string text = string.Format(page, string.Join(' ', Enumerable.Repeat("word", words)));
        Assert.Equal(faults, PageRules.SentenceLength(new("a.md", text)).Count());
    }

    [Theory]
    [InlineData("[a](b.md)", 0)]
    [InlineData("[a](c.md)", 1)]
    [InlineData("[a](b.md#two-words)", 0)]
    [InlineData("[a](b.md#three-words)", 1)]
    [InlineData("# Here it is: `x`\n[a](#here-it-is-x)", 0)]
    [InlineData("[a](#nowhere)", 1)]
    [InlineData("![a](../docs/b.md)", 0)]
    [InlineData("[a](https://example.org/none)", 0)]
    [InlineData("```\n[a](c.md)\n```", 0)]
    public void A_link_to_nowhere_is_a_fault(string text, int faults)
    {
        Page other = new("docs/b.md", "# One\n## Two words");
        Assert.Equal(faults, PageRules.Links(new("docs/a.md", text), path => path is "docs/a.md" or "docs/b.md", _ => other).Count());
    }

    [Theory]
    [InlineData("```sh\ntiny info\n```", 0)]
    [InlineData("```\ntiny info\n```", 1)]
    [InlineData("```text\nnanoff --update\n```", 1)]
    [InlineData("<!-- not run: needs a board -->\n```text\nnanoff --update\n```", 0)]
    [InlineData("```console\ntiny info\n```", 1)]
    [InlineData("```bash\ntiny info\n```", 1)]
    public void A_command_that_nobody_runs_is_a_fault(string text, int faults) =>
        Assert.Equal(faults, PageRules.Fences(new("a.md", text)).Count());

    [Fact]
    public void A_fence_without_an_end_is_named() =>
        Assert.Contains("a.md:2", Assert.Throws<FormatException>(() => new Page("a.md", "x\n```\ny")).Message);

    private static IEnumerable<string> Links(Page page) =>
        PageRules.Links(page, path => Path.Exists(Path.Combine(Repository.Root, path)), Page.Open);

    private static void AssertNone(Func<Page, IEnumerable<string>> rule)
    {
        string[] faults = [.. Page.All.SelectMany(rule)];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }
}
