using Tiny.Emulator.Boards;
using Tiny.Tests;

namespace Tiny.Emulator.Tests.Semantics;

/// <summary>
/// Programs whose output the real interpreter printed, where they lie beside the checkout: the same lines in every build.
/// </summary>
public class MeasuredProgramTests
{
    private static readonly string[] Builds = ["lto", "dev", "soft", "m0", "m0plus"];

    public static TheoryData<string> Names() => SharedData.Folder is null || !Directory.Exists(Folder)
        ? ["absent"]
        : [.. Directory.EnumerateFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [SharedDataTheory]
    [MemberData(nameof(Names))]
    public void The_emulator_prints_what_the_interpreter_printed(string name)
    {
        using DeviceProgram program = DeviceSource.Compile(File.ReadAllText(Path.Combine(Folder, name + ".cs")));
        foreach (string build in Builds)
        {
            BoardProfile board = BoardProfile.Load(
                build == "m0" ? "stm32f091" : "stm32f4") with
            { Costs = build, HeapBytes = 4 << 20, MathLibrary = true };
            string[] expected = [.. File.ReadAllLines(Expected(name, build)).Select(line => line.TrimEnd())];
            string[] found = DeviceSource.Run(program, board);
            Assert.Equal(Printed(expected), Printed(found));
            Assert.Equal(expected.Any(IsEnd), found.Any(IsEnd));
        }
    }

    private static string Folder => Path.Combine(SharedData.Folder!, "..", "device", "SEMANTICS");

    private static string Expected(string name, string build)
    {
        string own = Path.Combine(Folder, $"{name}.{(build == "m0plus" ? "m0" : build)}.expected");
        return File.Exists(own) ? own : Path.Combine(Folder, name + ".expected");
    }

    private static bool IsEnd(string line) => line.StartsWith('!');

    private static string[] Printed(string[] lines) => [.. lines.Where(line => line.StartsWith('>'))];
}
