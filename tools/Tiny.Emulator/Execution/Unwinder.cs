using Mono.Cecil.Cil;

namespace Tiny.Emulator.Execution;

/// <summary>
/// Exceptions as nanoFramework's interpreter treats them, step by step: first a handler is looked for through all
/// frames, filters run on a copy of their frame, then finally blocks run, then the handler.
/// </summary>
/// <remarks>One file, though long: the phases hand one unwinding on to each other and are read together.</remarks>
internal sealed class Unwinder(Machine machine)
{
    private const int DeepestUnwindings = 6;

    /// <summary>What was thrown last and found no handler.</summary>
    internal DeviceObject? LastThrown { get; private set; }

    /// <summary>Begins to unwind, or goes on; afterward the thread's innermost frame says what runs next.</summary>
    /// <returns>False if there is no handler down to the frame <paramref name="floor"/>; those above it are gone.</returns>
    internal bool Raise(DeviceThread thread, DeviceObject? thrown, int floor)
    {
        Unwinding? unwinding = thread.Unwindings.Count > 0 ? thread.Unwindings[^1] : null;
        if (unwinding is { Continues: true })
        {
            unwinding.Continues = false;
        }
        else
        {
            unwinding = Begin(thread);
            unwinding.Exception = thrown;
            unwinding.Frame = thread.Top;
            thread.Top.Pc--; // back to the instruction that threw
        }

        if (unwinding.Phase == UnwindPhase.SearchingForHandler && Search(thread, unwinding, floor))
        {
            return true;
        }

        return Unwind(thread, unwinding, floor);
    }

    /// <summary>A leave: to its target by way of the finally blocks that it passes. Returns where to go on.</summary>
    internal int Leave(DeviceThread thread, Frame frame, int at, int target)
    {
        Forget(thread, frame, target);
        Handler? left = FindFinally(frame, at, target);
        if (left is null)
        {
            return target;
        }

        Unwinding unwinding = Begin(thread);
        unwinding.Frame = frame;
        unwinding.At = target;
        unwinding.BlockStart = left.Start;
        unwinding.BlockEnd = left.End;
        unwinding.Phase = UnwindPhase.Leaving;
        return left.Start;
    }

    /// <summary>The end of a finally block.</summary>
    internal bool EndFinally(DeviceThread thread, int floor)
    {
        Frame frame = thread.Top;
        if (thread.Unwindings.Count == 0)
        {
            throw HardFault("a finally block ends that nothing entered");
        }

        Unwinding unwinding = thread.Unwindings[^1];
        if (unwinding.At == Unwinding.None)
        {
            if (unwinding.Exception is null)
            {
                return true;
            }

            unwinding.Continues = true;
            frame.Pc--; // within the block around this one, even where nothing of it follows
            return Raise(thread, null, floor);
        }

        Handler? next = FindFinally(frame, frame.Pc - 1, unwinding.At);
        if (next is null)
        {
            thread.Unwindings.RemoveAt(thread.Unwindings.Count - 1);
            frame.Pc = unwinding.At;
        }
        else
        {
            unwinding.Frame = frame;
            unwinding.Exception = null;
            unwinding.BlockStart = next.Start;
            unwinding.BlockEnd = next.End;
            unwinding.Phase = UnwindPhase.Leaving;
            frame.Pc = next.Start;
        }

        return true;
    }

    /// <summary>The end of a filter, whose frame's copy goes.</summary>
    internal bool EndFilter(DeviceThread thread, bool takesIt, int floor)
    {
        Frame copy = thread.Top;
        Unwinding unwinding = thread.Unwindings[^1];
        CopyVariables(copy, unwinding.HandlerFrame!);
        unwinding.Frame = null;
        Pop(thread);
        if (takesIt)
        {
            unwinding.Phase = UnwindPhase.RunningFinallys;
        }
        else
        {
            unwinding.At = unwinding.BlockStart;
        }

        unwinding.Continues = true;
        return Raise(thread, null, floor);
    }

