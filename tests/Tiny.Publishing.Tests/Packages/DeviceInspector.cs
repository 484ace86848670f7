using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Tiny.Publishing.Tests.Packages;

/// <summary>What is wrong with a device library's package, apart from what the gallery asks for.</summary>
public static class DeviceInspector
{
    /// <summary>Behind the version of a package that can be compiled against and emulated, but not deployed.</summary>
    public const string WithoutPe = "-without-pe";

    /// <summary>Ids of device libraries begin with it; nanoFramework. is reserved on the gallery.</summary>
    public const string Prefix = "Tiny.nanoFramework.";

    /// <summary>All faults.</summary>
    public static IEnumerable<string> Inspect(Package package)
    {
        if (!package.Id.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return [$"the id does not begin with {Prefix}"];
        }

        string library = "Tiny." + package.Id[Prefix.Length..];
        return package.Find($"lib/{library}.dll") is byte[] assembly
            ? Contents(package, library).Concat(References(package, assembly))
                .Concat(Symbols.Inspect(library, assembly, package.Find($"lib/{library}.pdb"), package.Attribute("repository", "commit")))
            : [$"no lib/{library}.dll."];
    }

    private static IEnumerable<string> Contents(Package package, string library)
    {
        bool deployable = !package.Version.EndsWith(WithoutPe, StringComparison.Ordinal);
        string[] ends = deployable ? ["dll", "pdb", "pdbx", "pe", "xml"] : ["dll", "pdb", "xml"];
        string[] found = [.. package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string[] expected = [.. ends.Select(end => $"lib/{library}.{end}")];
        if (!found.SequenceEqual(expected))
        {
            yield return $"lib holds {string.Join(", ", found)}; expected {string.Join(", ", expected)}.";
        }

        if (package.Find($"lib/{library}.pe") is byte[] pe && !pe.AsSpan().StartsWith("NFMRK"u8))
        {
            yield return $"{library}.pe is not what the metadata processor writes: it does not begin with NFMRK.";
        }

        if (!package.Groups.SequenceEqual([".NETnanoFramework1.0"]))
        {
            yield return $"dependencies are for {string.Join(", ", package.Groups)}; expected one group for .NETnanoFramework1.0.";
        }
    }

    /// <summary>What the assembly refers to, the package depends on, in those versions.</summary>
    private static IEnumerable<string> References(Package package, byte[] assembly)
    {
        using PEReader reader = new(new MemoryStream(assembly));
        MetadataReader metadata = reader.GetMetadataReader();
        AssemblyReference[] references = [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)];
        if (references.Length == 0)
        {
            yield return "the assembly refers to nothing, not even mscorlib.";
        }

        foreach (AssemblyReference reference in references)
        {
            string name = metadata.GetString(reference.Name);
            string id = name == "mscorlib" ? "nanoFramework.CoreLibrary"
                : name.StartsWith("Tiny.", StringComparison.Ordinal) ? Prefix + name["Tiny.".Length..] : $"nanoFramework.{name}";
            if (!package.DependsOn.TryGetValue(id, out string? named))
            {
                yield return $"the assembly refers to {name}, and the package does not depend on {id}.";
            }
            else if (!(id.StartsWith(Prefix, StringComparison.Ordinal) ? named == package.Version : Provides(named, reference.Version)))
            {
                yield return $"the assembly refers to {name} {reference.Version}, and the package depends on {id} {named}.";
            }
        }
    }

    /// <summary>Some of nanoFramework's assemblies are versioned by major and minor alone, and their build is always 0.</summary>
    private static bool Provides(string package, Version assembly)
    {
        Version version = Version.Parse(package);
        return version.Major == assembly.Major && version.Minor == assembly.Minor
            && (assembly.Build == 0 || version.Build == assembly.Build);
    }
}
