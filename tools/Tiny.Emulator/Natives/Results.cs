using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>What a method of the firmware's gives back.</summary>
internal static class Results
{
    internal static void Result(Slot[] stack, int frame, bool value) => Result(stack, frame, value ? 1 : 0);

    internal static void Result(Slot[] stack, int frame, int value)
    {
        stack[frame].I8 = value;
        stack[frame].Ref = null;
    }

    internal static void Result(Slot[] stack, int frame, uint value)
    {
        stack[frame].I8 = (int)value;
        stack[frame].Ref = Slot.Unsigned;
    }

    internal static void Result(Slot[] stack, int frame, long value)
    {
        stack[frame].I8 = value;
        stack[frame].Ref = null;
    }

    internal static void Result(Slot[] stack, int frame, ulong value)
    {
        stack[frame].I8 = (long)value;
        stack[frame].Ref = Slot.Unsigned;
    }

    internal static void Result(Slot[] stack, int frame, float value)
    {
        stack[frame].R4 = value;
        stack[frame].Ref = null;
    }

    internal static void Result(Slot[] stack, int frame, double value)
    {
        stack[frame].R8 = value;
        stack[frame].Ref = null;
    }

    internal static void Result(Slot[] stack, int frame, object? value) => stack[frame].Ref = value;

    /// <summary>What a pointer, or a boxed value that stands in its place, leads to.</summary>
    internal static Slot Value(in Slot slot) => slot.Ref is Reference pointer ? pointer.Load() : slot;

    internal static string Text(in Slot slot) => slot.Ref as string ?? throw new NullReferenceException();
}
