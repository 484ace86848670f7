using System.Globalization;
using System.Text;
using Tiny.Emulator.Boards;
using Tiny.Tests;

namespace Tiny.Emulator.Tests.Costs;

/// <summary>
/// The programs by which il-costs.csv was measured, run in the emulator: every row within 3 % in
/// every build. Left out is the one row whose class is not known any more.
/// </summary>
public class SequenceCostTests
{
    private const double Tolerance = 0.03;
    private const double Resolution = 0.6; // of a sequence of a few instructions, counted in steps of 40 over 800 copies
    private const int InstructionsPerTick = 40;
    private const string Inlined = " [caller with 16 free evaluation slots: instance calls are inlined]";
    private const string Unknown = "ldftn newobj Foo;pop";

    [SharedDataTheory]
    [InlineData("lto")]
    [InlineData("dev")]
    [InlineData("soft")]
    [InlineData("m0")]
    [InlineData("m0plus")]
    public void Every_measured_sequence_takes_what_was_measured(string build)
    {
        string folder = Path.Combine(SharedData.Folder!, "..", "device");
        string[][] rows = [.. File.ReadAllLines(Path.Combine(folder, "il-costs.csv")).Select(Split)];
        int column = Array.IndexOf(rows[0], build);
        string[] names = [.. rows.Skip(1).Select(row => row[0])];
        Dictionary<string, double> found = [];
        foreach (string path in Directory.EnumerateFiles(Path.Combine(folder, "il-programs"), "*.dll"))
        {
            Read(path, build, names, found);
        }

        string[] off =
        [
            .. rows.Skip(1).Where(row => row[0] != Unknown && row[column].Length > 0)
                .Select(row => (Name: row[0], Measured: double.Parse(row[column], CultureInfo.InvariantCulture), Found: found[row[0]]))
                .Where(row => Math.Abs(row.Found - row.Measured) > Math.Max(Tolerance * row.Measured, Resolution))
                .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Name}: {row.Found:0.0}, measured {row.Measured:0.0}")),
        ];
        Assert.Empty(off);
        Assert.True(found.Count >= names.Length, $"{found.Count} of {names.Length} sequences were run.");
    }

    /// <summary>Each line R,row,ticks,copies is a sequence's: opcodes by their place among the opcodes, statements by theirs.</summary>
    private static void Read(string path, string build, string[] names, Dictionary<string, double> found)
    {
        string[] statements = [.. names.Where(name => name.StartsWith("C#:", StringComparison.Ordinal))];
        string[] opcodes = [.. names.Where(
            name => !name.StartsWith("C#:", StringComparison.Ordinal) && !name.EndsWith(Inlined, StringComparison.Ordinal))];
        string kind = Path.GetFileName(path)[..4];
        BoardProfile board = BoardProfile.Load(build == "m0" ? "stm32f091" : "stm32f4") with
        {
            Costs = build,
            HeapBytes = 4 << 20,
            Megahertz = 10 * InstructionsPerTick,
            CyclesPerInstruction = 1,
            MathLibrary = true,
        };
        using DeviceProgram program = DeviceProgram.Load(path);
        foreach (string[] parts in DeviceSource.Run(program, board).Where(line => line.StartsWith("R,", StringComparison.Ordinal))
            .Select(line => line.Split(',')))
        {
            int row = int.Parse(parts[1], CultureInfo.InvariantCulture);
            string name = kind == "ilcs" ? statements[row] : opcodes[row] + (kind == "ilox" ? Inlined : "");
            found[name] = double.Parse(parts[2], CultureInfo.InvariantCulture) * InstructionsPerTick
                / double.Parse(parts[3], CultureInfo.InvariantCulture);
        }
    }

    private static string[] Split(string line)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        foreach (char c in line.Replace("\"\"", "\u0001", StringComparison.Ordinal))
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c == '\u0001' ? '"' : c);
            }
        }

        return [.. cells, cell.ToString()];
    }
}
