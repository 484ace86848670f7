using System.Diagnostics;
using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>
/// Runs decoded methods. One stack holds every frame: a frame's arguments where the caller pushed them, then its locals, then its
/// evaluation stack. Every instruction is charged as it begins.
/// </summary>
internal sealed partial class Interpreter
{
    private const int StackSlots = 1 << 16;
    private const int MaxDepth = 256;

    // An hour of a 168 MHz board: a program that calls on beyond it is taken not to end.
    private const long MostTenths = 4_000_000_000_000;

    private readonly Machine machine;
    private readonly Slot[] stack = new Slot[StackSlots];
    private int depth;
    private long children; // tenths that the methods called from the one running took

    internal Interpreter(Machine machine)
    {
        this.machine = machine;
    }

    private enum Exit
    {
        Returned,
        HandlerEnded,
    }

    /// <summary>Instructions charged, in tenths.</summary>
    internal long Tenths { get; set; }

    /// <summary>IL opcodes run.</summary>
    internal long Opcodes { get; private set; }

    internal Slot[] Stack => stack;

    /// <summary>Begins anew after an exception went up to the host.</summary>
    internal void Unwind() => depth = 0;

    /// <summary>Runs a method whose arguments stand from <paramref name="frame"/> on; leaves its result there.</summary>
    internal void Run(DeviceMethod method, int frame)
    {
        int locals = frame + method.Arguments;
        int sp = locals + method.Locals;
        if (++depth > MaxDepth || sp + method.MaxStack > StackSlots)
        {
            depth = 0;
            throw new EmulatorException($"{method.Definition.FullName}: calls go {MaxDepth} deep; the device's stack would be full long before.");
        }

        if (Tenths > MostTenths)
        {
            throw new EmulatorException($"{method.Definition.FullName}: the program has run {Tenths / 10:#,0} instructions and does not end.");
        }

        Array.Clear(stack, locals, method.Locals);
        foreach ((int local, TypeDefinition type) in method.StructLocals)
        {
            stack[locals + local].Ref = machine.NewStruct(type);
        }

        long entered = Tenths;
        long callersChildren = children;
        children = 0;
        int pc = 0;
        if (method.Handlers.Length == 0)
        {
            Loop(method, frame, sp, ref pc);
        }
        else
        {
            Guarded(method, frame, sp, ref pc);
        }

        long taken = Tenths - entered;
        method.Calls++;
        method.OwnTenths += taken - children;
        children = callersChildren + taken;
        depth--;
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

    /// <summary>Runs from <paramref name="pc"/> to the method's return, or to the end of a finally block or filter.</summary>
    private Exit Loop(DeviceMethod method, int frame, int sp, ref int pc, DeviceObject? caught = null)
    {
        Instruction[] code = method.Code;
        Slot[] s = stack;
        while (true)
        {
            ref Instruction op = ref code[pc++];
            Tenths += op.Cost;
            Opcodes++;
            switch (op.Operation)
            {
                case Operation.Nop:
                    break;
                case Operation.Pop:
                    sp--;
                    break;
                case Operation.Dup:
                    s[sp] = s[sp - 1];
                    sp++;
                    break;
                case Operation.LoadI4:
                    s[sp].I4 = op.A;
                    s[sp].Ref = null;
                    sp++;
                    break;
                case Operation.LoadBits:
                    s[sp].I8 = op.Bits;
                    s[sp].Ref = null;
                    sp++;
                    break;
                case Operation.LoadNull:
                    s[sp++].Ref = null;
                    break;
                case Operation.LoadString:
                    s[sp].Ref = machine.Heap.Literal((string)op.Operand!, sp);
                    sp++;
                    break;
                case Operation.Load:
                    s[sp++] = s[frame + op.A];
                    break;
                case Operation.LoadStruct:
                    s[sp++].Ref = Copy(s[frame + op.A].Ref);
                    break;
                case Operation.Store:
                    sp--;
                    s[frame + op.A] = s[sp];
                    break;
                case Operation.Address:
                    s[sp++].Ref = new SlotReference(s, frame + op.A);
                    break;
                case Operation.Convert:
                    Conversions.Apply(ref s[sp - 1], op.A, (Kind)op.Bits);
                    break;
                case Operation.LoadElementI1:
                    sp--;
                    s[sp - 1].I4 = ((sbyte[])s[sp - 1].Ref!)[s[sp].I4];
                    s[sp - 1].Ref = null;
                    break;
                case Operation.LoadElementU1:
                    sp--;
                    s[sp - 1].I4 = s[sp - 1].Ref is byte[] bytes ? bytes[s[sp].I4] : Elements.Load(NotNull(s[sp - 1].Ref), s[sp].I4).I4;
                    s[sp - 1].Ref = null;
                    break;
                case Operation.LoadElementI2:
                    sp--;
                    s[sp - 1].I4 = ((short[])s[sp - 1].Ref!)[s[sp].I4];
                    s[sp - 1].Ref = null;
                    break;
                case Operation.LoadElementU2:
                    sp--;
                    s[sp - 1] = Elements.Load(NotNull(s[sp - 1].Ref), s[sp].I4);
                    break;
                case Operation.LoadElementI4:
                    sp--;
                    s[sp - 1].I4 = ((int[])s[sp - 1].Ref!)[s[sp].I4];
                    s[sp - 1].Ref = null;
                    break;
                case Operation.LoadElementI8:
                    sp--;
                    s[sp - 1].I8 = ((long[])s[sp - 1].Ref!)[s[sp].I4];
                    s[sp - 1].Ref = null;
                    break;
                case Operation.LoadElementR4:
                    sp--;
                    s[sp - 1].R4 = ((float[])s[sp - 1].Ref!)[s[sp].I4];
                    s[sp - 1].Ref = null;
                    break;
                case Operation.LoadElementR8:
                    sp--;
                    s[sp - 1].R8 = ((double[])s[sp - 1].Ref!)[s[sp].I4];
                    s[sp - 1].Ref = null;
                    break;
                case Operation.StoreElementI4:
                    sp -= 3;
                    ((int[])s[sp].Ref!)[s[sp + 1].I4] = s[sp + 2].I4;
                    break;
                case Operation.StoreElementI8:
                    sp -= 3;
                    ((long[])s[sp].Ref!)[s[sp + 1].I4] = s[sp + 2].I8;
                    break;
                case Operation.StoreElementR4:
                    sp -= 3;
                    ((float[])s[sp].Ref!)[s[sp + 1].I4] = s[sp + 2].R4;
                    break;
                case Operation.StoreElementR8:
                    sp -= 3;
                    ((double[])s[sp].Ref!)[s[sp + 1].I4] = s[sp + 2].R8;
                    break;
                case Operation.StoreElementI1:
                    sp -= 3;
                    if (s[sp].Ref is byte[] target)
                    {
                        target[s[sp + 1].I4] = (byte)s[sp + 2].I4;
                    }
                    else
                    {
                        Elements.Store(NotNull(s[sp].Ref), s[sp + 1].I4, s[sp + 2]);
                    }

                    break;
                case Operation.StoreElementI2 or Operation.StoreElementAny or Operation.StoreElementRef:
                    sp -= 3;
                    Elements.Store(NotNull(s[sp].Ref), s[sp + 1].I4, s[sp + 2]);
                    break;
                case Operation.LoadElementRef:
                    sp--;
                    s[sp - 1].Ref = ((DeviceArray)s[sp - 1].Ref!).Items[s[sp].I4];
                    break;
                case Operation.LoadElementStruct:
                    sp--;
                    s[sp - 1].Ref = Copy(((DeviceArray)s[sp - 1].Ref!).Items[s[sp].I4]);
                    break;
                case Operation.LoadElementAny:
                    sp--;
                    s[sp - 1] = Elements.Load(NotNull(s[sp - 1].Ref), s[sp].I4);
                    break;
                case Operation.ElementAddress:
                    sp--;
                    s[sp - 1].Ref = new ElementReference(NotNull(s[sp - 1].Ref), s[sp].I4);
                    ((Reference)s[sp - 1].Ref!).Load(); // an index out of range is found here
                    break;
                case Operation.Length:
                    s[sp - 1].I8 = Elements.Length(NotNull(s[sp - 1].Ref));
                    s[sp - 1].Ref = null;
                    break;
                case Operation.NewArray:
                    s[sp - 1].Ref = machine.Heap.NewArray((TypeReference)op.Operand!, s[sp - 1].I4, sp - 1);
                    break;
                case Operation.LoadField:
                    s[sp - 1] = FieldsOf(s[sp - 1].Ref)[op.A];
                    break;
                case Operation.LoadFieldStruct:
                    s[sp - 1].Ref = Copy(FieldsOf(s[sp - 1].Ref)[op.A].Ref);
                    break;
                case Operation.StoreField:
                    sp -= 2;
                    FieldsOf(s[sp].Ref)[op.A] = s[sp + 1];
                    break;
                case Operation.FieldAddress:
                    s[sp - 1].Ref = new SlotReference(FieldsOf(s[sp - 1].Ref), op.A);
                    break;
                case Operation.LoadStatic:
                    s[sp++] = ((Slot[])op.Operand!)[op.A];
                    break;
                case Operation.LoadStaticStruct:
                    s[sp++].Ref = Copy(((Slot[])op.Operand!)[op.A].Ref);
                    break;
                case Operation.StoreStatic:
                    ((Slot[])op.Operand!)[op.A] = s[--sp];
                    break;
                case Operation.StaticAddress:
                    s[sp++].Ref = new SlotReference((Slot[])op.Operand!, op.A);
                    break;
                case Operation.LoadIndirect:
                    s[sp - 1] = Pointer(s[sp - 1]).Load();
                    break;
                case Operation.LoadIndirectStruct:
                    s[sp - 1].Ref = Copy(Pointer(s[sp - 1]).Load().Ref);
                    break;
                case Operation.StoreIndirect:
                    sp -= 2;
                    Pointer(s[sp]).Store(s[sp + 1]);
                    break;
                case Operation.InitObject:
                    sp--;
                    Pointer(s[sp]).Store(machine.Default((TypeReference)op.Operand!));
                    break;
                case Operation.Branch:
                    pc = op.A;
                    break;
                case Operation.BranchTrueI4:
                    if (s[--sp].I4 != 0)
                    {
                        pc = op.A;
                    }

                    break;
                case Operation.BranchFalseI4:
                    if (s[--sp].I4 == 0)
                    {
                        pc = op.A;
                    }

                    break;
                case Operation.BranchTrueI8:
                    if (s[--sp].I8 != 0)
                    {
                        pc = op.A;
                    }

                    break;
                case Operation.BranchFalseI8:
                    if (s[--sp].I8 == 0)
                    {
                        pc = op.A;
                    }

                    break;
                case Operation.BranchTrueRef:
                    if (s[--sp].Ref is not null)
                    {
                        pc = op.A;
                    }

                    break;
                case Operation.BranchFalseRef:
                    if (s[--sp].Ref is null)
                    {
                        pc = op.A;
                    }

                    break;
                case Operation.Switch:
                    int[] targets = (int[])op.Operand!;
                    uint choice = (uint)s[--sp].I4;
                    if (choice < (uint)targets.Length)
                    {
                        pc = targets[choice];
                    }

                    break;
                case Operation.Call:
                    sp = machine.Calls.Call((Callee)op.Operand!, sp, op.A != 0);
                    break;
                case Operation.CallNative:
                    sp = machine.Calls.CallNative((Callee)op.Operand!, sp, op.A != 0);
                    break;
                case Operation.CallVirtual:
                    sp = machine.Calls.CallVirtual((Callee)op.Operand!, sp);
                    break;
                case Operation.NewObject:
                    sp = machine.Calls.NewObject((Callee)op.Operand!, sp);
                    break;
                case Operation.LoadFunction:
                    sp = machine.Calls.LoadFunction((MethodReference)op.Operand!, op.A != 0, sp);
                    break;
                case Operation.Return:
                    if (op.A != 0)
                    {
                        s[frame] = s[sp - 1];
                    }

                    return Exit.Returned;
                case Operation.Leave:
                    int from = pc - 1;
                    pc = op.A;
                    sp = frame + method.Arguments + method.Locals;
                    RunFinallyBlocks(method, frame, sp, from, pc);
                    break;
                case Operation.EndFinally:
                    return Exit.HandlerEnded;
                case Operation.EndFilter:
                    s[frame + method.Arguments + method.Locals] = s[sp - 1];
                    return Exit.HandlerEnded;
                case Operation.Throw:
                    throw new DeviceFault((DeviceObject)NotNull(s[sp - 1].Ref));
                case Operation.Rethrow:
                    throw new DeviceFault(caught!);
                case Operation.Box:
                    s[sp - 1].Ref = machine.Heap.NewBox((TypeReference)op.Operand!, (Kind)op.A, s[sp - 1], sp);
                    break;
                case Operation.Unbox:
                    s[sp - 1].Ref = machine.Types.Unbox(s[sp - 1].Ref, (TypeReference)op.Operand!);
                    break;
                case Operation.UnboxAny:
                    s[sp - 1] = machine.Types.UnboxAny(s[sp - 1], (TypeReference)op.Operand!);
                    break;
                case Operation.CastClass:
                    if (s[sp - 1].Ref is not null && !machine.Types.IsInstance(s[sp - 1].Ref!, (TypeReference)op.Operand!))
                    {
                        throw new InvalidCastException();
                    }

                    break;
                case Operation.IsInstance:
                    if (s[sp - 1].Ref is not null && !machine.Types.IsInstance(s[sp - 1].Ref!, (TypeReference)op.Operand!))
                    {
                        s[sp - 1].Ref = null;
                    }

                    break;
                case Operation.LoadToken:
                    s[sp++].Ref = op.Operand;
                    break;
                default:
                    int top = NumberOperations.Apply(op.Operation, s, sp);
                    if (top >= 0)
                    {
                        sp = top;
                        break;
                    }

                    sp -= 2;
                    if (BranchConditions.IsTaken(op.Operation, s[sp], s[sp + 1]) ?? throw new UnreachableException($"Operation {op.Operation} has no meaning."))
                    {
                        pc = op.A;
                    }

                    break;
            }
        }
    }
}
