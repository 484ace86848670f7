using Tiny.Docs.Tests.Pages;

namespace Tiny.Docs.Tests.Running;

/// <summary>
/// Runs the commands of a page in the order of the page and compares their output. A block of <c>sh</c> holds commands alone; a block of
/// <c>output</c> right below it what they print. A block of <c>console</c> holds commands behind "$ " and the output of each below it. With
/// <c>fails</c> behind the language, commands are expected to end with another exit code than 0.
/// </summary>
public sealed class PageRunner(Page page, Scratch scratch)
{
    private readonly List<string> faults = [];

    /// <summary>How many commands were run.</summary>
    public int Commands { get; private set; }

    /// <summary>The page's lines with the outputs that came, where they differ from those printed.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Outputs => outputs;

    private readonly Dictionary<int, IReadOnlyList<string>> outputs = [];

    /// <summary>Runs all; each fault names page, line and command.</summary>
    public IReadOnlyList<string> Run()
    {
        if (page.Given.Count > 0)
        {
            Try(1, string.Join('\n', page.Given), null, false);
        }

        for (int i = 0; i < page.Fences.Count; i++)
        {
            Fence fence = page.Fences[i];
            string[] words = fence.Info.Split(' ');
            bool fails = words.Contains("fails");
            if (words[0] == "sh")
            {
                bool shown = i + 1 < page.Fences.Count && page.Fences[i + 1].Info == "output";
                int line = shown ? page.Fences[i + 1].Line + 1 : fence.Line + 1;
                Try(line, string.Join('\n', fence.Lines), shown ? page.Fences[i + 1].Lines : null, fails);
            }
            else if (words[0] == "console")
            {
                RunConsole(fence, fails);
            }
        }

        return faults;
    }

    private void RunConsole(Fence fence, bool fails)
    {
        int at = 0;
        while (at < fence.Lines.Count)
        {
            List<string> command = [fence.Lines[at][2..]];
            while (fence.Lines[at++].EndsWith('\\'))
            {
                command.Add(fence.Lines[at]);
            }

            int end = at;
            while (end < fence.Lines.Count && !fence.Lines[end].StartsWith("$ ", StringComparison.Ordinal))
            {
                end++;
            }

            Try(fence.Line + 1 + at, string.Join('\n', command), [.. fence.Lines.Skip(at).Take(end - at)], fails);
            at = end;
        }
    }

    private void Try(int line, string command, IReadOnlyList<string>? expected, bool fails)
    {
        Commands++;
        (int exit, string[] lines) = scratch.Run(command);
        if ((exit != 0) != fails)
        {
            faults.Add($"{page.Path}:{line}: exit code {exit} of {command}\n{string.Join('\n', lines)}");
        }
        else if (expected is not null && OutputPattern.Difference(expected, lines) is string difference)
        {
            outputs[line] = [.. lines.Select(printed => printed.Replace(scratch.Folder, OutputPattern.Any, StringComparison.Ordinal))];
            faults.Add($"{page.Path}:{line}: {command}: {difference}");
        }
    }
}
