using System.Text.RegularExpressions;
using Tiny.Tests;

namespace Tiny.Docs.Tests.Pages;

/// <summary>A Markdown page: its fenced blocks, its paragraphs, its links and what can be linked to in it.</summary>
public sealed partial class Page
{
    private readonly List<Fence> fences = [];
    private readonly List<(int Line, string Text)> prose = [];
    private readonly HashSet<string> anchors = [];

    /// <summary>Takes a page apart.</summary>
    /// <param name="path">Its path below the root, with slashes.</param>
    /// <param name="text">What it holds.</param>
    public Page(string path, string text)
    {
        Path = path;
        Lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Read();
    }

    /// <summary>Its path below the root, with slashes.</summary>
    public string Path { get; }

    /// <summary>Its lines.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Its fenced blocks, in order.</summary>
    public IReadOnlyList<Fence> Fences => fences;

    /// <summary>Commands in a comment <c>given</c>, run before the first block: they make files that a page speaks of.</summary>
    public IReadOnlyList<string> Given { get; private set; } = [];

    /// <summary>Its paragraphs, list entries and table cells, each with the line it begins in. Neither code nor headings.</summary>
    public IReadOnlyList<(int Line, string Text)> Prose => prose;

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors => anchors;

    /// <summary>The targets of its links and pictures, each with its line.</summary>
    public IEnumerable<(int Line, string Target)> Links =>
        prose.SelectMany(part => Link().Matches(part.Text).Select(match => (part.Line, match.Groups["target"].Value)));

    /// <summary>All pages of the checkout, except build outputs and the changelog, which grows with every version.</summary>
    public static IReadOnlyList<Page> All { get; } = Find();

    /// <summary>Reads a page of the checkout.</summary>
    /// <param name="path">Its path below the root, with slashes.</param>
    public static Page Open(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)));

    private static List<Page> Find()
    {
        string[] folders = ["docs", "src", "tools", "tests", "firmware-samples", "build", "templates"];
        IEnumerable<string> files = folders.Select(folder => System.IO.Path.Combine(Repository.Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "TestResults"))
            .Order(StringComparer.Ordinal);
        return [.. files.Prepend("README.md").Select(Open)];
    }

    private void Read()
    {
        string? reason = null;
        for (int at = 0; at < Lines.Count; at++)
        {
            string line = Lines[at];
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                int end = Below(at, "```");
                fences.Add(new(at + 1, line[3..].Trim(), [.. Lines.Skip(at + 1).Take(end - at - 1)], reason));
                at = end;
            }
            else if (line.StartsWith("<!-- given", StringComparison.Ordinal))
            {
                int end = Below(at, "-->");
                Given = [.. Given, .. Lines.Skip(at + 1).Take(end - at - 1)];
                at = end;
            }
            else if (!line.StartsWith("<!--", StringComparison.Ordinal))
            {
                ReadProse(at + 1, line);
            }

            reason = NotRun().Match(line) is { Success: true } match ? match.Groups[1].Value : null;
        }
    }

    private int Below(int from, string mark)
    {
        int end = from + 1;
        while (end < Lines.Count && !Lines[end].StartsWith(mark, StringComparison.Ordinal))
        {
            end++;
        }

        return end < Lines.Count ? end
            : throw new FormatException($"{Path}:{from + 1}: what begins here has no end. Expected a line that begins with {mark}.");
    }

    private void ReadProse(int number, string line)
    {
        if (Heading().Match(line) is { Success: true } heading)
        {
            AddAnchor(heading.Groups[1].Value);
        }
        else if (line.StartsWith('|'))
        {
            prose.AddRange(Cell().Split(line).Where(cell => cell.Any(char.IsLetter)).Select(cell => (number, cell.Trim())));
        }
        else if (line.Trim().Length > 0)
        {
            bool goesOn = number > 1 && prose.Count > 0 && Lines[number - 2].Trim().Length > 0 && Continues(Lines[number - 2], line);
            if (goesOn)
            {
                prose[^1] = (prose[^1].Line, prose[^1].Text + " " + line.Trim());
            }
            else
            {
                prose.Add((number, line.Trim()));
            }
        }
    }

    // A line goes on with the paragraph above it unless it begins an entry of a list, or stands below a heading, table, fence or comment.
    private static bool Continues(string above, string line) =>
        !Entry().IsMatch(line) && !above.StartsWith('#') && !above.StartsWith('|') && !above.StartsWith("```", StringComparison.Ordinal)
        && !above.TrimEnd().EndsWith("-->", StringComparison.Ordinal);

    private void AddAnchor(string heading)
    {
        string name = NoAnchor().Replace(LinkText().Replace(heading, "$1").ToLowerInvariant(), "").Replace(' ', '-');
        string anchor = name;
        for (int i = 1; !anchors.Add(anchor); i++)
        {
            anchor = $"{name}-{i}";
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^<!-- not run: (.+?) -->$")]
    private static partial Regex NotRun();

    [GeneratedRegex("^#+ +(.*?) *$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();

    [GeneratedRegex(@"^\s*([-*]|\d+\.) ")]
    private static partial Regex Entry();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();
}
