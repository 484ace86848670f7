using System.Globalization;
using Tiny.Emulator.Boards;

namespace Tiny.Emulator.Tests.Costs;

/// <summary>
/// Emulated instructions of the kernels whose cost was measured on the real interpreter: within 5 % of every row, in every build.
/// </summary>
public class KernelCostTests
{
    private const double Tolerance = 0.05;

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        string[][] table = Table();
        foreach (string[] row in table.Skip(1))
        {
            foreach (string build in table[0].Skip(2))
            {
                cases.Add(row[0], build);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Instructions_are_near_the_measured(string kernel, string build)
    {
        string[][] table = Table();
        double measured = double.Parse(table.Single(row => row[0] == kernel)[Array.IndexOf(table[0], build)], CultureInfo.InvariantCulture);
        BoardProfile board = BoardProfile.Load("stm32f4") with { Costs = build, HeapBytes = 200_000 };
        Machine machine = new(board, Programs.Own, TextWriter.Null);
        machine.Invoke("KernelCalls", "Prepare");
        long before = machine.Instructions;
        machine.Invoke("KernelCalls", kernel);
        double each = (machine.Instructions - before) / Units(kernel);
        Assert.InRange(each / measured, 1 - Tolerance, 1 + Tolerance);
    }

    /// <summary>Multiply-accumulates, or elements, of one call.</summary>
    private static double Units(string kernel) => kernel switch
    {
        "SwNaive" or "SwBlk8" or "SwBlk16" => 22 * 3 * 64,
        "GenSwar" => 64 * 8 * 8 * 3,
        _ => kernel.StartsWith("Sig", StringComparison.Ordinal) ? 64 : 64 * 64,
    };

    private static string[][] Table() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Costs", "kernel-costs.csv")).Select(line => line.Split(','))];
}