    /// <summary>The exception that a rethrow throws again.</summary>
    internal DeviceObject Rethrown(DeviceThread thread)
    {
        Unwinding? unwinding = thread.Unwindings.Count > 0 ? thread.Unwindings[^1] : null;
        if (unwinding?.Exception is not DeviceObject exception)
        {
            throw HardFault("rethrow without an exception");
        }

        thread.Unwindings.RemoveAt(thread.Unwindings.Count - 1);
        return exception;
    }

    internal static DeviceProgramException HardFault(string what) => new("hard fault", what);

    private static Unwinding Begin(DeviceThread thread)
    {
        if (thread.Unwindings.Count == DeepestUnwindings)
        {
            thread.Unwindings.RemoveAt(0); // the interpreter, too, forgets the oldest
        }

        Unwinding unwinding = new();
        thread.Unwindings.Add(unwinding);
        return unwinding;
    }

    /// <summary>What is left behind by going to <paramref name="target"/>.</summary>
    private static void Forget(DeviceThread thread, Frame frame, int target)
    {
        List<Unwinding> unwindings = thread.Unwindings;
        if (unwindings.Count == 0 || unwindings[^1].Frame != frame)
        {
            return;
        }

        while (unwindings.Count > 0)
        {
            Unwinding last = unwindings[^1];
            if (last.BlockStart <= target && target < last.BlockEnd)
            {
                break;
            }

            unwindings.RemoveAt(unwindings.Count - 1);
        }
    }

    /// <summary>Looks for a handler, outwards. True where a filter runs first.</summary>
    private bool Search(DeviceThread thread, Unwinding unwinding, int floor)
    {
        int depth = unwinding.HandlerFrame is null
            ? thread.Depth - 1 : Array.IndexOf(thread.Frames, unwinding.HandlerFrame, 0, thread.Depth);
        for (; depth >= floor; depth--)
        {
            Frame frame = thread.Frames[depth];
            int at = frame.Pc;
            if (unwinding.At != Unwinding.None)
            {
                at = unwinding.At;
                unwinding.At = Unwinding.None;
            }

            Handler? found = frame.Method is null ? null : FindHandler(frame.Method, at, unwinding.Exception);
            if (found is not null)
            {
                unwinding.HandlerStart = found.Start;
                unwinding.HandlerEnd = found.End;
                unwinding.HandlerFrame = frame;
                if (found.Type != ExceptionHandlerType.Filter)
                {
                    unwinding.Phase = UnwindPhase.RunningFinallys;
                    return false;
                }

                RunFilter(thread, unwinding, frame, found);
                return true;
            }

            if (frame.IsFilter)
            {
                break;
            }
        }

        unwinding.HandlerFrame = null;
        unwinding.Phase = UnwindPhase.RunningFinallys;
        return false;
    }

    private void RunFilter(DeviceThread thread, Unwinding unwinding, Frame frame, Handler filter)
    {
        DeviceMethod method = frame.Method!;
        unwinding.BlockStart = filter.FilterStart;
        unwinding.BlockEnd = filter.Start;
        Frame top = thread.Top;
        machine.Interpreter.Tenths += machine.Costs.Filter;
        int free = top.Method is null ? top.Sp : top.EvaluationStart + top.Method.MaxStack + Interpreter.Spare;
        Frame copy = thread.Push(top.Slots, free, 0, method.Arguments + method.Locals + method.MaxStack + Interpreter.Spare);
        machine.Heap.TakeFrame(method.FrameBytes);
        copy.Method = method;
        copy.IsInlined = false;
        copy.IsFilter = true;
        copy.Entered = machine.Interpreter.Tenths;
        CopyVariables(frame, copy);
        copy.Pc = filter.FilterStart;
        copy.Sp = copy.EvaluationStart;
        copy.Slots[copy.Sp++].Ref = unwinding.Exception;
        unwinding.Frame = copy;
    }

    private static void CopyVariables(Frame from, Frame to) =>
        Array.Copy(from.Slots, from.Base, to.Slots, to.Base, from.Method!.Arguments + from.Method.Locals);

