namespace Tiny.Emulator.Execution;

/// <summary>A thread of the device: its frames, what it waits for, and the exceptions on their way through it.</summary>
internal sealed class DeviceThread(int id)
{
    private const int SegmentSlots = 4096;
    private const int DeepestCalls = 60_000;

    private Slot[]? spare;

    /// <summary>The thread's number, 1 for the one that runs Main.</summary>
    internal int Id { get; } = id;

    /// <summary>The frames, outermost first.</summary>
    internal Frame[] Frames { get; private set; } = new Frame[16];

    internal int Depth { get; private set; }

    internal Frame Top => Frames[Depth - 1];

    /// <summary>Exceptions being handled and finally blocks being run, outermost first.</summary>
    internal List<Unwinding> Unwindings { get; } = [];

    internal ThreadStatus Status { get; set; } = ThreadStatus.Ready;

    /// <summary>From 0 (lowest) to 4 (highest).</summary>
    internal int Priority { get; set; } = 2;

    /// <summary>Quanta it has had, dearer for lower priorities: the thread with the fewest runs next.</summary>
    internal long ExecutionCounter { get; set; }

    /// <summary>What it waits for, in words; null if it does not wait.</summary>
    internal Waiting? Waiting { get; set; }

    /// <summary>The program's object for it, if it has one.</summary>
    internal DeviceObject? Managed { get; set; }

    /// <summary>An exception that another thread raised in this one.</summary>
    internal bool IsAborted { get; set; }

    /// <summary>An exception to throw in it when it goes on.</summary>
    internal DeviceObject? Pending { get; set; }

    internal bool IsSuspended { get; set; }

    /// <summary>Called when it ends.</summary>
    internal Action? Ended { get; set; }

    /// <summary>A new innermost frame with room for so many slots from the first argument on.</summary>
    internal Frame Push(Slot[] callersSlots, int first, int arguments, int slots)
    {
        if (Depth == Frames.Length)
        {
            if (Depth >= DeepestCalls)
            {
                throw new EmulatorException($"Calls go {DeepestCalls} deep; no board has the memory for that.");
            }

            Frame[] more = new Frame[2 * Depth];
            Frames.CopyTo(more, 0);
            Frames = more;
        }

        Frame frame = Frames[Depth] ??= new Frame();
        Depth++;
        frame.CallersSlots = callersSlots;
        frame.Result = first;
        if (first + slots <= callersSlots.Length)
        {
            frame.Slots = callersSlots;
            frame.Base = first;
        }
        else
        {
            Slot[] segment = spare is not null && spare.Length >= slots ? spare : new Slot[Math.Max(SegmentSlots, slots)];
            spare = null;
            Array.Copy(callersSlots, first, segment, 0, arguments);
            frame.Slots = segment;
            frame.Base = 0;
        }

        frame.Pc = 0;
        frame.IsFilter = false;
        frame.Delegates = null;
        frame.Children = 0;
        return frame;
    }

    internal void Pop()
    {
        Depth--;
        Frame frame = Frames[Depth];
        if (!ReferenceEquals(frame.Slots, frame.CallersSlots))
        {
            spare = frame.Slots;
        }
    }

    /// <summary>The slots in which a first frame can begin.</summary>
    internal Slot[] NewSegment() => new Slot[SegmentSlots];
}

internal enum ThreadStatus
{
    Ready,
    Waiting,
    Ended,
}
