using System.Text.RegularExpressions;
using Tiny.Tests;

namespace Tiny.Publishing.Tests.Changelog;

/// <summary>CHANGELOG.md has the form of Keep a Changelog, and its versions that of semantic versioning.</summary>
public partial class ChangelogTests
{
    private static readonly string[] Kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

    [Fact]
    public void The_changelog_keeps_its_form() => Assert.Empty(Faults(File.ReadAllLines(Path.Combine(Repository.Root, "CHANGELOG.md"))));

    [Theory]
    [InlineData("## [Unreleased]", "## Unreleased")]
    [InlineData("## [0.1.0] - 2026-11-01", "## [0.1] - 2026-11-01")]
    [InlineData("## [0.1.0] - 2026-11-01", "## [0.1.0]")]
    [InlineData("## [0.1.0] - 2026-11-01", "## [0.1.0] - 1.11.2026")]
    [InlineData("### Added", "### News")]
    [InlineData("### Fixed", "### Added")]
    [InlineData("- Something.", "Something.")]
    [InlineData("# Changelog", "# History")]
    public void A_changelog_that_loses_its_form_is_found(string right, string wrong)
    {
        string text = "# Changelog\n\n## [Unreleased]\n\n### Added\n- Something.\n  And more of it.\n\n### Fixed\n- A fault.\n\n"
            + "## [0.1.0] - 2026-11-01\n\n### Added\n- All.\n";
        Assert.Empty(Faults(text.Split('\n')));
        Assert.Contains(right, text);
        Assert.NotEmpty(Faults(text.Replace(right, wrong).Split('\n')));
    }

    private static List<string> Faults(string[] lines)
    {
        List<string> faults = [];
        if (lines.Length == 0 || lines[0] != "# Changelog")
        {
            faults.Add("line 1: expected # Changelog.");
        }

        string[] sections = [.. lines.Where(line => line.StartsWith("## "))];
        if (sections.FirstOrDefault() != "## [Unreleased]")
        {
            faults.Add($"the first section is \"{sections.FirstOrDefault()}\": expected ## [Unreleased].");
        }

        faults.AddRange(sections.Skip(1).Where(section => !Release().IsMatch(section))
            .Select(section => $"\"{section}\": expected ## [1.2.3] - 2026-01-31."));
        HashSet<string> seen = [];
        bool inKind = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.StartsWith("## "))
            {
                seen.Clear();
                inKind = false;
            }
            else if (line.StartsWith("### "))
            {
                inKind = true;
                if (!Kinds.Contains(line[4..]) || !seen.Add(line))
                {
                    faults.Add($"line {i + 1}: \"{line}\" is none of {string.Join(", ", Kinds)}, or there twice.");
                }
            }
            else if (inKind && line.Length > 0 && !line.StartsWith("- ") && !line.StartsWith("  "))
            {
                faults.Add($"line {i + 1}: \"{line}\" is no item; items begin with \"- \" and go on indented by two.");
            }
        }

        return faults;
    }

    [GeneratedRegex(@"^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$")]
    private static partial Regex Release();
}
