using System.Text.RegularExpressions;
using Tiny.Tests;

namespace Tiny.Docs.Tests.Pages;

/// <summary>What every page is held to. Each rule gives its faults as <c>PATH:LINE: what was found and what to do</c>.</summary>
public static partial class PageRules
{
    /// <summary>The most lines that a page may have.</summary>
    public const int MostLines = 200;

    /// <summary>The most words that the README may have, code and tables included.</summary>
    public const int MostReadmeWords = 700;

    // What a block may be: commands, commands with their output, the output of the block above; and what is not run.
    private static readonly string[] Languages =
        ["sh", "console", "output", "text", "csharp", "c", "json", "xml", "csv", "python", "html", "js", "yaml", ""];

    /// <summary>A page of more lines than <see cref="MostLines"/>.</summary>
    public static IEnumerable<string> Length(Page page) => page.Lines.Count <= MostLines ? []
        : [$"{page.Path}: {page.Lines.Count} lines, at most {MostLines}. Split it into pages of one subject."];

    /// <summary>Sentences of more words than <see cref="Sentences.Limit"/>.</summary>
    public static IEnumerable<string> SentenceLength(Page page) =>
        from part in page.Prose
        from sentence in Sentences.TooLong(LinkTarget().Replace(part.Text, "]"))
        select $"{page.Path}:{part.Line}: {Sentences.CountWords(sentence)} words, at most {Sentences.Limit}: {sentence}";

    /// <summary>More words than <see cref="MostReadmeWords"/>, code included, comments and link targets not.</summary>
    public static int CountWords(Page page) => page.Prose.Sum(part => Sentences.CountWords(LinkTarget().Replace(part.Text, "]")))
        + page.Fences.SelectMany(fence => fence.Lines).Sum(line => line.Split(' ').Count(word => word.Any(char.IsLetterOrDigit)));

    /// <summary>Links to files that are not there, and to anchors that no heading makes. Links to the web are not followed.</summary>
    public static IEnumerable<string> Links(Page page, Func<string, bool> exists, Func<string, Page> open)
    {
        foreach ((int line, string target) in page.Links.Where(link => !Web().IsMatch(link.Target)))
        {
            string[] parts = target.Split('#', 2);
            string path = parts[0].Length == 0 ? page.Path : Join(page.Path, Uri.UnescapeDataString(parts[0]));
            if (!exists(path))
            {
                yield return $"{page.Path}:{line}: the link to {target} leads nowhere: there is no {path}.";
            }
            else if (parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal)
                && !(path == page.Path ? page : open(path)).Anchors.Contains(parts[1]))
            {
                yield return $"{page.Path}:{line}: {path} has no heading whose anchor is #{parts[1]}.";
            }
        }
    }

    /// <summary>Commands outside <c>sh</c> and <c>console</c> without a comment <c>not run: REASON</c> above.</summary>
    public static IEnumerable<string> Fences(Page page)
    {
        foreach (Fence fence in page.Fences)
        {
            string language = fence.Info.Split(' ')[0];
            if (!Languages.Contains(language))
            {
                string known = string.Join(", ", Languages.Where(name => name.Length > 0));
                yield return $"{page.Path}:{fence.Line}: blocks of \"{language}\" are not known. Known are {known}.";
            }
            else if (language is "text" or "" && fence.Reason is null && fence.Lines.FirstOrDefault(Command().IsMatch) is string command)
            {
                yield return $"{page.Path}:{fence.Line}: \"{command}\" is not run. Fence it as sh or console, "
                    + "or put <!-- not run: REASON --> above a block of text.";
            }
            else if (language == "console" && !fence.Lines.FirstOrDefault("").StartsWith("$ ", StringComparison.Ordinal))
            {
                yield return $"{page.Path}:{fence.Line}: a console block begins with \"$ \" and a command.";
            }
        }
    }

    private static string Join(string page, string target)
    {
        List<string> parts = [.. page.Split('/')[..^1]];
        foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    [GeneratedRegex(@"\]\([^)\s]+\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex("^(https?|mailto|xref):")]
    private static partial Regex Web();

    [GeneratedRegex(@"^(\$ )?(tiny|dotnet|nanoff|pip|python|git|npm|sbatch|apt-get) ")]
    private static partial Regex Command();
}
