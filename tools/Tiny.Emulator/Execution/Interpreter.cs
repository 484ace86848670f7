using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>
/// Runs decoded methods. A frame's arguments lie where the caller pushed them, then come its
/// locals, then its evaluation stack. Every instruction is charged as it begins.
/// </summary>
/// <remarks>
/// One file, though long: it is one loop over one switch, with a case for each operation, and
/// a call out of it would cost more than most operations.
/// </remarks>
internal sealed partial class Interpreter(Machine machine)
{
    /// <summary>
    /// Slots behind a method's deepest stack that calls need: a new object stands below the constructor's arguments and as its this.
    /// </summary>
    internal const int Spare = 4;

    private long tenths;
    private long opcodes;

    /// <summary>Instructions charged, in tenths.</summary>
    internal long Tenths
    {
        get => tenths;
        set => tenths = value;
    }

    /// <summary>IL opcodes run.</summary>
    internal long Opcodes => opcodes;

    /// <summary>Tenths at which branches come back to the scheduler.</summary>
    internal long Alarm { get; set; }

    /// <summary>The thread that runs.</summary>
    internal DeviceThread? Current { get; set; }

    /// <summary>Runs a thread until it is down to <paramref name="floor"/> frames, or has to give way.</summary>
    /// <exception cref="DeviceFault">Something was thrown and not caught above the floor.</exception>
    internal void Execute(DeviceThread thread, int floor)
    {
        Current = thread;
        while (thread.Depth > floor)
        {
            try
            {
                if (thread.Pending is DeviceObject injected)
                {
                    thread.Pending = null;
                    thread.Top.Pc++;
                    throw new DeviceFault(injected);
                }

                Loop(thread, floor);
                return;
            }
            catch (Exception error) when (Machine.IsDevices(error))
            {
                if (thread.Depth <= floor)
                {
                    throw;
                }

                DeviceObject thrown = machine.ToDevice(error);
                tenths += machine.Costs.Throwing + (error is DeviceFault
                    ? 0 : machine.Costs.MadeException
                    - (thrown.Type.FullName == "System.Exception" ? 2 * machine.Costs.ExceptionLevel : 0));
                if (!machine.Unwinder.Raise(thread, thrown, floor))
                {
                    Uncaught(thread, thrown, floor);
                }
            }
        }
    }

    /// <summary>
    /// Nothing caught it: the host learns of it where the host called, else the thread ends, as a thread does on the device.
    /// </summary>
    private void Uncaught(DeviceThread thread, DeviceObject thrown, int floor)
    {
        if (floor > 0 || thread == machine.Scheduler.Main)
        {
            throw new DeviceFault(thrown);
        }

        thread.Status = ThreadStatus.Ended;
    }

    private static object NotNull(object? reference) => reference ?? throw new NullReferenceException();

    /// <summary>Where the fields of an object, or of a struct that a pointer leads to, are.</summary>
    private static Slot[] FieldsOf(object? target) => target switch
    {
        DeviceObject instance => instance.Fields,
        Reference pointer => FieldsOf(pointer.Load().Ref),
        null => throw new NullReferenceException(),
        _ => throw new EmulatorException($"Fields of {target.GetType().Name} are the firmware's own and not emulated."),
    };

    private static Reference Pointer(in Slot slot) => slot.Ref as Reference ?? throw new NullReferenceException();

    private static object? Copy(object? value) => value is DeviceObject { Type.IsValueType: true } contents ? contents.CopyStruct() : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Slot At(ref Slot start, int index) => ref Unsafe.Add(ref start, index);

