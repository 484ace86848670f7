using System.Reflection;
using System.Text.Json;

namespace Tiny.Emulator.Boards;

/// <summary>What is particular about a board. Each file says what of it is measured and what is derived.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Description">Chip, clock, firmware.</param>
/// <param name="Costs">Column of the cost tables: lto, dev, soft, m0 or m0plus.</param>
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
    private const int Block = 12;
    private const int LeastSlots = 10;
    private const int FrameBlocks = 7;

    /// <summary>Other names under which boards are known: those of nanoFramework's firmware.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["esp32"] = "esp32_rev3",
        ["esp32_psram_rev3"] = "esp32_psram",
        ["esp32_s3_quad"] = "esp32_s3",
        ["pico_rp2040"] = "rp2040",
        ["pico2_rp2350"] = "rp2350",
        ["st_nucleo64_f091rc"] = "stm32f091",
        ["st_stm32f429i_discovery"] = "stm32f429i-disco",
        ["st_stm32f769i_discovery"] = "stm32f769i-disco",
    };

    /// <summary>Flash for assemblies, 0 if that is not known.</summary>
    public int DeploymentBytes { get; init; }

    /// <summary>Whether so many bytes of assemblies fit, as far as is known.</summary>
    public bool HasFlashFor(long bytes) => DeploymentBytes == 0 || bytes <= DeploymentBytes;

    /// <summary>Flash for files, 0 where the firmware has no file system.</summary>
    public int FileSystemBytes { get; init; }

    /// <summary>Whether the firmware computes floats in hardware.</summary>
    public bool FloatingPointUnit { get; init; }

    /// <summary>The operating system's tick in milliseconds, at which sleeps begin and end; 0 for none.</summary>
    public double TickMilliseconds { get; init; }

    /// <summary>Whether instance methods may run within their caller's frame: all firmware but the smallest has it.</summary>
    public bool InlinesCalls { get; init; } = true;

    /// <summary>Bytes of heap that the frame of a method takes; its arguments lie on the caller's stack.</summary>
    internal int FrameBytes(int locals, int maxStack) => Block
        * (FrameBlocks + Math.Max(LeastSlots, locals + maxStack + (InlinesCalls ? 3 : 2)));

    /// <summary>The names of all boards.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(BoardProfile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".json".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Other names by which boards are known.</summary>
    public static IReadOnlyCollection<string> OtherNames => Aliases.Keys;

    /// <summary>Seconds that so many instructions take, by the assumption above.</summary>
    public double Seconds(double instructions) => instructions * CyclesPerInstruction / (Megahertz * 1e6);

    /// <summary>The board's name for a name of nanoFramework's firmware; any other name as it is.</summary>
    public static string NameFor(string name) => Aliases.GetValueOrDefault(name, name);

    /// <summary>Loads a board by its name, or by that of its firmware.</summary>
    /// <exception cref="ArgumentException">There is no such board.</exception>
    public static BoardProfile Load(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + NameFor(name) + ".json")
            ?? throw new ArgumentException($"There is no board \"{name}\"; the boards are {string.Join(", ", Names)}.", nameof(name));
        return JsonSerializer.Deserialize<BoardProfile>(stream, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
    }
}
