using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>Events, monitors and Interlocked.</summary>
internal static class WaitNatives
{
    private const string Names = "System.Threading.";
    private const int TimedOut = 258;
    private const int MostHandles = 64;

    /// <summary>An event's state.</summary>
    private sealed class Signal(bool resetsItself, bool isSet)
    {
        internal bool IsSet { get; set; } = isSet;

        internal bool ResetsItself { get; } = resetsItself;
    }

    /// <summary>Who holds an object's lock, and how often; those who want it, in the order they came.</summary>
    internal sealed class Lock
    {
        internal DeviceThread? Owner { get; set; }

        internal int Depth { get; set; }

        internal Queue<DeviceThread> Wanting { get; } = new();
    }

    internal static void AddTo(Dictionary<string, Native> table)
    {
        foreach (string type in new[] { "AutoResetEvent", "ManualResetEvent" })
        {
            bool resets = type == "AutoResetEvent";
            table[$"{Names}{type}..ctor(System.Boolean)"] = (_, s, f, _) => Of(s[f]).Native = new Signal(resets, s[f + 1].I4 != 0);
            table[$"{Names}{type}.Reset()"] = (_, s, f, _) =>
            {
                SignalOf(s[f]).IsSet = false;
                Result(s, f, true);
            };
            table[$"{Names}{type}.Set()"] = (m, s, f, _) =>
            {
                SignalOf(s[f]).IsSet = true;
                m.Scheduler.Signal();
                Result(s, f, true);
            };
        }

        table[Names + "WaitHandle.WaitOne(System.Int32,System.Boolean)"] = (m, s, f, _) =>
            Wait(m, s, f, [SignalOf(s[f])], s[f + 1].I4, all: false, index => index < 0 ? 0 : 1);
        table[Names + "WaitHandle.WaitMultiple(System.Threading.WaitHandle[],System.Int32,System.Boolean,System.Boolean)"] = (m, s, f, _) =>
        {
            object?[] handles = (s[f].Ref as DeviceArray ?? throw new NullReferenceException()).Items;
            Signal[] signals = handles.Length > MostHandles
                ? throw new ArgumentException("Too many handles.")
                : Array.ConvertAll(handles, handle => SignalOf(new Slot { Ref = handle }));
            Wait(m, s, f, signals, s[f + 1].I4, s[f + 3].I4 != 0, index => index < 0 ? TimedOut : index);
        };
        table[Names + "Monitor.Enter(System.Object)"] = (m, s, f, _) => Enter(m, s[f].Ref ?? throw new ArgumentNullException());
        table[Names + "Monitor.Exit(System.Object)"] = (m, s, f, _) => Exit(m, s[f].Ref ?? throw new ArgumentNullException());

        table[Names + "Interlocked.Increment(System.Int32&)"] = (_, s, f, _) => Result(s, f, Swap(s[f], value => value + 1).New);
        table[Names + "Interlocked.Decrement(System.Int32&)"] = (_, s, f, _) => Result(s, f, Swap(s[f], value => value - 1).New);
        table[Names + "Interlocked.Exchange(System.Int32&,System.Int32)"] = (_, s, f, _) =>
        {
            int given = s[f + 1].I4;
            Result(s, f, Swap(s[f], _ => given).Old);
        };
        table[Names + "Interlocked.CompareExchange(System.Int32&,System.Int32,System.Int32)"] = (_, s, f, _) =>
        {
            int given = s[f + 1].I4;
            int expected = s[f + 2].I4;
            Result(s, f, Swap(s[f], value => value == expected ? given : value).Old);
        };
    }

    /// <summary>Sets an event from outside the program.</summary>
    private static DeviceObject Of(in Slot slot) => slot.Ref as DeviceObject ?? throw new NullReferenceException();

    private static Signal SignalOf(in Slot slot) => Of(slot).Native as Signal ?? throw new DeviceTypeException();

    private static (int Old, int New) Swap(in Slot pointer, Func<int, int> change)
    {
        Reference place = pointer.Ref as Reference ?? throw new NullReferenceException();
        int old = place.Load().I4;
        int made = change(old);
        place.Store(new Slot { I8 = made });
        return (old, made);
    }

    private static void Wait(Machine machine, Slot[] stack, int frame, Signal[] signals, int milliseconds, bool all, Func<int, int> result)
    {
        long until = ThreadNatives.Until(machine, milliseconds);
        bool Try()
        {
            int index = Take(signals, all);
            if (index < 0)
            {
                return false;
            }

            Result(stack, frame, result(index));
            return true;
        }

        if (!Try())
        {
            machine.Scheduler.Wait(new Waiting(
                signals.Length == 1 ? "an event" : $"{(all ? "all" : "one")} of {signals.Length} events", until)
            {
                Try = Try,
                TimedOut = () => Result(stack, frame, result(-1)),
            });
        }
    }

    /// <summary>Which is set, 0 where all had to be; -1 if it has to wait.</summary>
    private static int Take(Signal[] signals, bool all)
    {
        int first = Array.FindIndex(signals, signal => signal.IsSet);
        if (first < 0 || (all && !signals.All(signal => signal.IsSet)))
        {
            return -1;
        }

        foreach (Signal signal in all ? signals : [signals[first]])
        {
            signal.IsSet &= !signal.ResetsItself;
        }

        return all ? 0 : first;
    }

    private static void Enter(Machine machine, object value)
    {
        DeviceThread thread = machine.Interpreter.Current!;
        Lock held = machine.LockOf(value);
        if (held.Owner is null || held.Owner == thread)
        {
            held.Owner = thread;
            held.Depth++;
            return;
        }

        held.Wanting.Enqueue(thread);
        machine.Scheduler.Wait(new Waiting(
            $"a lock that thread {held.Owner.Id} holds", long.MaxValue)
        { Try = () => held.Owner == thread });
    }

    private static void Exit(Machine machine, object value)
    {
        Lock held = machine.LockOf(value);
        if (held.Owner != machine.Interpreter.Current)
        {
            throw new DeviceTypeException();
        }

        if (--held.Depth > 0)
        {
            return;
        }

        held.Owner = null;
        if (held.Wanting.TryDequeue(out DeviceThread? next))
        {
            held.Owner = next;
            held.Depth = 1;
            machine.Scheduler.Signal();
        }
        else
        {
            machine.ForgetLock(value);
        }
    }
}
