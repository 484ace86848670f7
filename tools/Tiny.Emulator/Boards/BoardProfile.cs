using System.Reflection;
using System.Text.Json;

namespace Tiny.Emulator.Boards;

/// <summary>What is particular about a board. Each file says what of it is measured and what is derived.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Description">Chip, clock, firmware.</param>
/// <param name="Costs">Column of the cost tables: lto, dev or soft.</param>
/// <param name="HeapBytes">Managed heap.</param>
/// <param name="Megahertz">Clock.</param>
/// <param name="CyclesPerInstruction">Assumed; turns instructions into time.</param>
/// <param name="MathLibrary">Whether Math.Exp and its kin exist.</param>
/// <param name="LargestArrayBytes">The largest array that a fragmented heap may be expected to have room for.</param>
/// <param name="Measured">What of this is measured.</param>
/// <param name="Derived">What is derived or assumed.</param>
public sealed record BoardProfile(
    string Name,
    string Description,
    string Costs,
    int HeapBytes,
    double Megahertz,
    double CyclesPerInstruction,
    bool MathLibrary,
    int LargestArrayBytes,
    string Measured,
    string Derived)
{
    private const string Prefix = "Boards/";

    /// <summary>The names of all boards.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(BoardProfile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".json".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Seconds that so many instructions take, by the assumption above.</summary>
    public double Seconds(double instructions) => instructions * CyclesPerInstruction / (Megahertz * 1e6);

    /// <summary>Loads a board by its name.</summary>
    /// <exception cref="ArgumentException">There is no such board.</exception>
    public static BoardProfile Load(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + ".json")
            ?? throw new ArgumentException($"There is no board \"{name}\"; the boards are {string.Join(", ", Names)}.", nameof(name));
        return JsonSerializer.Deserialize<BoardProfile>(stream, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
    }
}
