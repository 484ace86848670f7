using System.Runtime.InteropServices;

namespace Tiny.Emulator.Execution;

/// <summary>
/// A value on the evaluation stack, in a local, an argument or a field: its bits, or a reference. The device's
/// blocks carry their type with them, and an unsigned number stays unsigned through arithmetic, arguments and
/// returns; here such a number carries <see cref="Unsigned"/> for a reference.
/// </summary>
[StructLayout(LayoutKind.Explicit)]
internal struct Slot
{
    /// <summary>What a number's reference is if it is unsigned.</summary>
    internal static readonly object Unsigned = new UnsignedMark();

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

    /// <summary>Whether a number is unsigned on the device.</summary>
    internal readonly bool IsUnsigned => Ref is not null;

    private sealed class UnsignedMark;
}