    /// <summary>Goes on with the thread's innermost frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Loop(DeviceThread thread, int floor)
    {
        Frame frame;
        Instruction[] code;
        int pc;
        int sp;
        int f;
        long alarm = Alarm;
        bool taken;

    Resume:
        frame = thread.Top;
        if (frame.Method is null)
        {
            if (!StepDelegates(thread, frame))
            {
                goto Popped;
            }

            goto Resume;
        }

        code = frame.Method.Code;
        pc = frame.Pc;
        sp = frame.Sp;
        f = frame.Base;
        ref Slot b = ref MemoryMarshal.GetArrayDataReference(frame.Slots);
        while (true)
        {
            ref Instruction op = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(code), pc++);
            tenths += op.Cost;
            opcodes++;
            switch (op.Operation)
            {
                case Operation.Nop:
                    break;
                case Operation.Pop:
                    sp--;
                    break;
                case Operation.Dup:
                    At(ref b, sp) = At(ref b, sp - 1);
                    sp++;
                    break;
                case Operation.LoadI4:
                    At(ref b, sp).I4 = op.A;
                    At(ref b, sp).Ref = null;
                    sp++;
                    break;
                case Operation.LoadBits:
                    At(ref b, sp).I8 = op.Bits;
                    At(ref b, sp).Ref = null;
                    sp++;
                    break;
                case Operation.LoadNull:
                    At(ref b, sp++).Ref = null;
                    break;
                case Operation.LoadString:
                    frame.Pc = pc;
                    frame.Sp = sp;
                    At(ref b, sp++).Ref = machine.Heap.Literal((string)op.Operand!);
                    break;
                case Operation.LoadNumber:
                    At(ref b, sp).I8 = At(ref b, f + op.A).I8;
                    At(ref b, sp).Ref = null;
                    sp++;
                    break;
                case Operation.LoadUnsigned:
                    At(ref b, sp).I8 = At(ref b, f + op.A).I8;
                    At(ref b, sp).Ref = Slot.Unsigned;
                    sp++;
                    break;
                case Operation.LoadSmall:
                    At(ref b, sp).I4 = Promotion.Narrow(At(ref b, f + op.A).I4, op.Storage);
                    At(ref b, sp).Ref = null;
                    sp++;
                    break;
                case Operation.LoadPushed:
                    At(ref b, sp).I8 = At(ref b, f + op.A).I8;
                    if (At(ref b, f + op.A).Ref is null)
                    {
                        At(ref b, sp).Ref = null;
                    }
                    else
                    {
                        At(ref b, sp).Ref = Slot.Unsigned;
                    }

                    sp++;
                    break;
                case Operation.LoadRef:
                    At(ref b, sp++).Ref = At(ref b, f + op.A).Ref;
                    break;
                case Operation.LoadStruct:
                    frame.Pc = pc;
                    frame.Sp = sp;
                    At(ref b, sp).Ref = machine.Heap.Clone(At(ref b, f + op.A).Ref);
                    sp++;
                    break;
                case Operation.StoreNumber:
                    At(ref b, f + op.A).I8 = At(ref b, --sp).I8;
                    break;
                case Operation.StoreRef:
                    At(ref b, f + op.A).Ref = At(ref b, --sp).Ref;
                    break;
                case Operation.Address:
                    At(ref b, sp++).Ref = new SlotReference(frame.Slots, f + op.A, op.Storage);
                    break;
                case Operation.LoadElementI1:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is not null && into.Ref.GetType() == typeof(sbyte[])
                            && (uint)At(ref b, sp).I4 < (uint)Unsafe.As<sbyte[]>(into.Ref).Length)
                        {
                            into.I4 = Unsafe.As<sbyte[]>(into.Ref)[At(ref b, sp).I4];
                            into.Ref = null;
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.LoadElementU1:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is not null && into.Ref.GetType() == typeof(byte[])
                            && (uint)At(ref b, sp).I4 < (uint)Unsafe.As<byte[]>(into.Ref).Length)
                        {
                            into.I4 = Unsafe.As<byte[]>(into.Ref)[At(ref b, sp).I4];
                            into.Ref = null;
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.LoadElementI2:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is not null && into.Ref.GetType() == typeof(short[])
                            && (uint)At(ref b, sp).I4 < (uint)Unsafe.As<short[]>(into.Ref).Length)
                        {
                            into.I4 = Unsafe.As<short[]>(into.Ref)[At(ref b, sp).I4];
                            into.Ref = null;
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.LoadElementU2:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is not null && into.Ref.GetType() == typeof(ushort[])
                            && (uint)At(ref b, sp).I4 < (uint)Unsafe.As<ushort[]>(into.Ref).Length)
                        {
                            into.I4 = Unsafe.As<ushort[]>(into.Ref)[At(ref b, sp).I4];
                            into.Ref = null;
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.LoadElementI4:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is not null && into.Ref.GetType() == typeof(int[])
                            && (uint)At(ref b, sp).I4 < (uint)Unsafe.As<int[]>(into.Ref).Length)
                        {
                            into.I4 = Unsafe.As<int[]>(into.Ref)[At(ref b, sp).I4];
                            into.Ref = null;
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.LoadElementI8:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is not null && into.Ref.GetType() == typeof(long[])
                            && (uint)At(ref b, sp).I4 < (uint)Unsafe.As<long[]>(into.Ref).Length)
                        {
                            into.I8 = Unsafe.As<long[]>(into.Ref)[At(ref b, sp).I4];
                            into.Ref = null;
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.LoadElementR4:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is not null && into.Ref.GetType() == typeof(float[])
                            && (uint)At(ref b, sp).I4 < (uint)Unsafe.As<float[]>(into.Ref).Length)
                        {
                            into.R4 = Unsafe.As<float[]>(into.Ref)[At(ref b, sp).I4];
                            into.Ref = null;
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.LoadElementR8:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is not null && into.Ref.GetType() == typeof(double[])
                            && (uint)At(ref b, sp).I4 < (uint)Unsafe.As<double[]>(into.Ref).Length)
                        {
                            into.R8 = Unsafe.As<double[]>(into.Ref)[At(ref b, sp).I4];
                            into.Ref = null;
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.StoreElementI1:
                    {
                        sp -= 3;
                        object? array = At(ref b, sp).Ref;
                        if (array is not null && array.GetType() == typeof(byte[])
                            && (uint)At(ref b, sp + 1).I4 < (uint)Unsafe.As<byte[]>(array).Length)
                        {
                            Unsafe.As<byte[]>(array)[At(ref b, sp + 1).I4] = (byte)At(ref b, sp + 2).I4;
                            break;
                        }

                        frame.Pc = pc;
                        Elements.Store(NotNull(array), At(ref b, sp + 1).I4, At(ref b, sp + 2), 1);
                        break;
                    }
                case Operation.StoreElementI2:
                    {
                        sp -= 3;
                        object? array = At(ref b, sp).Ref;
                        if (array is not null && array.GetType() == typeof(short[])
                            && (uint)At(ref b, sp + 1).I4 < (uint)Unsafe.As<short[]>(array).Length)
                        {
                            Unsafe.As<short[]>(array)[At(ref b, sp + 1).I4] = (short)At(ref b, sp + 2).I4;
                            break;
                        }

                        frame.Pc = pc;
                        Elements.Store(NotNull(array), At(ref b, sp + 1).I4, At(ref b, sp + 2), 2);
                        break;
                    }
                case Operation.StoreElementI4:
                    {
                        sp -= 3;
                        object? array = At(ref b, sp).Ref;
                        if (array is not null && array.GetType() == typeof(int[])
                            && (uint)At(ref b, sp + 1).I4 < (uint)Unsafe.As<int[]>(array).Length)
                        {
                            Unsafe.As<int[]>(array)[At(ref b, sp + 1).I4] = At(ref b, sp + 2).I4;
                            break;
                        }

                        frame.Pc = pc;
                        Elements.Store(NotNull(array), At(ref b, sp + 1).I4, At(ref b, sp + 2), 4);
                        break;
                    }
                case Operation.StoreElementI8:
                    {
                        sp -= 3;
                        object? array = At(ref b, sp).Ref;
                        if (array is not null && array.GetType() == typeof(long[])
                            && (uint)At(ref b, sp + 1).I4 < (uint)Unsafe.As<long[]>(array).Length)
                        {
                            Unsafe.As<long[]>(array)[At(ref b, sp + 1).I4] = At(ref b, sp + 2).I8;
                            break;
                        }

                        frame.Pc = pc;
                        Elements.Store(NotNull(array), At(ref b, sp + 1).I4, At(ref b, sp + 2), 8);
                        break;
                    }
                case Operation.StoreElementR4:
                    {
                        sp -= 3;
                        object? array = At(ref b, sp).Ref;
                        if (array is not null && array.GetType() == typeof(float[])
                            && (uint)At(ref b, sp + 1).I4 < (uint)Unsafe.As<float[]>(array).Length)
                        {
                            Unsafe.As<float[]>(array)[At(ref b, sp + 1).I4] = At(ref b, sp + 2).R4;
                            break;
                        }

                        frame.Pc = pc;
                        Elements.Store(NotNull(array), At(ref b, sp + 1).I4, At(ref b, sp + 2), 4);
                        break;
                    }
                case Operation.StoreElementR8:
                    {
                        sp -= 3;
                        object? array = At(ref b, sp).Ref;
                        if (array is not null && array.GetType() == typeof(double[])
                            && (uint)At(ref b, sp + 1).I4 < (uint)Unsafe.As<double[]>(array).Length)
                        {
                            Unsafe.As<double[]>(array)[At(ref b, sp + 1).I4] = At(ref b, sp + 2).R8;
                            break;
                        }

                        frame.Pc = pc;
                        Elements.Store(NotNull(array), At(ref b, sp + 1).I4, At(ref b, sp + 2), 8);
                        break;
                    }
                case Operation.StoreElementRef or Operation.StoreElementAny:
                    sp -= 3;
                    frame.Pc = pc;
                    tenths += At(ref b, sp).Ref is DeviceArray { ElementType: ArrayType } ? op.More : 0;
                    machine.Types.StoreElement(NotNull(At(ref b, sp).Ref), At(ref b, sp + 1).I4, At(ref b, sp + 2));
                    break;
                case Operation.LoadElementRef:
                    {
                        sp--;
                        ref Slot into = ref At(ref b, sp - 1);
                        if (into.Ref is DeviceArray { IsOfStructs: false } items && (uint)At(ref b, sp).I4 < (uint)items.Items.Length)
                        {
                            into.Ref = items.Items[At(ref b, sp).I4];
                            break;
                        }

                        frame.Pc = pc;
                        into = Elements.Load(NotNull(into.Ref), At(ref b, sp).I4);
                        break;
                    }
                case Operation.LoadElementAny:
                    sp--;
                    frame.Pc = pc;
                    frame.Sp = sp + 1;
                    At(ref b, sp - 1) = Elements.Load(NotNull(At(ref b, sp - 1).Ref), At(ref b, sp).I4);
                    At(ref b, sp - 1).Ref = machine.Heap.Clone(At(ref b, sp - 1).Ref);
                    break;
                case Operation.ElementAddress:
                    sp--;
                    frame.Pc = pc;
                    Elements.Check(NotNull(At(ref b, sp - 1).Ref), At(ref b, sp).I4);
                    At(ref b, sp - 1).Ref = new ElementReference(At(ref b, sp - 1).Ref!, At(ref b, sp).I4);
                    break;
                case Operation.Length:
                    frame.Pc = pc;
                    At(ref b, sp - 1).I8 = Elements.Length(NotNull(At(ref b, sp - 1).Ref));
                    At(ref b, sp - 1).Ref = Slot.Unsigned;
                    break;
                case Operation.NewArray:
                    frame.Pc = pc;
                    frame.Sp = sp - 1;
                    At(ref b, sp - 1).Ref = machine.Heap.NewArray((TypeReference)op.Operand!, At(ref b, sp - 1).I4);
                    break;
                case Operation.LoadFieldNumber:
                    if (At(ref b, sp - 1).Ref is DeviceObject numbers)
                    {
                        At(ref b, sp - 1).I8 = numbers.Fields[op.A].I8;
                        At(ref b, sp - 1).Ref = null;
                        break;
                    }

                    frame.Pc = pc;
                    At(ref b, sp - 1).I8 = FieldsOf(At(ref b, sp - 1).Ref)[op.A].I8;
                    At(ref b, sp - 1).Ref = null;
                    break;
                case Operation.LoadFieldUnsigned:
                    frame.Pc = pc;
                    At(ref b, sp - 1).I8 = FieldsOf(At(ref b, sp - 1).Ref)[op.A].I8;
                    At(ref b, sp - 1).Ref = Slot.Unsigned;
                    break;
                case Operation.LoadFieldSmall:
                    frame.Pc = pc;
                    At(ref b, sp - 1).I4 = Promotion.Narrow(FieldsOf(At(ref b, sp - 1).Ref)[op.A].I4, op.Storage);
                    At(ref b, sp - 1).Ref = null;
                    break;
                case Operation.LoadFieldRef:
                    frame.Pc = pc;
                    At(ref b, sp - 1).Ref = FieldsOf(At(ref b, sp - 1).Ref)[op.A].Ref;
                    break;
                case Operation.LoadFieldStruct:
                    frame.Pc = pc;
                    frame.Sp = sp;
                    At(ref b, sp - 1).Ref = machine.Heap.Clone(FieldsOf(At(ref b, sp - 1).Ref)[op.A].Ref);
                    break;
                case Operation.LoadTicks:
                    frame.Pc = pc;
                    if (At(ref b, sp - 1).Ref is Reference ticks)
                    {
                        At(ref b, sp - 1).I8 = ticks.Load().I8;
                    }

                    At(ref b, sp - 1).Ref = op.Storage == Storage.U8 ? Slot.Unsigned : null;
                    break;
                case Operation.StoreTicks:
                    sp -= 2;
                    frame.Pc = pc;
                    Pointer(At(ref b, sp)).Store(At(ref b, sp + 1));
                    break;
                case Operation.StoreFieldNumber:
                    sp -= 2;
                    frame.Pc = pc;
                    FieldsOf(At(ref b, sp).Ref)[op.A].I8 = At(ref b, sp + 1).I8;
                    break;
                case Operation.StoreFieldRef:
                    sp -= 2;
                    frame.Pc = pc;
                    FieldsOf(At(ref b, sp).Ref)[op.A].Ref = At(ref b, sp + 1).Ref;
                    break;
                case Operation.FieldAddress:
                    frame.Pc = pc;
                    At(ref b, sp - 1).Ref = new SlotReference(FieldsOf(At(ref b, sp - 1).Ref), op.A, op.Storage);
                    break;
                case Operation.LoadStaticNumber:
                    At(ref b, sp).I8 = ((Slot[])op.Operand!)[op.A].I8;
                    At(ref b, sp).Ref = null;
                    sp++;
                    break;
                case Operation.LoadStaticUnsigned:
                    At(ref b, sp).I8 = ((Slot[])op.Operand!)[op.A].I8;
                    At(ref b, sp).Ref = Slot.Unsigned;
                    sp++;
                    break;
                case Operation.LoadStaticSmall:
                    At(ref b, sp).I4 = Promotion.Narrow(((Slot[])op.Operand!)[op.A].I4, op.Storage);
                    At(ref b, sp).Ref = null;
                    sp++;
                    break;
                case Operation.LoadStaticRef:
                    At(ref b, sp++).Ref = ((Slot[])op.Operand!)[op.A].Ref;
                    break;
                case Operation.LoadStaticStruct:
                    frame.Pc = pc;
                    frame.Sp = sp;
                    At(ref b, sp).Ref = machine.Heap.Clone(((Slot[])op.Operand!)[op.A].Ref);
                    sp++;
                    break;
                case Operation.StoreStaticNumber:
                    ((Slot[])op.Operand!)[op.A].I8 = At(ref b, --sp).I8;
                    break;
                case Operation.StoreStaticRef:
                    ((Slot[])op.Operand!)[op.A].Ref = At(ref b, --sp).Ref;
                    break;
                case Operation.StaticAddress:
                    At(ref b, sp++).Ref = new SlotReference((Slot[])op.Operand!, op.A, op.Storage);
                    break;
                case Operation.LoadIndirect:
                    frame.Pc = pc;
                    tenths += At(ref b, sp - 1).Ref is ElementReference ? op.More : 0;
                    At(ref b, sp - 1) = Pointer(At(ref b, sp - 1)).Load();
                    break;
                case Operation.LoadIndirectStruct:
                    frame.Pc = pc;
                    frame.Sp = sp;
                    At(ref b, sp - 1).Ref = machine.Heap.Clone(
                        At(ref b, sp - 1).Ref is DeviceObject whole ? whole : Pointer(At(ref b, sp - 1)).Load().Ref);
                    break;
                case Operation.StoreIndirect:
                    sp -= 2;
                    frame.Pc = pc;
                    tenths += At(ref b, sp).Ref is ElementReference ? op.More : 0;
                    if (At(ref b, sp).Ref is DeviceObject boxed)
                    {
                        boxed.CopyFrom((DeviceObject)At(ref b, sp + 1).Ref!);
                    }
                    else
                    {
                        Pointer(At(ref b, sp)).Store(At(ref b, sp + 1));
                    }

                    break;
                case Operation.InitObject:
                    sp--;
                    frame.Pc = pc;
                    if (At(ref b, sp).Ref is DeviceObject cleared)
                    {
                        cleared.CopyFrom((DeviceObject)machine.Default((TypeReference)op.Operand!).Ref!);
                    }
                    else
                    {
                        Pointer(At(ref b, sp)).Store(machine.Default((TypeReference)op.Operand!));
                    }

                    break;
                case Operation.Branch:
                    pc = op.A;
                    if (tenths > alarm)
                    {
                        goto Yield;
                    }

                    break;
                case Operation.BranchTrueI4:
                    taken = At(ref b, --sp).I4 != 0;
                    goto Taken;
                case Operation.BranchFalseI4:
                    taken = At(ref b, --sp).I4 == 0;
                    goto Taken;
                case Operation.BranchTrueI8:
                    taken = At(ref b, --sp).I8 != 0;
                    goto Taken;
                case Operation.BranchFalseI8:
                    taken = At(ref b, --sp).I8 == 0;
                    goto Taken;
                case Operation.BranchTrueR4:
                    taken = At(ref b, --sp).R4 != 0;
                    goto Taken;
                case Operation.BranchFalseR4:
                    taken = At(ref b, --sp).R4 == 0;
                    goto Taken;
                case Operation.BranchTrueR8:
                    taken = At(ref b, --sp).R8 != 0;
                    goto Taken;
                case Operation.BranchFalseR8:
                    taken = At(ref b, --sp).R8 == 0;
                    goto Taken;
                case Operation.BranchTrueRef:
                    taken = At(ref b, --sp).Ref is not null;
                    goto Taken;
                case Operation.BranchFalseRef:
                    taken = At(ref b, --sp).Ref is null;
                    goto Taken;
                case Operation.BranchEqI4:
                    sp -= 2;
                    taken = At(ref b, sp).I4 == At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchEqI8:
                    sp -= 2;
                    taken = At(ref b, sp).I8 == At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchEqR4:
                    sp -= 2;
                    taken = FloatOrder.Equal(At(ref b, sp).R4, At(ref b, sp + 1).R4);
                    goto Taken;
                case Operation.BranchEqR8:
                    sp -= 2;
                    taken = FloatOrder.Equal(At(ref b, sp).R8, At(ref b, sp + 1).R8);
                    goto Taken;
                case Operation.BranchEqRef:
                    sp -= 2;
                    taken = ReferenceOrder.Compare(At(ref b, sp).Ref, At(ref b, sp + 1).Ref) == 0;
                    goto Taken;
                case Operation.BranchNeI4:
                    sp -= 2;
                    taken = At(ref b, sp).I4 != At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchNeI8:
                    sp -= 2;
                    taken = At(ref b, sp).I8 != At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchNeR4:
                    sp -= 2;
                    taken = !FloatOrder.Equal(At(ref b, sp).R4, At(ref b, sp + 1).R4);
                    goto Taken;
                case Operation.BranchNeR8:
                    sp -= 2;
                    taken = !FloatOrder.Equal(At(ref b, sp).R8, At(ref b, sp + 1).R8);
                    goto Taken;
                case Operation.BranchNeRef:
                    sp -= 2;
                    taken = ReferenceOrder.Compare(At(ref b, sp).Ref, At(ref b, sp + 1).Ref) != 0;
                    goto Taken;
                case Operation.BranchLtI4:
                    sp -= 2;
                    taken = At(ref b, sp).I4 < At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchLtU4:
                    sp -= 2;
                    taken = (uint)At(ref b, sp).I4 < (uint)At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchLtI8:
                    sp -= 2;
                    taken = At(ref b, sp).I8 < At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchLtU8:
                    sp -= 2;
                    taken = (ulong)At(ref b, sp).I8 < (ulong)At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchLtR4:
                    sp -= 2;
                    taken = FloatOrder.Less(At(ref b, sp).R4, At(ref b, sp + 1).R4);
                    goto Taken;
                case Operation.BranchLtR8:
                    sp -= 2;
                    taken = FloatOrder.Less(At(ref b, sp).R8, At(ref b, sp + 1).R8);
                    goto Taken;
                case Operation.BranchLtRef:
                    sp -= 2;
                    taken = ReferenceOrder.Compare(At(ref b, sp).Ref, At(ref b, sp + 1).Ref) < 0;
                    goto Taken;
                case Operation.BranchLeI4:
                    sp -= 2;
                    taken = At(ref b, sp).I4 <= At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchLeU4:
                    sp -= 2;
                    taken = (uint)At(ref b, sp).I4 <= (uint)At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchLeI8:
                    sp -= 2;
                    taken = At(ref b, sp).I8 <= At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchLeU8:
                    sp -= 2;
                    taken = (ulong)At(ref b, sp).I8 <= (ulong)At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchLeR4:
                    sp -= 2;
                    taken = !FloatOrder.Greater(At(ref b, sp).R4, At(ref b, sp + 1).R4);
                    goto Taken;
                case Operation.BranchLeR8:
                    sp -= 2;
                    taken = !FloatOrder.Greater(At(ref b, sp).R8, At(ref b, sp + 1).R8);
                    goto Taken;
                case Operation.BranchLeRef:
                    sp -= 2;
                    taken = ReferenceOrder.Compare(At(ref b, sp).Ref, At(ref b, sp + 1).Ref) <= 0;
                    goto Taken;
                case Operation.BranchGtI4:
                    sp -= 2;
                    taken = At(ref b, sp).I4 > At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchGtU4:
                    sp -= 2;
                    taken = (uint)At(ref b, sp).I4 > (uint)At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchGtI8:
                    sp -= 2;
                    taken = At(ref b, sp).I8 > At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchGtU8:
                    sp -= 2;
                    taken = (ulong)At(ref b, sp).I8 > (ulong)At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchGtR4:
                    sp -= 2;
                    taken = FloatOrder.Greater(At(ref b, sp).R4, At(ref b, sp + 1).R4);
                    goto Taken;
                case Operation.BranchGtR8:
                    sp -= 2;
                    taken = FloatOrder.Greater(At(ref b, sp).R8, At(ref b, sp + 1).R8);
                    goto Taken;
                case Operation.BranchGtRef:
                    sp -= 2;
                    taken = ReferenceOrder.Compare(At(ref b, sp).Ref, At(ref b, sp + 1).Ref) > 0;
                    goto Taken;
                case Operation.BranchGeI4:
                    sp -= 2;
                    taken = At(ref b, sp).I4 >= At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchGeU4:
                    sp -= 2;
                    taken = (uint)At(ref b, sp).I4 >= (uint)At(ref b, sp + 1).I4;
                    goto Taken;
                case Operation.BranchGeI8:
                    sp -= 2;
                    taken = At(ref b, sp).I8 >= At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchGeU8:
                    sp -= 2;
                    taken = (ulong)At(ref b, sp).I8 >= (ulong)At(ref b, sp + 1).I8;
                    goto Taken;
                case Operation.BranchGeR4:
                    sp -= 2;
                    taken = !FloatOrder.Less(At(ref b, sp).R4, At(ref b, sp + 1).R4);
                    goto Taken;
                case Operation.BranchGeR8:
                    sp -= 2;
                    taken = !FloatOrder.Less(At(ref b, sp).R8, At(ref b, sp + 1).R8);
                    goto Taken;
                case Operation.BranchGeRef:
                    sp -= 2;
                    taken = ReferenceOrder.Compare(At(ref b, sp).Ref, At(ref b, sp + 1).Ref) >= 0;
                    goto Taken;
                case Operation.CompareEqI4:
                    sp--;
                    taken = At(ref b, sp - 1).I4 == At(ref b, sp).I4;
                    goto Compared;
                case Operation.CompareEqI8:
                    sp--;
                    taken = At(ref b, sp - 1).I8 == At(ref b, sp).I8;
                    goto Compared;
                case Operation.CompareEqR4:
                    sp--;
                    taken = FloatOrder.Equal(At(ref b, sp - 1).R4, At(ref b, sp).R4);
                    goto Compared;
                case Operation.CompareEqR8:
                    sp--;
                    taken = FloatOrder.Equal(At(ref b, sp - 1).R8, At(ref b, sp).R8);
                    goto Compared;
                case Operation.CompareEqRef:
                    sp--;
                    taken = ReferenceOrder.Compare(At(ref b, sp - 1).Ref, At(ref b, sp).Ref) == 0;
                    goto Compared;
                case Operation.CompareLtI4:
                    sp--;
                    taken = At(ref b, sp - 1).I4 < At(ref b, sp).I4;
                    goto Compared;
                case Operation.CompareLtU4:
                    sp--;
                    taken = (uint)At(ref b, sp - 1).I4 < (uint)At(ref b, sp).I4;
                    goto Compared;
                case Operation.CompareLtI8:
                    sp--;
                    taken = At(ref b, sp - 1).I8 < At(ref b, sp).I8;
                    goto Compared;
                case Operation.CompareLtU8:
                    sp--;
                    taken = (ulong)At(ref b, sp - 1).I8 < (ulong)At(ref b, sp).I8;
                    goto Compared;
                case Operation.CompareLtR4:
                    sp--;
                    taken = FloatOrder.Less(At(ref b, sp - 1).R4, At(ref b, sp).R4);
                    goto Compared;
                case Operation.CompareLtR8:
                    sp--;
                    taken = FloatOrder.Less(At(ref b, sp - 1).R8, At(ref b, sp).R8);
                    goto Compared;
                case Operation.CompareLtRef:
                    sp--;
                    taken = ReferenceOrder.Compare(At(ref b, sp - 1).Ref, At(ref b, sp).Ref) < 0;
                    goto Compared;
                case Operation.CompareGtI4:
                    sp--;
                    taken = At(ref b, sp - 1).I4 > At(ref b, sp).I4;
                    goto Compared;
                case Operation.CompareGtU4:
                    sp--;
                    taken = (uint)At(ref b, sp - 1).I4 > (uint)At(ref b, sp).I4;
                    goto Compared;
                case Operation.CompareGtI8:
                    sp--;
                    taken = At(ref b, sp - 1).I8 > At(ref b, sp).I8;
                    goto Compared;
                case Operation.CompareGtU8:
                    sp--;
                    taken = (ulong)At(ref b, sp - 1).I8 > (ulong)At(ref b, sp).I8;
                    goto Compared;
                case Operation.CompareGtR4:
                    sp--;
                    taken = FloatOrder.Greater(At(ref b, sp - 1).R4, At(ref b, sp).R4);
                    goto Compared;
                case Operation.CompareGtR8:
                    sp--;
                    taken = FloatOrder.Greater(At(ref b, sp - 1).R8, At(ref b, sp).R8);
                    goto Compared;
                case Operation.CompareGtRef:
                    sp--;
                    taken = ReferenceOrder.Compare(At(ref b, sp - 1).Ref, At(ref b, sp).Ref) > 0;
                    goto Compared;
                case Operation.AddI4:
                    sp--;
                    At(ref b, sp - 1).I4 += At(ref b, sp).I4;
                    break;
                case Operation.AddI8:
                    sp--;
                    At(ref b, sp - 1).I8 += At(ref b, sp).I8;
                    break;
                case Operation.AddR4:
                    sp--;
                    if (op.More != 0)
                    {
                        tenths += Costs.OpcodeCosts.Sum(op, At(ref b, sp - 1).R4, At(ref b, sp).R4);
                    }

                    At(ref b, sp - 1).R4 = ArmFloat.Add(At(ref b, sp - 1).R4, At(ref b, sp).R4);
                    break;
                case Operation.AddR8:
                    sp--;
                    if (At(ref b, sp - 1).R8 == At(ref b, sp).R8)
                    {
                        tenths += op.More;
                    }

                    At(ref b, sp - 1).R8 = ArmFloat.Add(At(ref b, sp - 1).R8, At(ref b, sp).R8);
                    break;
                case Operation.SubI4:
                    sp--;
                    At(ref b, sp - 1).I4 -= At(ref b, sp).I4;
                    break;
                case Operation.SubI8:
                    sp--;
                    At(ref b, sp - 1).I8 -= At(ref b, sp).I8;
                    break;
                case Operation.SubR4:
                    sp--;
                    if (op.More != 0)
                    {
                        tenths += Costs.OpcodeCosts.Sum(op, At(ref b, sp - 1).R4, At(ref b, sp).R4);
                    }

                    At(ref b, sp - 1).R4 = ArmFloat.Sub(At(ref b, sp - 1).R4, At(ref b, sp).R4);
                    break;
                case Operation.SubR8:
                    sp--;
                    At(ref b, sp - 1).R8 = ArmFloat.Sub(At(ref b, sp - 1).R8, At(ref b, sp).R8);
                    break;
                case Operation.MulI4:
                    sp--;
                    At(ref b, sp - 1).I4 *= At(ref b, sp).I4;
                    break;
                case Operation.MulI8:
                    sp--;
                    At(ref b, sp - 1).I8 *= At(ref b, sp).I8;
                    break;
                case Operation.MulR4:
                    sp--;
                    if (op.More != 0 && (At(ref b, sp - 1).R4 == 0 || At(ref b, sp).R4 == 0))
                    {
                        tenths += op.More;
                    }

                    At(ref b, sp - 1).R4 = ArmFloat.Mul(At(ref b, sp - 1).R4, At(ref b, sp).R4);
                    break;
                case Operation.MulR8:
                    sp--;
                    At(ref b, sp - 1).R8 = ArmFloat.Mul(At(ref b, sp - 1).R8, At(ref b, sp).R8);
                    break;
                case Operation.AndI4:
                    sp--;
                    At(ref b, sp - 1).I4 &= At(ref b, sp).I4;
                    break;
                case Operation.AndI8:
                    sp--;
                    At(ref b, sp - 1).I8 &= At(ref b, sp).I8;
                    break;
                case Operation.OrI4:
                    sp--;
                    At(ref b, sp - 1).I4 |= At(ref b, sp).I4;
                    break;
                case Operation.OrI8:
                    sp--;
                    At(ref b, sp - 1).I8 |= At(ref b, sp).I8;
                    break;
                case Operation.XorI4:
                    sp--;
                    At(ref b, sp - 1).I4 ^= At(ref b, sp).I4;
                    break;
                case Operation.XorI8:
                    sp--;
                    At(ref b, sp - 1).I8 ^= At(ref b, sp).I8;
                    break;
                case Operation.ShlI4:
                    sp--;
                    At(ref b, sp - 1).I4 = Shifts.Left(At(ref b, sp - 1).I4, At(ref b, sp).I4);
                    break;
                case Operation.ShrI4:
                    sp--;
                    At(ref b, sp - 1).I4 = Shifts.Right(At(ref b, sp - 1), At(ref b, sp).I4);
                    break;
                case Operation.ShrU4:
                    sp--;
                    At(ref b, sp - 1).I4 = Shifts.RightUnsigned(At(ref b, sp - 1).I4, At(ref b, sp).I4);
                    break;
                case Operation.ShlI8:
                    sp--;
                    At(ref b, sp - 1).I8 = Shifts.Left(At(ref b, sp - 1).I8, At(ref b, sp).I4);
                    break;
                case Operation.ShrI8:
                    sp--;
                    At(ref b, sp - 1).I8 = Shifts.RightWide(At(ref b, sp - 1), At(ref b, sp).I4);
                    break;
                case Operation.ShrU8:
                    sp--;
                    At(ref b, sp - 1).I8 = Shifts.RightUnsigned(At(ref b, sp - 1).I8, At(ref b, sp).I4);
                    break;
                case Operation.NegI4:
                    At(ref b, sp - 1).I4 = -At(ref b, sp - 1).I4;
                    break;
                case Operation.NegI8:
                    At(ref b, sp - 1).I8 = -At(ref b, sp - 1).I8;
                    break;
                case Operation.NegR4:
                    At(ref b, sp - 1).R4 = -At(ref b, sp - 1).R4;
                    break;
                case Operation.NegR8:
                    At(ref b, sp - 1).R8 = -At(ref b, sp - 1).R8;
                    break;
                case Operation.NotI4:
                    At(ref b, sp - 1).I4 = ~At(ref b, sp - 1).I4;
                    break;
                case Operation.NotI8:
                    At(ref b, sp - 1).I8 = ~At(ref b, sp - 1).I8;
                    break;
                case Operation.DivR4 or Operation.RemR4 or Operation.DivR8 or Operation.RemR8
                    or Operation.DivI4 or Operation.DivU4 or Operation.RemI4 or Operation.RemU4 or Operation.DivI8 or Operation.DivU8
                    or Operation.RemI8 or Operation.RemU8:
                    sp--;
                    frame.Pc = pc;
                    if (op.More != 0)
                    {
                        tenths += Costs.OpcodeCosts.Division(op, At(ref b, sp - 1), At(ref b, sp));
                    }

                    Division.Apply(op.Operation, ref At(ref b, sp - 1), At(ref b, sp));
                    break;
                case Operation.AddAddress:
                    throw new EmulatorException($"{frame.Method!.Definition.FullName}: arithmetic on a pointer is not emulated.");
                case Operation.ConvertI4ToSmall:
                    if (At(ref b, sp - 1).Ref is not null)
                    {
                        tenths += op.More;
                    }

                    At(ref b, sp - 1).I4 = Promotion.Narrow(At(ref b, sp - 1).I4, op.Storage);
                    At(ref b, sp - 1).Ref = null;
                    break;
                case Operation.ConvertI8ToI4:
                    At(ref b, sp - 1).Ref = null;
                    break;
                case Operation.ConvertI4ToI8:
                    At(ref b, sp - 1).I8 = At(ref b, sp - 1).Ref is null ? At(ref b, sp - 1).I4 : (uint)At(ref b, sp - 1).I4;
                    At(ref b, sp - 1).Ref = null;
                    break;
                case Operation.ConvertI4ToR4:
                    At(ref b, sp - 1).R4 = At(ref b, sp - 1).Ref is null ? At(ref b, sp - 1).I4 : (uint)At(ref b, sp - 1).I4;
                    At(ref b, sp - 1).Ref = null;
                    break;
                case Operation.ConvertR4ToI8:
                    {
                        ref Slot number = ref At(ref b, sp - 1);
                        float value = number.R4;
                        number.I8 = Math.Abs(value) < 9.2e18f ? (long)value : machine.Conversion.Truncate(value);
                        break;
                    }
                case Operation.ConvertR4ToI4:
                    {
                        ref Slot number = ref At(ref b, sp - 1);
                        float value = number.R4;
                        number.I4 = Math.Abs(value) < 9.2e18f ? (int)(long)value : (int)machine.Conversion.Truncate(value);
                        break;
                    }
                case Operation.Convert:
                    if (op.Storage == Storage.U4)
                    {
                        At(ref b, sp - 1).Ref = Slot.Unsigned;
                    }

                    machine.Conversion.Apply(ref At(ref b, sp - 1), (Storage)op.A, (Kind)op.Bits);
                    break;
                case Operation.Switch:
                    {
                        int[] targets = (int[])op.Operand!;
                        uint choice = (uint)At(ref b, --sp).I4;
                        if (choice < (uint)targets.Length)
                        {
                            pc = targets[choice];
                            tenths += op.More;
                        }

                        break;
                    }
                case Operation.Call:
                    {
                        Callee site = Unsafe.As<Callee>(op.Operand!);
                        int first = sp - site.Arguments;
                        frame.Pc = pc;
                        if (op.A != 0 && At(ref b, first).Ref is null)
                        {
                            throw new NullReferenceException();
                        }

                        DeviceMethod callee = site.Method ??= machine.Decoded(site.Definition);
                        frame.Sp = first;
                        bool within = op.Bits > callee.InlineSlots && !frame.IsInlined;
                        tenths += callee.LocalsCost + (within ? 0 : op.More);
                        Push(thread, callee, frame.Slots, first, within);
                        goto Resume;
                    }
                case Operation.CallVirtual:
                    {
                        Callee site = Unsafe.As<Callee>(op.Operand!);
                        int first = sp - site.Arguments;
                        frame.Pc = pc;
                        frame.Sp = sp;
                        VirtualTarget target = machine.Calls.Target(site, ref At(ref b, first));
                        tenths += target.ExtraTenths;
                        if (target.Method is DeviceMethod callee)
                        {
                            frame.Sp = first;
                            bool within = op.Bits > callee.InlineSlots && !frame.IsInlined;
                            tenths += callee.LocalsCost + (within ? 0 : op.More);
                            Push(thread, callee, frame.Slots, first, within);
                            goto Resume;
                        }

                        tenths += op.More;
                        target.Native!(machine, frame.Slots, first, sp);
                        sp = site.Result == Kind.Void ? first : first + 1;
                        goto Called;
                    }
                case Operation.CallNative:
                    {
                        Callee site = Unsafe.As<Callee>(op.Operand!);
                        int first = sp - site.Arguments;
                        frame.Pc = pc;
                        frame.Sp = sp;
                        if (op.A != 0 && At(ref b, first).Ref is null)
                        {
                            throw new NullReferenceException();
                        }

                        (site.Native ??= machine.Calls.Native(site.Definition))(machine, frame.Slots, first, sp);
                        sp = site.Result == Kind.Void ? first : first + 1;
                        goto Called;
                    }
                case Operation.CallDelegate:
                    {
                        Callee site = Unsafe.As<Callee>(op.Operand!);
                        frame.Pc = pc;
                        frame.Sp = sp;
                        Invoke(thread, frame, site, sp);
                        if (machine.Scheduler.MustYield)
                        {
                            goto YieldCalled;
                        }

                        goto Resume;
                    }
                case Operation.NewObject:
                    {
                        Callee site = Unsafe.As<Callee>(op.Operand!);
                        frame.Pc = pc;
                        frame.Sp = sp;
                        int first = machine.Calls.PrepareNewObject(site, frame.Slots, sp);
                        DeviceMethod callee = site.Method ??= machine.Decoded(site.Definition);
                        frame.Sp = first;
                        Tenths += callee.LocalsCost;
                        Push(thread, callee, frame.Slots, first, false);
                        goto Resume;
                    }
                case Operation.NewNative:
                    {
                        Callee site = Unsafe.As<Callee>(op.Operand!);
                        frame.Pc = pc;
                        frame.Sp = sp;
                        sp = machine.Calls.NewNative(site, frame.Slots, sp);
                        goto Called;
                    }
                case Operation.NewDelegate:
                    frame.Pc = pc;
                    frame.Sp = sp;
                    sp--;
                    At(ref b, sp - 1).Ref = machine.Heap.NewDelegate(
                        new DeviceDelegate((TypeReference)op.Operand!, At(ref b, sp - 1).Ref, (MethodDefinition)At(ref b, sp).Ref!));
                    break;
                case Operation.LoadFunction:
                    frame.Pc = pc;
                    if (op.A == 0)
                    {
                        At(ref b, sp++).Ref = op.Operand;
                    }
                    else
                    {
                        At(ref b, sp - 1).Ref = machine.Calls.Overriding((MethodDefinition)op.Operand!, NotNull(At(ref b, sp - 1).Ref));
                    }

                    break;
                case Operation.Return:
                    if (op.A != 0)
                    {
                        frame.CallersSlots[frame.Result] = At(ref b, sp - 1);
                    }

                    if (frame.IsFilter)
                    {
                        throw Unwinder.HardFault("a handler found within an exception filter returned");
                    }

                    Leave(thread, frame);
                    taken = op.A != 0;
                    if (thread.Depth == floor)
                    {
                        goto Ended;
                    }

                    if (taken)
                    {
                        thread.Top.Sp++;
                    }

                    goto Resume;
                case Operation.Box:
                    frame.Pc = pc;
                    frame.Sp = sp;
                    At(ref b, sp - 1).Ref = machine.Heap.NewBox((BoxType)op.Operand!, At(ref b, sp - 1));
                    break;
                case Operation.Unbox:
                    frame.Pc = pc;
                    At(ref b, sp - 1).Ref = machine.Types.Unbox(At(ref b, sp - 1).Ref, (TypeReference)op.Operand!);
                    break;
                case Operation.UnboxAny:
                    frame.Pc = pc;
                    frame.Sp = sp;
                    At(ref b, sp - 1) = machine.Types.UnboxAny(At(ref b, sp - 1), (TypeReference)op.Operand!);
                    break;
                case Operation.CastClass:
                    frame.Pc = pc;
                    if (At(ref b, sp - 1).Ref is object cast)
                    {
                        tenths += op.More + machine.Types.Steps(cast, (TypeReference)op.Operand!, out bool fits);
                        if (!fits)
                        {
                            throw new InvalidCastException();
                        }
                    }

                    break;
                case Operation.IsInstance:
                    if (At(ref b, sp - 1).Ref is object tested)
                    {
                        tenths += op.More + machine.Types.Steps(tested, (TypeReference)op.Operand!, out bool fits);
                        if (!fits)
                        {
                            At(ref b, sp - 1).Ref = null;
                        }
                    }

                    break;
                case Operation.LoadToken:
                    At(ref b, sp++).Ref = op.Operand;
                    break;
                case Operation.SizeOf:
                    At(ref b, sp).I8 = op.A;
                    At(ref b, sp++).Ref = null;
                    break;
                case Operation.Leave:
                    frame.Pc = pc;
                    sp = frame.EvaluationStart;
                    pc = machine.Unwinder.Leave(thread, frame, pc - 1, op.A);
                    if (pc != op.A)
                    {
                        tenths += op.More;
                    }
                    else if (thread.IsAborted)
                    {
                        frame.Pc = pc;
                        throw new DeviceFault(machine.NewException("System.Threading.ThreadAbortException", null));
                    }

                    break;
                case Operation.EndFinally:
                    frame.Pc = pc;
                    frame.Sp = frame.EvaluationStart;
                    Go(thread, machine.Unwinder.EndFinally(thread, floor), floor);
                    if (thread.Depth == floor)
                    {
                        goto Ended;
                    }

                    goto Resume;
                case Operation.EndFilter:
                    taken = At(ref b, sp - 1).I4 == 1;
                    Go(thread, machine.Unwinder.EndFilter(thread, taken, floor), floor);
                    if (thread.Depth == floor)
                    {
                        goto Ended;
                    }

                    goto Resume;
                case Operation.Throw:
                    frame.Pc = pc;
                    throw new DeviceFault(At(ref b, sp - 1).Ref as DeviceObject ?? throw Machine.ThrowNull());
                case Operation.Rethrow:
                    frame.Pc = pc;
                    throw new DeviceFault(machine.Unwinder.Rethrown(thread));
                default:
                    throw new EmulatorException($"{frame.Method!.Definition.FullName}: {op.Operation} does not fit what is on the stack.");
            }

            continue;

        Taken:
            if (taken)
            {
                pc = op.A;
                tenths += op.More;
            }

            if (tenths > alarm)
            {
                goto Yield;
            }

            continue;

        Compared:
            At(ref b, sp - 1).I8 = taken ? 1 : 0;
            At(ref b, sp - 1).Ref = null;
            continue;

        Called:
            alarm = Alarm;
            if (machine.Scheduler.MustYield)
            {
                goto Yield;
            }
        }

    Popped:
        if (thread.Depth == floor)
        {
            goto Ended;
        }

        goto Resume;

    Yield:
        frame.Pc = pc;
        frame.Sp = sp;

    YieldCalled:
        machine.Scheduler.MustYield = false;

    Ended:
        return;
    }
}
