using System.Diagnostics;
using Mono.Cecil.Cil;
using Tiny.Emulator.Flash;

namespace Tiny.Emulator.Execution;

/// <summary>How exceptions find their handlers, and finally blocks are run.</summary>
internal sealed partial class Interpreter
{
    /// <summary>Runs a method with handlers: what is thrown in it or below it looks for one here.</summary>
    private void Guarded(DeviceMethod method, int frame, int sp, ref int pc)
    {
        int calls = depth;
        DeviceObject? current = null;
        while (true)
        {
            try
            {
                if (current is not null)
                {
                    stack[sp].Ref = current;
                    Loop(method, frame, sp + 1, ref pc, current);
                }
                else
                {
                    Loop(method, frame, sp, ref pc);
                }

                return;
            }
            catch (Exception error) when (error is not EmulatorException and not UnreachableException and not ProgramEnd and not PowerCutException)
            {
                depth = calls;
                current = machine.ToDevice(error);
                int handler = FindHandler(method, frame, sp, pc - 1, current);
                if (handler < 0)
                {
                    throw new DeviceFault(current);
                }

                pc = handler;
            }
        }
    }

    /// <summary>Runs the finally blocks on the way and returns the start of the handler that takes the exception, or -1.</summary>
    private int FindHandler(DeviceMethod method, int frame, int sp, int at, DeviceObject thrown)
    {
        foreach (Handler handler in method.Handlers)
        {
            if (at < handler.TryStart || at >= handler.TryEnd)
            {
                continue;
            }

            switch (handler.Type)
            {
                case ExceptionHandlerType.Catch:
                    if (machine.Types.IsInstance(thrown, handler.CatchType!))
                    {
                        return handler.Start;
                    }

                    break;
                case ExceptionHandlerType.Filter:
                    int filter = handler.FilterStart;
                    stack[sp].Ref = thrown;
                    Loop(method, frame, sp + 1, ref filter, thrown);
                    if (stack[sp].I4 != 0)
                    {
                        return handler.Start;
                    }

                    break;
                default:
                    int block = handler.Start;
                    Loop(method, frame, sp, ref block);
                    break;
            }
        }

        return -1;
    }

    /// <summary>The finally blocks that a leave passes, innermost first.</summary>
    private void RunFinallyBlocks(DeviceMethod method, int frame, int sp, int from, int to)
    {
        foreach (Handler handler in method.Handlers)
        {
            bool leaves = from >= handler.TryStart && from < handler.TryEnd && (to < handler.TryStart || to >= handler.TryEnd);
            if (leaves && handler.Type is ExceptionHandlerType.Finally)
            {
                int block = handler.Start;
                Loop(method, frame, sp, ref block);
            }
        }
    }
}
