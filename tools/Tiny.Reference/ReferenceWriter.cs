using Mono.Cecil;

namespace Tiny.Reference;

/// <summary>Writes a reference assembly for each API table.</summary>
public static class ReferenceWriter
{
    /// <summary>Writes all tables' assemblies into a folder; each table comes after those it refers to.</summary>
    /// <exception cref="ApiTableException">A table names a type that no table has.</exception>
    public static void Write(IReadOnlyList<ApiTable> tables, string folder)
    {
        Directory.CreateDirectory(folder);
        Dictionary<string, TypeDefinition> known = [];
        foreach (ApiTable table in tables)
        {
            using AssemblyDefinition assembly = new AssemblyBuilder(table, known).Build();
            string path = Path.Combine(folder, table.Name + ".dll");
            string beside = $"{path}.{Environment.ProcessId}.part";
            assembly.Write(beside, new WriterParameters { DeterministicMvid = true, Timestamp = 0 });
            File.Move(beside, path, overwrite: true);
        }
    }
}
