using System.Reflection;
using System.Text.RegularExpressions;

namespace Tiny.Studio.Exporting;

/// <summary>Tiny's device libraries as projects: what each refers to, by the project files that this tool carries along.</summary>
internal static partial class SampleLibraries
{
    private const string Prefix = "Library/";

    /// <summary>Libraries with all that they refer to, in the order of their names.</summary>
    internal static IReadOnlyList<string> WithAllTheyNeed(IEnumerable<string> libraries)
    {
        SortedSet<string> all = new(StringComparer.Ordinal);
        Queue<string> waiting = new(libraries);
        while (waiting.TryDequeue(out string? library))
        {
            if (all.Add(library))
            {
                foreach (Match needed in Reference().Matches(Read(library)))
                {
                    waiting.Enqueue(needed.Groups["name"].Value);
                }
            }
        }

        return [.. all];
    }

    /// <summary>The GUID of a library's project, in braces.</summary>
    internal static string GuidOf(string library) => Guid().Match(Read(library)).Groups["guid"].Value;

    private static string Read(string library)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + library)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"<ProjectReference Include=""\.\.\\[^""]*\\(?<name>[^""\\]+)\.nfproj""", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"<ProjectGuid>(?<guid>\{[^}]+\})</ProjectGuid>", RegexOptions.CultureInvariant)]
    private static partial Regex Guid();
}
