using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;

namespace Tiny.Publishing.Tests.Packages;

/// <summary>
/// What is wrong with the symbols of an assembly: they should be of its build, and lead a debugger to sources of its commit.
/// </summary>
public static class Symbols
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <summary>All faults.</summary>
    /// <param name="name">The assembly, for the messages.</param>
    /// <param name="assembly">The .dll.</param>
    /// <param name="symbols">The portable .pdb; null where there is none.</param>
    /// <param name="commit">What the nuspec names.</param>
    public static IEnumerable<string> Inspect(string name, byte[] assembly, byte[]? symbols, string commit)
    {
        if (symbols is null)
        {
            yield return $"{name} has no symbols.";
            yield break;
        }

        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        if (!new BlobContentId(reader.DebugMetadataHeader!.Id).Guid.Equals(IdIn(assembly)))
        {
            yield return $"the symbols of {name} are of another build of it.";
        }

        string? link = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
            .Select(reader.GetCustomDebugInformation)
            .Where(item => reader.GetGuid(item.Kind) == SourceLink)
            .Select(item => Encoding.UTF8.GetString(reader.GetBlobBytes(item.Value)))
            .SingleOrDefault();
        if (link is null)
        {
            yield return $"the symbols of {name} have no SourceLink.";
            yield break;
        }

        using JsonDocument map = JsonDocument.Parse(link);
        string[] roots = [.. map.RootElement.GetProperty("documents").EnumerateObject()
            .Where(item => item.Value.GetString()!.Contains(commit)).Select(item => item.Name.TrimEnd('*'))];
        string[] strays = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))
            .Where(document => !roots.Any(document.StartsWith) && !document.Contains("/obj/"))];
        if (roots.Length == 0 || strays.Length > 0)
        {
            yield return $"SourceLink of {name} leads {(roots.Length == 0 ? "no source" : $"all but {strays[0]}")} to commit {commit}.";
        }
    }

    private static Guid IdIn(byte[] assembly)
    {
        using PEReader reader = new(new MemoryStream(assembly));
        DebugDirectoryEntry[] entries = [.. reader.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.CodeView)];
        return entries.Length == 0 ? Guid.Empty : reader.ReadCodeViewDebugDirectoryData(entries[0]).Guid;
    }
}
