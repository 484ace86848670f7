using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Threading.Thread and Timer.</summary>
internal static class ThreadNatives
{
    private const string Thread = "System.Threading.Thread.";
    private const string Timer = "System.Threading.Timer.";
    private const int Delegate = 0;
    private const int Priority = 1;
    private const int Id = 4;
    private const int Highest = 4;
    private const int Normal = 2;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Thread + ".ctor(System.Threading.ThreadStart)"] = (m, s, f, _) =>
        {
            DeviceObject made = Of(s[f]);
            made.Fields[Delegate].Ref = s[f + 1].Ref;
            made.Fields[Priority].I4 = Normal;
            made.Fields[Id].I4 = m.Scheduler.NextId();
        };
        table[Thread + "Start()"] = (m, s, f, _) => Start(m, Of(s[f]));
        table[Thread + "Sleep(System.Int32)"] = (m, s, f, _) => Sleep(m, s[f].I4);
        table[Thread + "Join()"] = (m, s, f, _) => Join(m, s, f, long.MaxValue);
        table[Thread + "Join(System.Int32)"] = (m, s, f, _) => Join(m, s, f, Until(m, s[f + 1].I4));
        table[Thread + "Join(System.TimeSpan)"] = (m, s, f, _) => Join(m, s, f, UntilTicks(m, s[f + 1].I8));
        table[Thread + "Abort()"] = (m, s, f, _) => Abort(m, Started(s[f]));
        table[Thread + "Suspend()"] = (m, s, f, _) =>
        {
            Started(s[f]).IsSuspended = true;
            m.Scheduler.Yield(toAll: false);
        };
        table[Thread + "Resume()"] = (_, s, f, _) => Started(s[f]).IsSuspended = false;
        table[Thread + "get_Priority()"] =
            (_, s, f, _) => Result(s, f, Of(s[f]).Native is DeviceThread thread ? thread.Priority : Of(s[f]).Fields[Priority].I4);
        table[Thread + "set_Priority(System.Threading.ThreadPriority)"] = (m, s, f, _) => SetPriority(m, Of(s[f]), s[f + 1].I4);
        table[Thread + "get_ManagedThreadId()"] = (_, s, f, _) => Result(s, f, Of(s[f]).Fields[Id].I4);
        table[Thread + "get_IsAlive()"] = (_, s, f, _) => Result(s, f, Of(s[f]).Native is DeviceThread { Status: not ThreadStatus.Ended });
        table[Thread + "get_ThreadState()"] = (_, s, f, _) => Result(s, f, State(Of(s[f]).Native as DeviceThread));
        table[Thread + "get_CurrentThread()"] = (m, s, f, _) => Result(s, f, CurrentThread(m));
        table[Thread + "SpinWait(System.Int32)"] = (_, _, _, _) => { };
        table["System.Threading.SpinWait.SpinOnce()"] = (m, _, _, _) => m.Scheduler.Yield(toAll: true);
        table["System.Threading.SpinWait.SpinUntil(System.Int32)"] = (m, s, f, _) => Sleep(m, s[f].I4);

        table[Timer + ".ctor(System.Threading.TimerCallback,System.Object,System.Int32,System.Int32)"] = (m, s, f, _) =>
            Create(m, s, f, Milliseconds(s[f + 3].I4), Milliseconds(s[f + 4].I4));
        table[Timer + ".ctor(System.Threading.TimerCallback,System.Object,System.TimeSpan,System.TimeSpan)"] =
            (m, s, f, _) => Create(m, s, f, Ticks(s[f + 3].I8), Ticks(s[f + 4].I8));
        table[Timer + "Change(System.Int32,System.Int32)"] =
            (m, s, f, _) => Change(m, s, f, Milliseconds(s[f + 1].I4), Milliseconds(s[f + 2].I4));
        table[Timer + "Change(System.TimeSpan,System.TimeSpan)"] = (m, s, f, _) => Change(m, s, f, Ticks(s[f + 1].I8), Ticks(s[f + 2].I8));
        table[Timer + "Dispose()"] = (_, s, f, _) =>
        {
            if (Of(s[f]).Native is DeviceTimer timer)
            {
                timer.IsDisposed = true;
                timer.Due = long.MaxValue;
            }
        };
    }

    /// <summary>A moment so many milliseconds from now, at a tick of the board's operating system.</summary>
    internal static long Until(Machine machine, int milliseconds) => milliseconds switch
    {
        -1 => long.MaxValue,
        < 0 => throw new ArgumentOutOfRangeException(),
        _ => machine.After((long)milliseconds * Machine.TicksPerMillisecond),
    };

    private static long UntilTicks(Machine machine, long ticks) => ticks is -1 or -Machine.TicksPerMillisecond
        ? long.MaxValue
        : ticks < 0 ? throw new ArgumentOutOfRangeException() : machine.After(ticks);

    private static DeviceObject Of(in Slot slot) => slot.Ref as DeviceObject ?? throw new NullReferenceException();

    private static DeviceThread Started(in Slot slot) => Of(slot).Native as DeviceThread ?? throw new DeviceTypeException();

    private static void Start(Machine machine, DeviceObject managed)
    {
        if (managed.Native is DeviceThread)
        {
            throw new ArgumentException("The thread has been started.");
        }

        DeviceThread thread = machine.NewThread(
            managed.Fields[Delegate].Ref as DeviceDelegate ?? throw new NullReferenceException(), [], managed.Fields[Id].I4);
        thread.Priority = managed.Fields[Priority].I4;
        thread.Managed = managed;
        managed.Native = thread;
        machine.Scheduler.Start(thread);
    }

    private static void Sleep(Machine machine, int milliseconds)
    {
        if (milliseconds == 0)
        {
            machine.Scheduler.Yield(toAll: true);
            return;
        }

        machine.Scheduler.Wait(new Waiting("time to pass", Until(machine, milliseconds)));
    }

    private static void Join(Machine machine, Slot[] stack, int frame, long until)
    {
        DeviceThread thread = Started(stack[frame]);
        if (thread == machine.Interpreter.Current)
        {
            throw new ArgumentException("A thread cannot wait for itself.");
        }

        Result(stack, frame, true);
        if (thread.Status != ThreadStatus.Ended)
        {
            machine.Scheduler.Wait(new Waiting($"thread {thread.Id} to end", until)
            {
                Try = () => thread.Status == ThreadStatus.Ended,
                TimedOut = () => Result(stack, frame, false),
            });
        }
    }

    private static void Abort(Machine machine, DeviceThread thread)
    {
        if (thread == machine.Interpreter.Current)
        {
            throw new ArgumentException("A thread cannot abort itself.");
        }

        if (thread.Status == ThreadStatus.Ended)
        {
            return;
        }

        thread.IsAborted = true;
        thread.Pending = machine.NewException("System.Threading.ThreadAbortException", null);
        if (thread.Status == ThreadStatus.Waiting)
        {
            machine.Scheduler.Wake(thread);
        }
    }

    private static void SetPriority(Machine machine, DeviceObject managed, int priority)
    {
        if (priority is < 0 or > Highest)
        {
            throw new ArgumentException("There is no such priority.");
        }

        managed.Fields[Priority].I4 = priority;
        if (managed.Native is DeviceThread thread)
        {
            thread.Priority = priority;
            if (priority > machine.Interpreter.Current!.Priority)
            {
                machine.Scheduler.Yield(toAll: false);
            }
        }
    }

    private static int State(DeviceThread? thread)
    {
        int state = thread?.Status switch
        {
            null => 8,
            ThreadStatus.Waiting => 32,
            ThreadStatus.Ended => 16,
            _ => 0,
        };
        return state + (thread is { IsSuspended: true } ? 64 : 0) + (thread is { IsAborted: true } ? 256 : 0);
    }

    private static DeviceObject CurrentThread(Machine machine)
    {
        DeviceThread thread = machine.Interpreter.Current!;
        if (thread.Managed is null)
        {
            DeviceObject made = machine.Heap.NewObject(machine.Own("System.Threading.Thread"));
            made.Fields[Priority].I4 = thread.Priority;
            made.Fields[Id].I4 = thread.Id;
            made.Native = thread;
            thread.Managed = made;
        }

        return thread.Managed;
    }

    private static long Milliseconds(int value) => value == -1 ? -1 : (long)value * Machine.TicksPerMillisecond;

    private static long Ticks(long value) => value is -1 or -Machine.TicksPerMillisecond ? -1 : value;

    private static void Create(Machine machine, Slot[] stack, int frame, long due, long period)
    {
        DeviceDelegate callback = stack[frame + 1].Ref as DeviceDelegate ?? throw new ArgumentNullException();
        DeviceTimer timer = new(Of(stack[frame]), callback, stack[frame + 2].Ref);
        Of(stack[frame]).Native = timer;
        Set(machine, timer, due, period);
        machine.Scheduler.Add(timer);
    }

    private static void Change(Machine machine, Slot[] stack, int frame, long due, long period)
    {
        if (Of(stack[frame]).Native is not DeviceTimer { IsDisposed: false } timer)
        {
            throw new DeviceFault(machine.NewException("System.ObjectDisposedException", null));
        }

        Set(machine, timer, due, period);
        Result(stack, frame, true);
    }

    private static void Set(Machine machine, DeviceTimer timer, long due, long period)
    {
        if (due < -1 || period < -1)
        {
            throw new ArgumentOutOfRangeException();
        }

        timer.Due = due == -1 ? long.MaxValue : machine.Ticks + due;
        timer.Period = Math.Max(0, period);
    }
}
