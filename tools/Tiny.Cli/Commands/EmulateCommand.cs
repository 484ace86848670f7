using System.CommandLine;
using System.Text.Json.Nodes;
using Tiny.Cli.Options;
using Tiny.Cli.Output;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Emulator.Peripherals;
using Tiny.Emulator.Testing;

namespace Tiny.Cli.Commands;

/// <summary>tiny emulate: runs a device program or a device test assembly as a board would.</summary>
internal sealed class EmulateCommand
{
    private readonly Argument<string> assembly = new("ASSEMBLY") { Description = "A device program, or a test assembly named NFUnitTest" };
    private readonly Option<bool> nanoClr =
        new("--nanoclr")
        {
            Description = "Run a test assembly in nanoFramework's own PC emulator, if it is installed (nanoclr on PATH or in TINY_NANOCLR)"
        };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object; what the program prints goes to stderr" };
    private readonly BoardOption boardOption = new();
    private readonly PeripheralOptions peripheralOptions = new();

    internal static Command Create()
    {
        EmulateCommand emulate = new();
        ExampleCommand command = new(
            "emulate",
            "Runs a device program or its tests as a board would, and counts instructions and heap. First checks for everything the "
                + "device does not support.",
            "tiny emulate bin/Release/net10.0/Gesture.dll --board esp32",
            "tiny emulate Gesture.dll --board esp32 --accelerometer recordings.csv --recordings wearer0-shake-5,wearer0-rest-5",
            "tiny emulate Logger.dll --board esp32 --i2c 0x68=imu.csv:registers.json --adc 0=light.csv --press 25@1000-1200",
            "tiny emulate bin/Release/net10.0/NFUnitTest.dll --board stm32f091 --json");
        command.Arguments.Add(emulate.assembly);
        emulate.boardOption.AddTo(command);
        emulate.peripheralOptions.AddTo(command);
        command.Options.Add(emulate.nanoClr);
        command.Options.Add(emulate.json);
        command.SetWork(emulate.Run);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(assembly)!;
        RunFiles files = new RunFiles().Reads("ASSEMBLY", path);
        peripheralOptions.NameFiles(parsed, files);
        files.Check();
        BoardProfile board = boardOption.Read(parsed);
        bool quiet = parsed.GetValue(json);
        using DeviceProgram program = DeviceProgram.Load(path);
        CheckDialect(program, path);
        ProgramRoom room = ProgramRoom.Of(program, board);
        JsonObject figures = Json.Begin("emulate");
        figures["board"] = board.Name;
        room.AddTo(figures);
        WarnOfRoom(room);
        bool isTest = program.Main.Name.Name == TestLauncher.AssemblyName;
        if (parsed.GetValue(nanoClr) && !isTest)
        {
            throw new UsageException($"--nanoclr is for test assemblies named {TestLauncher.AssemblyName}.");
        }

        int code = parsed.GetValue(nanoClr) ? RunNanoClr(program, figures, quiet)
            : isTest ? RunTests(program, board, figures, quiet, cancel)
            : RunProgram(program, path, room, parsed, figures);
        if (quiet)
        {
            Json.Print(figures);
        }

        return code;
    }

    private static void CheckDialect(DeviceProgram program, string path)
    {
        IReadOnlyList<DialectFault> faults = DialectGate.Check(program);
        foreach (DialectFault fault in faults)
        {
            Words.Say($"{(fault.IsWarning ? "warning" : "fault")}: {fault}");
        }

        int fatal = faults.Count(fault => !fault.IsWarning);
        if (fatal > 0)
        {
            throw new EmulatorException($"{path}: the device would choke on {Format.Count(fatal, "construct")}; nothing was run.");
        }
    }

    /// <summary>
    /// A program that the board's flash has no room for is run all the same, for its figures; it is told, with what would help.
    /// </summary>
    private static void WarnOfRoom(ProgramRoom room)
    {
        if (!room.Fits)
        {
            string advice = room.Advice().Count > 0 ? $" What would help: {string.Join("; ", room.Advice())}." : "";
            Words.Say($"warning: it takes {room.InWords} on {room.Board.Name}, so it cannot be deployed there as it is.{advice}");
        }
    }

