namespace Tiny.Emulator.Execution;

/// <summary>
/// A System.Threading.Timer: its callback runs on a thread of its own, and the next call is reckoned from when the last was due.
/// </summary>
internal sealed class DeviceTimer(DeviceObject managed, DeviceDelegate callback, object? state)
{
    private bool isRunning;

    internal DeviceObject Managed { get; } = managed;

    internal DeviceDelegate Callback { get; } = callback;

    internal object? State { get; } = state;

    /// <summary>Ticks at which it is due, <see cref="long.MaxValue"/> for never.</summary>
    internal long Due { get; set; } = long.MaxValue;

    /// <summary>Ticks from one call to the next, 0 for a single one.</summary>
    internal long Period { get; set; }

    internal bool IsDue(long now) => Due <= now && !isRunning;

    internal void Fire(Machine machine, long now)
    {
        long due = Due;
        Due = long.MaxValue;
        isRunning = true;
        DeviceThread thread = machine.NewThread(Callback, [State]);
        thread.Priority = 2;
        thread.Ended = () =>
        {
            isRunning = false;
            if (Period > 0 && Due == long.MaxValue && !IsDisposed)
            {
                long next = due + Period;
                long late = machine.Ticks - next;
                Due = late > 0 ? next + (late / Period + 1) * Period : next;
            }
        };
        machine.Scheduler.Start(thread);
    }

    internal bool IsDisposed { get; set; }
}
