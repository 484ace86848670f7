using System.Text;

namespace Tiny.Emulator.Execution;

/// <summary>
/// Which thread runs: the one that has had the least, counted in quanta of 20 ms of the board's time that cost
/// lower priorities more; as the interpreter does. Time that no thread uses passes at once.
/// </summary>
internal sealed class Scheduler(Machine machine)
{
    private const int QuantumMilliseconds = 20;
    private const int SystemHighest = 5;

    // An hour of a 168 MHz board: a program that calls on beyond it is taken not to end.
    private const long MostTenths = 4_000_000_000_000;

    private readonly List<DeviceThread> ready = [];
    private readonly List<DeviceThread> waiting = [];
    private readonly List<DeviceTimer> timers = [];
    private long globalCounter;
    private int lastId;

    /// <summary>All threads that have not ended, and the timers, hold what they refer to.</summary>
    internal IEnumerable<DeviceThread> Threads => ready.Concat(waiting);

    internal IReadOnlyList<DeviceTimer> Timers => timers;

    internal DeviceThread Main { get; private set; } = null!;

    /// <summary>Set by what changes who runs: the interpreter then comes back here.</summary>
    internal bool MustYield { get; set; }

    internal int NextId() => ++lastId;

    internal DeviceThread Begin()
    {
        Main = new DeviceThread(NextId());
        ready.Add(Main);
        return Main;
    }

    internal void Start(DeviceThread thread)
    {
        Insert(thread);
        SetAlarm();
    }

    internal void Add(DeviceTimer timer)
    {
        timers.Add(timer);
        SetAlarm();
    }

    /// <summary>Drops what the last program left, after an exception went up to the host.</summary>
    internal void Reset()
    {
        foreach (DeviceThread thread in Threads)
        {
            while (thread.Depth > 0)
            {
                thread.Pop();
            }
        }

        ready.Clear();
        waiting.Clear();
        timers.Clear();
        MustYield = false;
        ready.Add(Main);
        Main.Status = ThreadStatus.Ready;
        Main.Waiting = null;
        Main.Unwindings.Clear();
        machine.Heap.ForgetFrames();
    }

    /// <summary>Runs threads until this one has no frames above the floor.</summary>
    internal void RunUntil(DeviceThread thread, int floor)
    {
        DeviceThread? outer = machine.Interpreter.Current;
        while (thread.Depth > floor)
        {
            DeviceThread next = Next();
            machine.Interpreter.Execute(next, next == thread ? floor : 0);
            Put(next);
        }

        machine.Interpreter.Current = outer;
        SetAlarm();
    }

    /// <summary>Runs what Main left behind, until no thread is ready and none waits.</summary>
    internal void RunOthers()
    {
        ready.Remove(Main);
        waiting.Remove(Main);
        while (ready.Count + waiting.Count > 0)
        {
            DeviceThread next = Next();
            machine.Interpreter.Execute(next, 0);
            Put(next);
        }
    }

    /// <summary>The running thread waits; it goes on when woken, with what the waker left for it.</summary>
    internal void Wait(Waiting what)
    {
        DeviceThread thread = machine.Interpreter.Current!;
        thread.Waiting = what;
        thread.Status = ThreadStatus.Waiting;
        MustYield = true;
    }

    /// <summary>Something was signaled: threads that wait for it try again, in the order they came.</summary>
    internal void Signal()
    {
        foreach (DeviceThread thread in waiting.ToArray())
        {
            if (thread.Waiting is { Try: not null } wait && wait.Try())
            {
                Wake(thread);
            }
        }
    }

    /// <summary>Gives up the rest of the quantum, and the turn.</summary>
    internal void Yield(bool toAll)
    {
        if (toAll)
        {
            machine.Interpreter.Current!.ExecutionCounter = globalCounter - 1;
        }

        MustYield = true;
    }

    internal void Wake(DeviceThread thread)
    {
        thread.Waiting = null;
        thread.Status = ThreadStatus.Ready;
        waiting.Remove(thread);
        Insert(thread);
    }

