using System.Text;

namespace Tiny.Publishing.Tests.Packages;

/// <summary>What is wrong with the package of the command, apart from what the gallery asks for.</summary>
public static class ToolInspector
{
    private const string Folder = "tools/net10.0/any/";

    /// <summary>All faults.</summary>
    /// <param name="package">The tool.</param>
    /// <param name="symbols">Its .snupkg; null where there is none.</param>
    public static IEnumerable<string> Inspect(Package package, Package? symbols)
    {
        string settings = package.Find(Folder + "DotnetToolSettings.xml") is byte[] text ? Encoding.UTF8.GetString(text) : "";
        if (!settings.Contains("Name=\"tiny\"", StringComparison.Ordinal)
            || !settings.Contains("EntryPoint=\"tiny.dll\"", StringComparison.Ordinal))
        {
            yield return $"{Folder}DotnetToolSettings.xml does not make tiny.dll the command tiny.";
        }

        if (symbols is null || symbols.Id != package.Id || symbols.Version != package.Version)
        {
            yield return "no symbol package of the same id and version beside it.";
            yield break;
        }

        string[] own = [.. package.Files.Where(IsOwn)];
        if (own.Length < 10)
        {
            yield return $"only {own.Length} of Tiny's assemblies in it.";
        }

        foreach (string file in own)
        {
            byte[]? pdb = symbols.Find(Path.ChangeExtension(file, "pdb"));
            foreach (string fault in SymbolsOf(package, file, pdb))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> SymbolsOf(Package package, string file, byte[]? pdb) =>
        Symbols.Inspect(Path.GetFileName(file), package.Find(file)!, pdb, package.Attribute("repository", "commit"));

    private static bool IsOwn(string file) =>
        file.StartsWith(Folder, StringComparison.Ordinal) && file.EndsWith(".dll", StringComparison.Ordinal)
        && (file == Folder + "tiny.dll" || file.StartsWith(Folder + "Tiny.", StringComparison.Ordinal));
}
