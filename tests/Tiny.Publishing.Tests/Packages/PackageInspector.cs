using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Tiny.Publishing.Tests.Packages;

/// <summary>Tells what is wrong with a package: one sentence a fault, none if it may be published.</summary>
public static partial class PackageInspector
{
    public const string Licence = "MIT";
    private const int IconSize = 128;

    /// <summary>All faults of a package.</summary>
    /// <param name="package">A device library, the tool or the templates.</param>
    /// <param name="symbols">The symbol package beside the tool; null where there is none.</param>
    public static IReadOnlyList<string> Inspect(Package package, Package? symbols = null)
    {
        IEnumerable<string> own = package.Type switch
        {
            "DotnetTool" => ToolInspector.Inspect(package, symbols),
            "Template" => Template(package),
            _ => DeviceInspector.Inspect(package),
        };
        return [.. Gallery(package).Concat(own).Select(fault => $"{package.Name}: {fault}")];
    }

    /// <summary>What the gallery shows and asks for.</summary>
    private static IEnumerable<string> Gallery(Package package)
    {
        if (package.Name != $"{package.Id}.{package.Version}.nupkg")
        {
            yield return $"it holds {package.Id} {package.Version}, which its name does not say.";
        }

        if (package.Attribute("license", "type") != "expression" || package.Text("license") != Licence)
        {
            yield return $"the licence is \"{package.Text("license")}\" and not the expression {Licence}.";
        }

        foreach (string element in new[] { "authors", "copyright", "tags" })
        {
            if (package.Text(element).Length == 0)
            {
                yield return $"the nuspec has no {element}.";
            }
        }

        if (package.Text("description").Length < 20)
        {
            yield return $"the description says next to nothing: \"{package.Text("description")}\".";
        }

        if (package.Find(package.Text("readme")) is not { Length: > 200 })
        {
            yield return $"the readme \"{package.Text("readme")}\" is missing or next to empty.";
        }

        if (!IsIcon(package.Find(package.Text("icon"))))
        {
            yield return $"the icon \"{package.Text("icon")}\" is not a PNG of {IconSize} x {IconSize}.";
        }

        (string url, string commit) = (package.Attribute("repository", "url"), package.Attribute("repository", "commit"));
        if (!url.StartsWith("https://", StringComparison.Ordinal) || !Commit().IsMatch(commit))
        {
            yield return $"the repository is \"{url}\" at \"{commit}\": it takes an https address and a commit.";
        }
    }

    private static IEnumerable<string> Template(Package package)
    {
        string[] content = [.. package.Files.Where(file => file.StartsWith("content/", StringComparison.Ordinal))];
        if (!content.Any(file => file.EndsWith("/.template.config/template.json", StringComparison.Ordinal)))
        {
            yield return "no template.json below content/.";
        }
    }

    private static bool IsIcon(byte[]? png) =>
        png is { Length: > 24 } && png.AsSpan(1, 3).SequenceEqual("PNG"u8)
        && BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)) == IconSize
        && BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)) == IconSize;

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex Commit();
}
