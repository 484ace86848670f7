namespace Tiny.Reference;

/// <summary>An assembly's public API, as its table lists it.</summary>
/// <param name="Name">Simple name of the assembly.</param>
/// <param name="Version">Its version.</param>
/// <param name="PublicKey">Its public key.</param>
/// <param name="References">Assemblies it refers to: name and version.</param>
/// <param name="Types">Its types, nested ones behind those they are in.</param>
public sealed record ApiTable(
    string Name, Version Version, byte[] PublicKey, IReadOnlyList<(string Name, Version Version)> References, IReadOnlyList<ApiType> Types)
{
    /// <summary>Reads every table of a folder, each after those it refers to.</summary>
    /// <exception cref="ApiTableException">There is none, or one is malformed.</exception>
    public static IReadOnlyList<ApiTable> ReadFolder(string folder)
    {
        Dictionary<string, ApiTable> waiting = Directory.EnumerateFiles(folder, "*.tsv").Order(StringComparer.Ordinal)
            .Select(Read).ToDictionary(table => table.Name);
        if (waiting.Count == 0)
        {
            throw new ApiTableException($"{folder}: no API tables (*.tsv) there.");
        }

        List<ApiTable> ordered = [];
        while (waiting.Count > 0)
        {
            ApiTable next = waiting.Values.FirstOrDefault(table => !table.References.Any(reference => waiting.ContainsKey(reference.Name)))
                ?? throw new ApiTableException($"{folder}: the tables {string.Join(", ", waiting.Keys)} refer to each other in a circle.");
            waiting.Remove(next.Name);
            ordered.Add(next);
        }

        return ordered;
    }

    /// <summary>Reads one table.</summary>
    /// <exception cref="ApiTableException">It is malformed.</exception>
    public static ApiTable Read(string path)
    {
        string? name = null;
        Version version = new();
        byte[] key = [];
        List<(string, Version)> references = [];
        List<ApiType> types = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] fields = line.Split('\t');
            try
            {
                switch (fields[0])
                {
                    case "A":
                        (name, version, key) = (fields[1], Version.Parse(fields[2]), Convert.FromHexString(fields[3]));
                        break;
                    case "R":
                        references.Add((fields[1], Version.Parse(fields[2])));
                        break;
                    case "T":
                        types.Add(ApiType.Parse(fields));
                        break;
                    case "F" or "P" or "E" or "M":
                        types[^1].Members.Add(ApiMember.Parse(fields));
                        break;
                    case "":
                        break;
                    default:
                        throw new FormatException($"unknown row kind \"{fields[0]}\"");
                }
            }
            catch (Exception error) when (error is FormatException or ArgumentException or IndexOutOfRangeException)
            {
                throw new ApiTableException($"{path}, line {number}: {error.Message} in \"{line}\".");
            }
        }

        return new ApiTable(name ?? throw new ApiTableException($"{path}: no A row names the assembly."), version, key, references, types);
    }
}
