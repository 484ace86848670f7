using System.Runtime.InteropServices;

namespace Tiny.Emulator.Execution;

/// <summary>A value on the evaluation stack, in a local, an argument or a field: its bits, or a reference.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct Slot
{
    [FieldOffset(0)]
    internal int I4;

    [FieldOffset(0)]
    internal long I8;

    [FieldOffset(0)]
    internal float R4;

    [FieldOffset(0)]
    internal double R8;

    [FieldOffset(8)]
    internal object? Ref;
}