    /// <summary>Runs finally blocks, inwards to outwards, then the handler; drops the frames that are left.</summary>
    private bool Unwind(DeviceThread thread, Unwinding unwinding, int floor)
    {
        while (thread.Depth > floor)
        {
            Frame frame = thread.Top;
            if (frame.Method is { Handlers.Length: > 0 })
            {
                bool isHandlers = unwinding.HandlerFrame == frame;
                Handler? block = FindFinally(frame, frame.Pc, isHandlers ? unwinding.HandlerStart : Unwinding.None);
                if (block is not null)
                {
                    unwinding.Frame = frame;
                    unwinding.At = Unwinding.None;
                    unwinding.BlockStart = block.Start;
                    unwinding.BlockEnd = block.End;
                    unwinding.Phase = UnwindPhase.RunningFinallys;
                    machine.Interpreter.Tenths += machine.Costs.FinallyBlock;
                    Enter(frame, block.Start);
                    return true;
                }

                if (isHandlers)
                {
                    unwinding.BlockStart = unwinding.HandlerStart;
                    unwinding.BlockEnd = unwinding.HandlerEnd;
                    unwinding.Frame = frame;
                    unwinding.Phase = UnwindPhase.RunningHandler;
                    Enter(frame, unwinding.HandlerStart);
                    frame.Slots[frame.Sp].Ref = unwinding.Exception;
                    frame.Sp++;
                    return true;
                }
            }

            if (frame.IsFilter)
            {
                return SwallowInFilter(thread, frame, floor);
            }

            unwinding.Frame = null;
            machine.Interpreter.Tenths += machine.Costs.UnwoundFrame;
            Pop(thread);
        }

        LastThrown = unwinding.Exception;
        thread.Unwindings.Clear();
        return false;
    }

    /// <summary>A filter threw and caught nothing: it counts as false, and the search for the first exception goes on.</summary>
    private bool SwallowInFilter(DeviceThread thread, Frame copy, int floor)
    {
        thread.Unwindings.RemoveAt(thread.Unwindings.Count - 1);
        Unwinding first = thread.Unwindings[^1];
        CopyVariables(copy, first.HandlerFrame!);
        first.At = first.BlockStart;
        first.Frame = null;
        Pop(thread);
        first.Continues = true;
        return Raise(thread, null, floor);
    }

    private static void Enter(Frame frame, int at)
    {
        frame.Pc = at;
        frame.Sp = frame.EvaluationStart;
    }

    private void Pop(DeviceThread thread)
    {
        Frame frame = thread.Top;
        if (!frame.IsInlined)
        {
            machine.Heap.ReleaseFrame(frame.Method?.FrameBytes ?? 0);
        }

        thread.Pop();
    }

    private Handler? FindHandler(DeviceMethod method, int from, DeviceObject? thrown)
    {
        foreach (Handler handler in method.Handlers)
        {
            if (handler.FilterStart >= 0 && handler.FilterStart <= from && from < handler.Start)
            {
                from = handler.TryStart; // within this one's filter: on with the handlers behind it
            }
            else if (handler.Protects(from))
            {
                if (handler.Type == ExceptionHandlerType.Filter)
                {
                    return handler;
                }

                if (handler.Type == ExceptionHandlerType.Catch)
                {
                    if (thrown is not null && machine.Types.IsInstance(thrown, handler.CatchType!))
                    {
                        return handler;
                    }

                    machine.Interpreter.Tenths += machine.Costs.ClausePassed;
                }
            }
        }

        return null;
    }

    /// <summary>The first finally block that is left by going from one instruction to another of the frame, or out of it.</summary>
    private static Handler? FindFinally(Frame frame, int from, int to)
    {
        foreach (Handler handler in frame.Method!.Handlers)
        {
            if (handler.FilterStart >= 0 && handler.FilterStart <= from && from < handler.Start)
            {
                from = handler.TryStart;
            }
            else if (handler.Type is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault && handler.Protects(from)
                && (to == Unwinding.None || !handler.Protects(to)))
            {
                return handler;
            }
        }

        return null;
    }
}
