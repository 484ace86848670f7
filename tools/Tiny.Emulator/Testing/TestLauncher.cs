using Mono.Cecil;
using Tiny.Emulator.Boards;

namespace Tiny.Emulator.Testing;

/// <summary>Runs the tests of an NFUnitTest assembly as nanoFramework's launcher does, each on a board of its own.</summary>
public static class TestLauncher
{
    /// <summary>The name a device test assembly must have.</summary>
    public const string AssemblyName = "NFUnitTest";

    private const string SkipException = "nanoFramework.TestFramework.SkipTestException";

    /// <summary>Runs one test: Setup, the test, Cleanup.</summary>
    public static TestResult Run(DeviceProgram program, TestCase test, BoardProfile board, TextWriter output)
    {
        Machine machine = new(board, program, output);
        long instructions = 0;
        long allocated = 0;
        TestResult Result(TestOutcome outcome, string message) =>
            new(test.Name, outcome, message, machine.Instructions - instructions, machine.Allocated - allocated, machine.HeapPeak);

        try
        {
            machine.Start();
            InvokeAll(machine, test.Class, "SetupAttribute");
            instructions = machine.Instructions;
            allocated = machine.Allocated;
            Invoke(machine, test.Method, test.Arguments);
            TestResult passed = Result(TestOutcome.Passed, "");
            InvokeAll(machine, test.Class, "CleanupAttribute");
            return passed;
        }
        catch (DeviceProgramException error) when (error.DeviceType == SkipException)
        {
            return Result(TestOutcome.Skipped, error.DeviceMessage);
        }
        catch (DeviceProgramException error)
        {
            return Result(TestOutcome.Failed, error.Message);
        }
    }

    /// <summary>The launcher's line for a result: exactly three fields, so no commas within them.</summary>
    public static string Line(TestResult result)
    {
        string name = result.Name.Replace(',', ' ');
        string message = result.Message.Replace(',', ';').ReplaceLineEndings(" ");
        return result.Outcome switch
        {
            TestOutcome.Passed => $"Test passed,{name},{result.Instructions}",
            TestOutcome.Failed => $"Test failed,{name},{message}",
            _ => $"Test skipped,{name},{message}",
        };
    }

    /// <summary>Test methods run without an instance, as on the device.</summary>
    private static void Invoke(Machine machine, MethodDefinition method, IReadOnlyList<object?> arguments) =>
        machine.Invoke(method, method.HasThis ? [null, .. arguments] : [.. arguments]);

    private static void InvokeAll(Machine machine, TypeDefinition type, string attribute)
    {
        foreach (MethodDefinition method in type.Methods.Where(method => TestCase.Has(method, attribute)))
        {
            Invoke(machine, method, []);
        }
    }
}
