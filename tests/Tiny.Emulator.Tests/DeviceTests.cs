using System.Reflection;
using nanoFramework.TestFramework;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Testing;
using Assert = Xunit.Assert;

namespace Tiny.Emulator.Tests;

/// <summary>Every test of the device's own assembly: in the emulator on each board, and its body against the desktop core.</summary>
public class DeviceTests
{
    public static TheoryData<string, string> OnBoards()
    {
        TheoryData<string, string> cases = [];
        foreach (string board in BoardProfile.Names)
        {
            foreach (TestCase test in TestCase.Find(Programs.NanoTests.Main))
            {
                cases.Add(test.Name, board);
            }
        }

        return cases;
    }

    public static TheoryData<string> OnDesktop() => [.. Bodies().Keys];

    [Theory]
    [MemberData(nameof(OnBoards))]
    public void In_the_emulator(string test, string board)
    {
        TestCase found = TestCase.Find(Programs.NanoTests.Main).Single(t => t.Name == test);
        TestResult result = TestLauncher.Run(Programs.NanoTests, found, BoardProfile.Load(board), TextWriter.Null);
        Assert.True(result.Outcome == TestOutcome.Passed, result.Message);
        Assert.True(result.Instructions > 1000, "A test that runs nothing tests nothing.");
    }

    [Theory]
    [MemberData(nameof(OnDesktop))]
    public void Against_the_desktop_core(string test) => Bodies()[test]();

    [Fact]
    public void Both_sides_have_the_same_tests() =>
        Assert.Equal(TestCase.Find(Programs.NanoTests.Main).Select(t => t.Name).Order(), Bodies().Keys.Order());

    [Fact]
    public void The_launchers_lines_have_three_fields()
    {
        TestResult result = new("Class.Method(1, 2)", TestOutcome.Failed, "a, b\nand c", 5, 6, 7);
        Assert.Equal(3, TestLauncher.Line(result).Split(',').Length);
        Assert.Equal("Test passed,Class.Method,5", TestLauncher.Line(result with { Name = "Class.Method", Outcome = TestOutcome.Passed }));
    }

    [Fact]
    public void The_golden_vectors_are_what_the_desktop_core_gives()
    {
        string path = Path.Combine(Tiny.Tests.Repository.Root, "tests/Tiny.Core.NanoTests/Parity/ParityVectors.cs");
        Assert.True(File.ReadAllText(path) == Tiny.Parity.Program.Source(),
            "If the core's arithmetic was meant to change: dotnet run -c Release --project tools/Tiny.Parity");
    }

    private static Dictionary<string, Action> Bodies()
    {
        Dictionary<string, Action> bodies = [];
        foreach (Type type in typeof(TestClassAttribute).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<TestClassAttribute>() is not null))
        {
            foreach (MethodInfo method in type.GetMethods())
            {
                object[][] rows = [.. method.GetCustomAttributes<DataRowAttribute>().Select(row => row.MethodParameters)];
                foreach (object[] row in rows)
                {
                    bodies[$"{type.Name}.{method.Name}({string.Join(' ', row)})"] = () => Invoke(type, method, row);
                }

                if (rows.Length == 0 && method.GetCustomAttribute<TestMethodAttribute>() is not null)
                {
                    bodies[$"{type.Name}.{method.Name}"] = () => Invoke(type, method, []);
                }
            }
        }

        return bodies;
    }

    private static void Invoke(Type type, MethodInfo method, object[] row) =>
        method.Invoke(Activator.CreateInstance(type), BindingFlags.DoNotWrapExceptions, null, row, null);
}
