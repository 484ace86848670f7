namespace Tiny.Emulator.Execution;

/// <summary>Frames that come and go, and delegates.</summary>
internal sealed partial class Interpreter
{
    /// <summary>
    /// Begins a method whose arguments stand from <paramref name="first"/> on;
    /// <paramref name="within"/> the caller's frame or in one of its own.
    /// </summary>
    internal Frame Push(DeviceThread thread, DeviceMethod method, Slot[] slots, int first, bool within)
    {
        int variables = method.Arguments + method.Locals;
        Frame frame = thread.Push(slots, first, method.Arguments, variables + method.MaxStack + Spare);
        frame.Method = method;
        frame.IsInlined = within;
        frame.Entered = Tenths;
        frame.Sp = frame.Base + variables;
        if (method.Locals > 0)
        {
            Array.Clear(frame.Slots, frame.Base + method.Arguments, method.Locals);
            foreach ((int local, Mono.Cecil.TypeDefinition type) in method.StructLocals)
            {
                frame.Slots[frame.Base + local].Ref = machine.Heap.NewStruct(type);
            }
        }

        if (!within)
        {
            machine.Heap.TakeFrame(method.FrameBytes);
        }

        return frame;
    }

    /// <summary>A frame has returned.</summary>
    private void Leave(DeviceThread thread, Frame frame)
    {
        if (!frame.IsInlined)
        {
            machine.Heap.ReleaseFrame(frame.Method!.FrameBytes);
        }

        long taken = Tenths - frame.Entered;
        frame.Method!.Calls++;
        frame.Method.OwnTenths += taken - frame.Children;
        thread.Pop();
        if (thread.Depth > 0)
        {
            thread.Top.Children += taken;
        }
    }

    /// <summary>After unwinding: an exception that nothing took leaves through the host or ends the thread.</summary>
    private void Go(DeviceThread thread, bool goesOn, int floor)
    {
        if (!goesOn)
        {
            Uncaught(thread, machine.Unwinder.LastThrown!, floor);
        }
    }

    /// <summary>Calls a delegate that stands below its arguments.</summary>
    private void Invoke(DeviceThread thread, Frame frame, Callee site, int sp)
    {
        int first = sp - site.Arguments;
        DeviceDelegate called = frame.Slots[first].Ref as DeviceDelegate ?? throw new NullReferenceException();
        if (called.List is null)
        {
            frame.Sp = first;
            BeginDelegate(thread, called, frame.Slots, first, site.Arguments - 1);
            return;
        }

        frame.Sp = first;
        Frame loop = thread.Push(frame.Slots, first, site.Arguments, 2 * site.Arguments + Spare + 8);
        loop.Method = null;
        loop.IsInlined = true; // its memory is not charged
        loop.Delegates = called.List;
        loop.NextDelegate = 0;
        loop.DelegateArguments = site.Arguments - 1;
        loop.Entered = Tenths;
        loop.Sp = loop.Base + site.Arguments;
    }

    /// <summary>
    /// The next of several delegates; false when all have been called and the frame is gone, the last one's result in place.
    /// </summary>
    private bool StepDelegates(DeviceThread thread, Frame loop)
    {
        int arguments = loop.DelegateArguments;
        int first = loop.Base + arguments + 1;
        if (loop.NextDelegate == loop.Delegates!.Length)
        {
            bool returned = loop.Sp > first;
            if (returned)
            {
                loop.CallersSlots[loop.Result] = loop.Slots[first];
            }

            thread.Pop();
            if (returned && thread.Depth > 0)
            {
                thread.Top.Sp++;
            }

            return false;
        }

        Array.Copy(loop.Slots, loop.Base + 1, loop.Slots, first + 1, arguments);
        loop.Sp = first;
        BeginDelegate(thread, loop.Delegates[loop.NextDelegate++], loop.Slots, first, arguments);
        return true;
    }

    /// <summary>Begins the method of one delegate; the place below the arguments is the target's, or unused.</summary>
    private void BeginDelegate(DeviceThread thread, DeviceDelegate called, Slot[] slots, int first, int arguments)
    {
        Mono.Cecil.MethodDefinition target = called.Method!;
        if (target.HasThis)
        {
            slots[first].Ref = called.Target;
        }
        else
        {
            Array.Copy(slots, first + 1, slots, first, arguments);
        }

        if (machine.HasBody(target))
        {
            DeviceMethod method = machine.Decoded(target);
            Tenths += method.LocalsCost;
            Push(thread, method, slots, first, within: false);
            return;
        }

        machine.Calls.Native(target)(machine, slots, first, first + arguments + (target.HasThis ? 1 : 0));
        if (target.ReturnType.MetadataType != Mono.Cecil.MetadataType.Void)
        {
            thread.Top.Sp++;
        }
    }
}