    private static int RunTests(DeviceProgram program, BoardProfile board, JsonObject figures, bool quiet, CancellationToken cancel)
    {
        TextWriter output = quiet ? Console.Error : Console.Out;
        List<TestResult> results = [];
        foreach (TestCase test in TestCase.Find(program.Main))
        {
            cancel.ThrowIfCancellationRequested();
            TestResult result = TestLauncher.Run(program, test, board, output);
            output.WriteLine(TestLauncher.Line(result));
            results.Add(result);
        }

        output.WriteLine("Done.");
        return Report(results, board.Name, figures);
    }

    private static int RunNanoClr(DeviceProgram program, JsonObject figures, bool quiet)
    {
        (IReadOnlyList<TestResult> results, string log) = NanoClr.Run(program);
        (quiet ? Console.Error : Console.Out).Write(log);
        return Report(results, "nanoclr", figures);
    }

    private static int Report(IReadOnlyList<TestResult> results, string board, JsonObject figures)
    {
        int passed = results.Count(result => result.Outcome == TestOutcome.Passed);
        int failed = results.Count(result => result.Outcome == TestOutcome.Failed);
        figures["board"] = board;
        figures["passed"] = passed;
        figures["failed"] = failed;
        figures["skipped"] = results.Count - passed - failed;
        figures["instructions"] = results.Sum(result => result.Instructions);
        figures["heap_peak"] = results.Count == 0 ? 0 : results.Max(result => result.HeapPeak);
        figures["allocated"] = results.Sum(result => result.Allocated);
        figures["tests"] = new JsonArray([.. results.Select(ToJson)]);
        Words.Say($"{passed} passed, {failed} failed, {results.Count - passed - failed} skipped on {board}.");
        return failed == 0 && passed > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static JsonObject ToJson(TestResult result) => new()
    {
        ["name"] = result.Name,
        ["outcome"] = result.Outcome.ToString().ToLowerInvariant(),
        ["message"] = result.Message,
        ["instructions"] = result.Instructions,
        ["heap_peak"] = result.HeapPeak,
        ["allocated"] = result.Allocated,
    };

    private int RunProgram(DeviceProgram program, string path, ProgramRoom room, ParseResult parsed, JsonObject figures)
    {
        BoardProfile board = room.Board;
        Mono.Cecil.MethodDefinition main = program.Main.EntryPoint
            ?? throw new EmulatorException($"{path}: has no Main and is not named {TestLauncher.AssemblyName}; there is nothing to run.");
        BoardPeripherals peripherals = peripheralOptions.Read(parsed);
        Machine machine = new(board, program, parsed.GetValue(json) ? Console.Error : Console.Out) { Peripherals = peripherals };
        string? failure = null;
        try
        {
            machine.RunProgram(main);
        }
        catch (DeviceProgramException error)
        {
            failure = error.Message;
        }
        finally
        {
            peripheralOptions.Save(parsed, peripherals);
        }

        figures["board"] = board.Name;
        figures["passed"] = failure is null ? 1 : 0;
        figures["failed"] = failure is null ? 0 : 1;
        figures["instructions"] = machine.Instructions;
        figures["heap_peak"] = machine.HeapPeak;
        figures["allocated"] = machine.Allocated;
        figures["runtime_heap"] = machine.RuntimeBytes;
        figures["exception"] = failure;
        Words.Say($"{Format.Count(machine.Instructions)} instructions, about {Format.Milliseconds(board.Seconds(machine.Instructions))} on "
            + $"{board.Name}{Clock(machine)}; heap peak {Format.Bytes(machine.HeapPeak)} of {Format.Bytes(board.HeapBytes)} less "
            + $"{Format.Bytes(machine.RuntimeBytes)} of the runtime's, {Format.Bytes(machine.Allocated)} allocated; {room.InWords}.");
        if (failure is not null)
        {
            Words.Complain($"the program ended with an exception: {failure}");
        }

        return failure is null ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>What the clock says, where the program slept.</summary>
    private static string Clock(Machine machine) =>
        machine.Milliseconds > 1001 * machine.Board.Seconds(machine.Instructions)
        ? $" of {Format.Milliseconds(machine.Milliseconds / 1000)}" : "";
}
