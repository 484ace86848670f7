using System.IO.Compression;
using System.Xml.Linq;

namespace Tiny.Publishing.Tests.Packages;

/// <summary>A .nupkg or .snupkg: what its nuspec says and the files in it.</summary>
public sealed class Package
{
    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly XElement metadata;

    private Package(string name, ZipArchive archive)
    {
        Name = name;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            files.Add(Uri.UnescapeDataString(entry.FullName), copy.ToArray());
        }

        string nuspec = files.Keys.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal));
        using MemoryStream text = new(files[nuspec]);
        metadata = XDocument.Load(text).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>The package's file name.</summary>
    public string Name { get; }

    public string Id => Text("id");

    public string Version => Text("version");

    /// <summary>Paths within the package, with forward slashes.</summary>
    public IReadOnlyCollection<string> Files => files.Keys;

    public static Package Open(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Open(Path.GetFileName(path), stream);
    }

    public static Package Open(string name, Stream stream)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Read);
        return new Package(name, archive);
    }

    /// <summary>A file's bytes; null where there is none.</summary>
    public byte[]? Find(string path) => files.GetValueOrDefault(path);

    /// <summary>The text of an element of the nuspec; empty where there is none.</summary>
    public string Text(string element) => Element(element)?.Value ?? "";

    public string Attribute(string element, string attribute) => Element(element)?.Attribute(attribute)?.Value ?? "";

    /// <summary>The framework of each group of dependencies.</summary>
    public IReadOnlyList<string> Groups => [.. Dependencies("group").Select(group => group.Attribute("targetFramework")?.Value ?? "any")];

    /// <summary>What the package depends on: id and version of each.</summary>
    public IReadOnlyDictionary<string, string> DependsOn =>
        Dependencies("dependency").ToDictionary(item => item.Attribute("id")!.Value, item => item.Attribute("version")!.Value);

    /// <summary>DotnetTool, Template or, for a plain dependency, empty.</summary>
    public string Type => Element("packageTypes")?.Elements().FirstOrDefault()?.Attribute("name")?.Value ?? "";

    private IEnumerable<XElement> Dependencies(string kind) =>
        Element("dependencies")?.Descendants().Where(element => element.Name.LocalName == kind) ?? [];

    private XElement? Element(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);
}
