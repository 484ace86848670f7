using Tiny.Emulator.Execution;
using Tiny.Emulator.Flash;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>Tiny.Emulator.Flash.FlashPort: static methods without a body, by which a program reaches the emulated flash.</summary>
internal static class FlashNatives
{
    private const string Port = "Tiny.Emulator.Flash.FlashPort.";

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Port + "Capacity()"] = (m, s, f, _) => Result(s, f, Of(m).Capacity);
        table[Port + "Read(System.Int32,System.Int32,System.Byte[],System.Int32)"] = (m, s, f, _) =>
            Result(s, f, Of(m).Read(s[f].I4, s[f + 1].I4, Bytes(s[f + 2], s[f + 3])));
        table[Port + "Erase(System.Int32)"] = (m, s, f, _) => Result(s, f, Of(m).Erase(s[f].I4) ? 1 : 0);
        table[Port + "Write(System.Int32,System.Int32,System.Byte[],System.Int32)"] = (m, s, f, _) =>
            Result(s, f, Of(m).Write(s[f].I4, s[f + 1].I4, Bytes(s[f + 2], s[f + 3])) ? 1 : 0);
        table[Port + "Flush(System.Int32)"] = (m, s, f, _) => Result(s, f, Of(m).Flush(s[f].I4) ? 1 : 0);
    }

    private static Span<byte> Bytes(Slot array, Slot length) => ((byte[])array.Ref!).AsSpan(0, length.I4);

    private static EmulatedFlash Of(Machine machine) =>
        machine.Flash ?? throw new EmulatorException("The program reaches for flash memory, but the machine was given none.");
}
