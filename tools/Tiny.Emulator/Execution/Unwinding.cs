namespace Tiny.Emulator.Execution;

/// <summary>
/// An exception on its way to a handler, or a finally block run on leaving its range. Follows the interpreter's own UnwindStack.
/// </summary>
internal sealed class Unwinding
{
    internal const int None = -1;

    /// <summary>The frame that runs a filter, a finally block or the handler.</summary>
    internal Frame? Frame;

    /// <summary>Null where a block is left without one.</summary>
    internal DeviceObject? Exception;

    /// <summary>Where to go on: behind a leave, or from which instruction to look for the next filter.</summary>
    internal int At = None;

    /// <summary>The block being run.</summary>
    internal int BlockStart;
    internal int BlockEnd;

    /// <summary>The handler found.</summary>
    internal Frame? HandlerFrame;
    internal int HandlerStart;
    internal int HandlerEnd;

    internal UnwindPhase Phase;

    /// <summary>A block of it has ended: the next search goes on with this one.</summary>
    internal bool Continues;
}

internal enum UnwindPhase
{
    SearchingForHandler,
    RunningFinallys,
    RunningHandler,
    Leaving,
}
