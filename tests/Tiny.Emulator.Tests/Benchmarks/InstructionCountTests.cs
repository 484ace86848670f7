using Mono.Cecil;
using Tiny.Benchmarks.Device;
using Tiny.Tests;

namespace Tiny.Emulator.Tests.Benchmarks;

/// <summary>Counted instructions are exact: a change that makes anything dearer is seen, and either mended or written down.</summary>
public class InstructionCountTests
{
    private const double Tolerance = 0.02;

    [Fact]
    public void Nothing_has_become_dearer_than_written_down()
    {
        IReadOnlyList<Measurement> kept =
            DeviceDocument.Read(File.ReadAllText(Path.Combine(Repository.Root, "tests/Tiny.Benchmarks/device-counts.csv")));
        Measurement[] now = [.. DeviceBenchmark.Run()];
        Assert.Equal(kept.Select(m => (m.Group, m.Name, m.Units)), now.Select(m => (m.Group, m.Name, m.Units)));
        string[] dearer = [.. kept.Zip(now)
            .Where(pair => pair.Second.Lto > pair.First.Lto * (1 + Tolerance) || pair.Second.Soft > pair.First.Soft * (1 + Tolerance))
            .Select(pair => $"{pair.First.Name}: {pair.First.Lto} lto, {pair.First.Soft} soft; now {pair.Second.Lto}, {pair.Second.Soft}")];
        Assert.True(dearer.Length == 0,
            $"{string.Join("\n", dearer)}\nIf it is meant: dotnet run -c Release --project tests/Tiny.Benchmarks -- device --write");
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "tests/Tiny.Benchmarks/DEVICE.md")).Split("\n## ").Length,
            DeviceDocument.Markdown(now).Split("\n## ").Length);
    }

    [Fact]
    public void The_table_of_boards_is_as_written_down() =>
        Assert.True(
            Figures(File.ReadAllText(Path.Combine(Repository.Root, "tests/Tiny.Benchmarks/BOARDS.md")))
                .SequenceEqual(Figures(BoardTable.Markdown())),
            "dotnet run -c Release --project tests/Tiny.Benchmarks -- boards --write");

    /// <summary>The table's cells but for the milliseconds, whose last digit may move by a rounding.</summary>
    private static IEnumerable<string> Figures(string document) =>
        document.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => string.Join('|', line.Split('|')[..6]));

    /// <summary>An assembly holds 64 KB of IL.</summary>
    [Fact]
    public void No_assembly_has_more_IL_than_one_may_hold()
    {
        foreach (AssemblyDefinition assembly in Programs.Whole.Own
            .Where(assembly => assembly.Name.Name != "Tiny.Native")) // which has native methods alone
        {
            Assert.InRange(assembly.MainModule.GetTypes()
                .Sum(type => type.Methods.Where(method => method.HasBody).Sum(method => method.Body.CodeSize)), 1, 65_535);
        }
    }

    [Fact]
    public void The_kernels_are_what_their_tool_writes()
    {
        foreach ((string name, Func<string> text) in Kernels.Program.Files)
        {
            Assert.True(File.ReadAllText(Path.Combine(Repository.Root, name)) == text(),
                $"{name}: run dotnet run -c Release --project tools/Tiny.Kernels");
        }
    }
}