    /// <summary>
    /// When the running thread's branches look up: at the end of its quantum if anything else could run, else at the end of patience.
    /// </summary>
    private void SetAlarm()
    {
        bool alone = ready.Count <= 1 && waiting.Count == 0 && timers.Count == 0;
        machine.Interpreter.Alarm = alone ? MostTenths : Math.Min(MostTenths, machine.Interpreter.Tenths + QuantumTenths);
    }

    private long QuantumTenths => (long)(QuantumMilliseconds / 1000.0 / machine.Board.Seconds(0.1));

    private DeviceThread Next()
    {
        while (true)
        {
            if (machine.Interpreter.Tenths > MostTenths)
            {
                throw new EmulatorException($"The program has run {machine.Instructions:#,0} instructions and does not end.");
            }

            CheckTime();
            DeviceThread? first = ready.FirstOrDefault(thread => !thread.IsSuspended);
            if (first is not null)
            {
                ready.Remove(first);
                ready.Insert(0, first);
                first.ExecutionCounter = Math.Min(first.ExecutionCounter, globalCounter + (1 << SystemHighest) + 1)
                    - (1 << (SystemHighest - first.Priority));
                globalCounter = Math.Min(globalCounter, first.ExecutionCounter);
                SetAlarm();
                return first;
            }

            Idle();
        }
    }

    /// <summary>Timers and waits whose time has come.</summary>
    private void CheckTime()
    {
        long now = machine.Ticks;
        foreach (DeviceTimer timer in timers.ToArray())
        {
            if (timer.IsDue(now))
            {
                timer.Fire(machine, now);
            }
        }

        foreach (DeviceThread thread in waiting.ToArray())
        {
            if (thread.Waiting is Waiting wait && wait.Until <= now)
            {
                wait.TimedOut?.Invoke();
                Wake(thread);
            }
        }

        machine.Pins.RaiseEvents(now);
    }

    /// <summary>Nothing runs: the clock goes to the next moment at which something could.</summary>
    private void Idle()
    {
        long next = long.MaxValue;
        foreach (DeviceThread thread in waiting)
        {
            next = Math.Min(next, thread.Waiting?.Until ?? long.MaxValue);
        }

        foreach (DeviceTimer timer in timers)
        {
            next = Math.Min(next, timer.Due);
        }

        next = Math.Min(next, machine.Pins.NextEvent(machine.Ticks));
        if (next == long.MaxValue)
        {
            throw Main.Waiting is { IsSleep: true }
                ? new ProgramEnd() : Deadlock(); // a Main that sleeps for ever has left the rest to events, and there are no more
        }

        machine.PassTo(next);
    }

    private EmulatorException Deadlock()
    {
        StringBuilder text = new("No thread can ever run again: ");
        text.AppendJoin("; ", Threads.OrderBy(thread => thread.Id).Select(thread =>
            $"thread {thread.Id} {(thread.IsSuspended ? "is suspended" : $"waits for {thread.Waiting?.What}")}{Where(thread)}"));
        return new EmulatorException(text.Append('.').ToString());
    }

    private static string Where(DeviceThread thread)
    {
        for (int depth = thread.Depth - 1; depth >= 0; depth--)
        {
            if (thread.Frames[depth].Method?.Definition is { } method && !DeviceProgram.IsFramework(method.Module.Assembly.Name.Name))
            {
                return $" in {method.DeclaringType.Name}.{method.Name}";
            }
        }

        return "";
    }

    /// <summary>A thread that ran goes where it belongs now.</summary>
    private void Put(DeviceThread thread)
    {
        ready.Remove(thread);
        switch (thread.Status)
        {
            case ThreadStatus.Ready when thread.Depth > 0 || thread == Main:
                Insert(thread);
                break;
            case ThreadStatus.Waiting:
                waiting.Add(thread);
                break;
            default:
                thread.Status = ThreadStatus.Ended;
                thread.Ended?.Invoke();
                Signal(); // those that join it
                break;
        }
    }

    private void Insert(DeviceThread thread)
    {
        ready.Remove(thread);
        long rank = thread.Priority + thread.ExecutionCounter;
        int at = ready.FindIndex(other => other.Priority + other.ExecutionCounter < rank);
        ready.Insert(at < 0 ? ready.Count : at, thread);
    }
}
