using System.Collections.Concurrent;
using Tiny.Docs.Tests.Pages;
using Tiny.Docs.Tests.Running;
using Tiny.Tests;

namespace Tiny.Docs.Tests.Checks;

/// <summary>
/// Every command of every page does what the page says. TINY_DOCS_PAGES names a part of the paths to look at, TINY_DOCS_WRITE=1 puts the
/// outputs that came into the pages: look at the difference before you commit it.
/// </summary>
public class CommandChecks
{
    [DocsCheck]
    public async Task Every_command_of_every_page_prints_what_the_page_says()
    {
        string part = Environment.GetEnvironmentVariable("TINY_DOCS_PAGES") ?? "";
        Page[] pages = [.. Page.All.Where(page => page.Path.Contains(part, StringComparison.Ordinal))];
        ConcurrentBag<string> faults = [];
        int commands = 0;
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (page, _) =>
        {
            using Scratch scratch = new();
            PageRunner runner = new(page, scratch);
            foreach (string fault in runner.Run())
            {
                faults.Add(fault);
            }

            Interlocked.Add(ref commands, runner.Commands);
            if (Environment.GetEnvironmentVariable("TINY_DOCS_WRITE") == "1" && runner.Outputs.Count > 0)
            {
                Write(page, runner.Outputs);
            }

            return ValueTask.CompletedTask;
        });
        Assert.True(faults.IsEmpty, string.Join("\n\n", faults.Order(StringComparer.Ordinal)));
        Assert.True(commands > 0, $"No page whose path holds \"{part}\" has a command.");
        if (part.Length == 0)
        {
            Assert.True(commands >= 40, $"Only {commands} commands were found in {pages.Length} pages.");
        }
    }

    /// <summary>TINY_DOCS_LOG names what the README's test command printed; .ci/run sets it.</summary>
    [DocsCheck]
    public void The_tests_print_what_the_readme_says()
    {
        Page page = Page.Open("README.md");
        int command = page.Fences.ToList().FindIndex(fence =>
            fence.Lines is [string line] && line.StartsWith("dotnet test ", StringComparison.Ordinal));
        Assert.InRange(command, 0, page.Fences.Count - 2);
        if (Environment.GetEnvironmentVariable("TINY_DOCS_LOG") is { Length: > 0 } log)
        {
            Assert.Null(OutputPattern.Difference(page.Fences[command + 1].Lines, File.ReadAllLines(log)));
        }
    }

    private static void Write(Page page, IReadOnlyDictionary<int, IReadOnlyList<string>> outputs)
    {
        List<string> lines = [.. page.Lines];
        foreach ((int line, IReadOnlyList<string> output) in outputs.OrderByDescending(pair => pair.Key))
        {
            int end = line - 1;
            while (!lines[end].StartsWith("```", StringComparison.Ordinal) && !lines[end].StartsWith("$ ", StringComparison.Ordinal))
            {
                end++;
            }

            lines.RemoveRange(line - 1, end - line + 1);
            lines.InsertRange(line - 1, output);
        }

        File.WriteAllText(Path.Combine(Repository.Root, page.Path), string.Join('\n', lines) + "\n");
    }
}
