namespace Tiny.Emulator.Execution;

/// <summary>A method being run.</summary>
internal sealed class Frame
{
    /// <summary>Null for a frame that calls the delegates of a combined one, one after the other.</summary>
    internal DeviceMethod? Method;

    /// <summary>Where its arguments, its locals and its evaluation stack are, in this order.</summary>
    internal Slot[] Slots = [];

    /// <summary>The first argument.</summary>
    internal int Base;

    /// <summary>The slot behind the last value; while it calls, where the result will be.</summary>
    internal int Sp;

    /// <summary>The next instruction.</summary>
    internal int Pc;

    /// <summary>Where the result goes: a slot of the caller's.</summary>
    internal Slot[] CallersSlots = [];
    internal int Result;

    /// <summary>Run within the caller's frame: takes no heap, and calls nothing that is.</summary>
    internal bool IsInlined;

    /// <summary>A copy of a frame, which evaluates one of its exception filters.</summary>
    internal bool IsFilter;

    /// <summary>The delegates of a combined one, and which is next.</summary>
    internal DeviceDelegate[]? Delegates;
    internal int NextDelegate;
    internal int DelegateArguments;

    /// <summary>Tenths when it began, and those that the methods it called took.</summary>
    internal long Entered;
    internal long Children;

    internal int EvaluationStart => Base + Method!.Arguments + Method.Locals;
}
