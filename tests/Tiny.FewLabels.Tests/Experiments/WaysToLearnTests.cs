using Tiny.Tests;

namespace Tiny.FewLabels.Tests.Experiments;

/// <summary>The page says what was measured.</summary>
public class WaysToLearnTests
{
    private const string Begin = "<!-- the table: WaysToLearnTests, written anew with TINY_WRITE=1 -->\n\n";
    private const string End = "<!-- end of the table -->";

    [SharedDataFact]
    public void The_table_of_the_page_is_what_comes_out()
    {
        string path = Path.Combine(Repository.Root, "src", "LEARNING.md");
        string page = File.ReadAllText(path).ReplaceLineEndings("\n");
        int at = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(at >= Begin.Length && end >= at, "The page has no place for the table.");
        string table = WaysToLearn.Table();
        if (Environment.GetEnvironmentVariable("TINY_WRITE") is not null)
        {
            File.WriteAllText(path, page[..at] + table + page[end..]);
            return;
        }

        Assert.Equal(table, page[at..end]);
    }
}
