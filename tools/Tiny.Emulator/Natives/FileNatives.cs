using Tiny.Emulator.Execution;
using Tiny.Emulator.Peripherals;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.IO.File and FileStream, as far as Tiny's own storage uses them.</summary>
internal static class FileNatives
{
    private const string Stream = "System.IO.FileStream.";
    private const int Create = 2;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.IO.File.Exists(System.String)"] = (m, s, f, _) => Result(s, f, Files(m).Exists((string)s[f].Ref!));
        table[Stream + ".ctor(System.String,System.IO.FileMode,System.IO.FileAccess)"] =
            (m, s, f, _) => ((DeviceObject)s[f].Ref!).Native = Open(m, (string)s[f + 1].Ref!, s[f + 2].I4);
        table[Stream + "set_Position(System.Int64)"] = (_, s, f, _) => Of(s[f]).Position = s[f + 1].I8;
        table[Stream + "Read(System.Byte[],System.Int32,System.Int32)"] =
            (_, s, f, _) => Result(s, f, Of(s[f]).Read((byte[])s[f + 1].Ref!, s[f + 2].I4, s[f + 3].I4));
        table[Stream + "Write(System.Byte[],System.Int32,System.Int32)"] =
            (m, s, f, _) => Files(m).Write(Of(s[f]), ((byte[])s[f + 1].Ref!).AsSpan(s[f + 2].I4, s[f + 3].I4));
        table[Stream + "Flush()"] = (_, _, _, _) => { };
        table["System.IO.File.ReadAllBytes(System.String)"] = (m, s, f, _) => Result(s, f, Copy(m, Open(m, (string)s[f].Ref!, 0)));
        table["System.IO.Stream.Dispose()"] = (m, s, f, _) => m.Peripherals.Files?.Close(Of(s[f]));
    }

    private static MemoryStream Open(Machine machine, string path, int mode)
    {
        EmulatedFiles files = Files(machine);
        if (files.FaultOf(path) is string fault)
        {
            throw NewFault(machine, $"{path}: {fault}.");
        }

        MemoryStream file = mode == Create ? files.Create(path) : files.Find(path) ?? throw NewFault(machine, $"{path}: no such file.");
        file.Position = 0;
        return file;
    }

    private static byte[] Copy(Machine machine, MemoryStream file)
    {
        byte[] bytes = (byte[])machine.Heap.NewArray(machine.Own("System.Byte"), (int)file.Length);
        file.ReadExactly(bytes);
        return bytes;
    }

    private static DeviceFault NewFault(Machine machine, string message) => new(machine.NewException("System.IO.IOException", message));

    private static EmulatedFiles Files(Machine machine) =>
        machine.Peripherals.Files
        ?? throw new EmulatorException("The program uses files, but the board was given none. Name a folder for them with --files.");

    private static MemoryStream Of(Slot stream) => (MemoryStream)((DeviceObject)stream.Ref!).Native!;
}
