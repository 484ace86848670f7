using Tiny.Tests;

namespace Tiny.Publishing.Tests.Packages;

/// <summary>Looks into every package that was packed: all that is published, and nothing wrong with any of it.</summary>
public class PackedTests
{
    private static readonly string[] Libraries =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.nuspec", SearchOption.AllDirectories)
            .Where(file => !file.Replace('\\', '/').Contains("/obj/")).Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [PackedFact]
    public void There_is_a_package_for_each_library_the_tool_and_the_templates()
    {
        Assert.True(Libraries.Length > 40);
        IEnumerable<string> devices = Libraries.Select(library => DeviceInspector.Prefix + library["Tiny.".Length..]);
        string[] expected = [.. devices, "Tiny.Cli", "Tiny.Templates"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), All().Select(package => package.Id).Order(StringComparer.Ordinal));
        Assert.Single(All().Select(package => package.Version.Replace(DeviceInspector.WithoutPe, "")).Distinct());
    }

    [PackedFact]
    public void Nothing_is_wrong_with_any_of_them()
    {
        string[] faults = [.. All().SelectMany(package => PackageInspector.Inspect(package, SymbolsOf(package)))];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    /// <summary>The assembly in a package is, byte for byte, the one that the emulator runs in the tests.</summary>
    [PackedFact]
    public void The_assemblies_are_those_that_were_built_here()
    {
        foreach (Package package in All().Where(package => package.Id.StartsWith(DeviceInspector.Prefix, StringComparison.Ordinal)))
        {
            string library = "Tiny." + package.Id[DeviceInspector.Prefix.Length..];
            byte[] built = File.ReadAllBytes(Path.Combine(Repository.Root, $"src/{library}.Device/bin/Release/net10.0/{library}.dll"));
            byte[]? packed = package.Find($"lib/{library}.dll");
            Assert.True(built.AsSpan().SequenceEqual(packed), $"{package.Name} holds another {library}.dll than the one built here.");
        }
    }

    /// <summary>The gate of a release: what goes to the gallery can be deployed.</summary>
    [PackedFact]
    public void A_release_has_the_files_that_boards_take()
    {
        if (Environment.GetEnvironmentVariable("TINY_RELEASE") == "1")
        {
            Assert.DoesNotContain(All(), package => package.Version.EndsWith(DeviceInspector.WithoutPe, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<Package> All() => Directory.GetFiles(PackedFactAttribute.Folder!, "*.nupkg").Select(Package.Open);

    private static Package? SymbolsOf(Package package)
    {
        string path = Path.Combine(PackedFactAttribute.Folder!, Path.ChangeExtension(package.Name, "snupkg"));
        return File.Exists(path) ? Package.Open(path) : null;
    }
}
