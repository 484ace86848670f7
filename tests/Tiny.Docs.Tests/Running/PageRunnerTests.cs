using Tiny.Docs.Tests.Pages;

namespace Tiny.Docs.Tests.Running;

/// <summary>The check itself can fail.</summary>
public class PageRunnerTests
{
    [Theory]
    [InlineData("```sh\necho a\n```", 1, 0)]
    [InlineData("```sh\nfalse\n```", 1, 1)]
    [InlineData("```sh fails\nfalse\n```", 1, 0)]
    [InlineData("```sh fails\ntrue\n```", 1, 1)]
    [InlineData("```sh\necho a\n```\n```output\na\n```", 1, 0)]
    [InlineData("```sh\necho a\n```\n```output\nb\n```", 1, 1)]
    [InlineData("```console\n$ echo a\na\n$ echo b\nb\n```", 2, 0)]
    [InlineData("```console\n$ echo a\na\n$ echo b\nc\n```", 2, 1)]
    [InlineData("```console\n$ echo a \\\n  b\na b\n```", 1, 0)]
    [InlineData("```console\n$ echo a >f; cat f\na\n$ cat f\na\n```", 2, 0)]
    [InlineData("```console\n$ echo wrong >&2\nright\n```", 1, 1)]
    [InlineData("<!-- given\necho a >given.csv\n-->\n```console\n$ cat given.csv\na\n```", 2, 0)]
    [InlineData("```text\nfalse\n```", 0, 0)]
    public void Commands_are_run_and_their_outputs_compared(string text, int commands, int faults)
    {
        using Scratch scratch = new();
        PageRunner runner = new(new("a.md", text), scratch);
        Assert.Equal(faults, runner.Run().Count);
        Assert.Equal(commands, runner.Commands);
    }

    [Fact]
    public void A_fault_names_page_line_and_command()
    {
        using Scratch scratch = new();
        string fault = Assert.Single(new PageRunner(new("a.md", "# A\n\n```console\n$ echo x\ny\n```"), scratch).Run());
        Assert.StartsWith("a.md:5: echo x: the page says \"y\"", fault);
    }

    [Fact]
    public void A_page_is_run_beside_what_lies_at_the_top_of_the_checkout_and_leaves_nothing()
    {
        string folder;
        using (Scratch scratch = new())
        {
            folder = scratch.Folder;
            Assert.Equal(0, scratch.Run("test -f Tiny.sln && test -f src/Tiny.Core/Tiny.Core.csproj && echo x >mine.csv").Exit);
            Assert.NotEqual(0, scratch.Run("dotnet build src/None.csproj").Exit);
        }

        Assert.False(Directory.Exists(folder));
        Assert.False(File.Exists(Path.Combine(Tiny.Tests.Repository.Root, "mine.csv")));
    }
}
