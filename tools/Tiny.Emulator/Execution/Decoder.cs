using Mono.Cecil;
using Mono.Cecil.Cil;
using Tiny.Emulator.Costs;

namespace Tiny.Emulator.Execution;

/// <summary>
/// Decodes a method: follows what stands on the stack from instruction to instruction, so that each opcode becomes an operation on known
/// kinds, with its cost.
/// </summary>
/// <remarks>One file, though long: most of it is one table from opcodes to operations.</remarks>
internal sealed partial class Decoder(Machine machine, MethodDefinition method)
{
    private readonly List<Kind> stack = [];
    private readonly Dictionary<int, Kind[]> states = [];
    private readonly Dictionary<int, int> indices = [];
    private readonly int arguments = method.Parameters.Count + (method.HasThis ? 1 : 0);
    private readonly OpcodeCosts costs = machine.Costs;
    private int deepest;

    internal DeviceMethod Decode()
    {
        MethodBody body = method.Body;
        DeviceMethod decoded = new(method)
        {
            Locals = body.Variables.Count,
            StructLocals = [.. body.Variables.Where(v => TypeFacts.KindOf(v.VariableType) == Kind.Struct)
                .Select(v => (arguments + v.Index, TypeFacts.Resolve(v.VariableType)))],
        };
        for (int i = 0; i < body.Instructions.Count; i++)
        {
            indices[body.Instructions[i].Offset] = i;
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            bool pushes = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;
            states[Index(handler.HandlerStart)] = pushes ? [Kind.Ref] : [];
            if (handler.FilterStart is not null)
            {
                states[Index(handler.FilterStart)] = [Kind.Ref];
            }
        }

        decoded.Code = DecodeAll(body);
        decoded.MaxStack = deepest;
        Size(decoded);
        int end = body.Instructions.Count;
        decoded.Handlers =
        [
            .. body.ExceptionHandlers.Select(h => new Handler(h.HandlerType, Index(h.TryStart), h.TryEnd is null ? end : Index(h.TryEnd),
                Index(h.HandlerStart), h.HandlerEnd is null ? end : Index(h.HandlerEnd), h.FilterStart is null ? -1 : Index(h.FilterStart),
                    h.CatchType)),
        ];
        return decoded;
    }

    /// <summary>
    /// What its frame takes, and what a caller must have free to run it within its own; calls are
    /// told how much of this frame they leave free.
    /// </summary>
    private void Size(DeviceMethod decoded)
    {
        decoded.FrameBytes = machine.Board.FrameBytes(decoded.Locals, decoded.MaxStack);
        decoded.LocalsCost = costs.Locals(decoded.Locals, decoded.StructLocals);
        if (!machine.Board.InlinesCalls)
        {
            return;
        }

        if (!method.IsStatic && !method.IsConstructor)
        {
            decoded.InlineSlots = decoded.Arguments + decoded.Locals + decoded.MaxStack + 2;
        }

        int slots = Math.Max(10, decoded.Locals + decoded.MaxStack + 3) - decoded.Locals;
        for (int i = 0; i < decoded.Code.Length; i++)
        {
            if (decoded.Code[i].Operation is Operation.Call or Operation.CallVirtual)
            {
                decoded.Code[i].Bits = slots - decoded.Code[i].Bits + 1; // the depth there, arguments included
            }
        }
    }

    private int Index(Mono.Cecil.Cil.Instruction instruction) => indices[instruction.Offset];

    private Instruction[] DecodeAll(MethodBody body)
    {
        Instruction[] code = new Instruction[body.Instructions.Count];
        bool reachable = true;
        for (int i = 0; i < code.Length; i++)
        {
            Mono.Cecil.Cil.Instruction il = body.Instructions[i];
            if (states.TryGetValue(i, out Kind[]? known))
            {
                stack.Clear();
                stack.AddRange(known);
                deepest = Math.Max(deepest, stack.Count);
            }
            else if (!reachable)
            {
                stack.Clear();
            }

            try
            {
                code[i] = DecodeOne(il);
            }
            catch (Exception error) when (error is ArgumentOutOfRangeException or InvalidCastException)
            {
                throw new EmulatorException($"{method.FullName}, IL_{il.Offset:x4}: {il.OpCode.Name} does not fit what is on the stack.");
            }

            Remember(il);
            reachable = il.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
        }

        return code;
    }

    /// <summary>What stands on the stack where a branch leads.</summary>
    private void Remember(Mono.Cecil.Cil.Instruction il)
    {
        if (il.OpCode.Code is Code.Leave or Code.Leave_S)
        {
            states.TryAdd(Index((Mono.Cecil.Cil.Instruction)il.Operand), []);
        }
        else if (il.Operand is Mono.Cecil.Cil.Instruction target)
        {
            states.TryAdd(Index(target), [.. stack]);
        }
        else if (il.Operand is Mono.Cecil.Cil.Instruction[] targets)
        {
            foreach (Mono.Cecil.Cil.Instruction one in targets)
            {
                states.TryAdd(Index(one), [.. stack]);
            }
        }
    }

    private Kind Pop()
    {
        Kind kind = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return kind;
    }

    private void Push(Kind kind)
    {
        stack.Add(kind);
        deepest = Math.Max(deepest, stack.Count);
    }

    private static EmulatorException Unsupported(MethodDefinition method, Mono.Cecil.Cil.Instruction il) =>
        new($"{method.FullName}, IL_{il.Offset:x4}: {il.OpCode.Name} is not supported by the device or the emulator.");

    private Instruction Make(Operation operation, Mono.Cecil.Cil.Instruction il, Kind kind, int a = 0, object? operand = null,
        long bits = 0, Storage storage = Storage.I4) =>
        new()
        {
            Operation = operation,
            A = a,
            Operand = operand,
            Bits = bits,
            Storage = storage,
            Cost = costs.Of(il.OpCode.Code, kind),
            More = costs.More(il.OpCode.Code, kind)
        };

    private Instruction DecodeOne(Mono.Cecil.Cil.Instruction il)
    {
        Code code = il.OpCode.Code;
        switch (code)
        {
            case Code.Nop or Code.Break or Code.Readonly or Code.Volatile or Code.Constrained or Code.Unaligned:
                return Make(Operation.Nop, il, Kind.Void);
            case Code.Pop:
                return Make(Operation.Pop, il, Pop());
            case Code.Dup:
                Push(stack[^1]);
                return Make(Operation.Dup, il, stack[^1]);
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8:
                Push(Kind.I4);
                return Make(Operation.LoadI4, il, Kind.I4, code - Code.Ldc_I4_0);
            case Code.Ldc_I4_S:
                Push(Kind.I4);
                return Make(Operation.LoadI4, il, Kind.I4, (sbyte)il.Operand);
            case Code.Ldc_I4:
                Push(Kind.I4);
                return Make(Operation.LoadI4, il, Kind.I4, (int)il.Operand);
            case Code.Ldc_I8:
                Push(Kind.I8);
                return Make(Operation.LoadBits, il, Kind.I8, bits: (long)il.Operand);
            case Code.Ldc_R4:
                Push(Kind.R4);
                return Make(Operation.LoadBits, il, Kind.R4, bits: BitConverter.SingleToInt32Bits((float)il.Operand));
            case Code.Ldc_R8:
                Push(Kind.R8);
                return Make(Operation.LoadBits, il, Kind.R8, bits: BitConverter.DoubleToInt64Bits((double)il.Operand));
            case Code.Ldnull:
                Push(Kind.Ref);
                return Make(Operation.LoadNull, il, Kind.Void);
            case Code.Ldstr:
                Push(Kind.Ref);
                return Make(Operation.LoadString, il, Kind.Ref, operand: il.Operand);
            case >= Code.Ldarg_0 and <= Code.Ldarg_3:
                return LoadArgument(il, code - Code.Ldarg_0);
            case Code.Ldarg or Code.Ldarg_S:
                return LoadArgument(il, ArgumentIndex(il));
            case Code.Starg or Code.Starg_S:
                return Store(il, ArgumentIndex(il));
            case Code.Ldarga or Code.Ldarga_S:
                Push(Kind.Address);
                return Make(Operation.Address, il, Kind.Address, ArgumentIndex(il), storage: ArgumentStorage(ArgumentIndex(il)));
            case >= Code.Ldloc_0 and <= Code.Ldloc_3:
                return LoadLocal(il, code - Code.Ldloc_0);
            case Code.Ldloc or Code.Ldloc_S:
                return LoadLocal(il, ((VariableDefinition)il.Operand).Index);
            case >= Code.Stloc_0 and <= Code.Stloc_3:
                return Store(il, arguments + (code - Code.Stloc_0));
            case Code.Stloc or Code.Stloc_S:
                return Store(il, arguments + ((VariableDefinition)il.Operand).Index);
            case Code.Ldloca or Code.Ldloca_S:
                Push(Kind.Address);
                return Make(Operation.Address, il, Kind.Address, arguments + ((VariableDefinition)il.Operand).Index,
                    storage: TypeFacts.StorageOf(((VariableDefinition)il.Operand).VariableType));
            case Code.Br or Code.Br_S:
                return Make(Operation.Branch, il, Kind.Void, Target(il));
            case Code.Brtrue or Code.Brtrue_S or Code.Brfalse or Code.Brfalse_S:
                return BranchOnOne(il);
            case >= Code.Beq_S and <= Code.Blt_Un_S or >= Code.Beq and <= Code.Blt_Un:
                return BranchOnTwo(il);
            case Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                return CompareTwo(il);
            case Code.Switch:
                return Make(Operation.Switch, il, Pop(), operand: ((Mono.Cecil.Cil.Instruction[])il.Operand).Select(Index).ToArray());
            case Code.Leave or Code.Leave_S:
                stack.Clear();
                return Make(Operation.Leave, il, Kind.Void, Target(il));
            case Code.Endfinally:
                return Make(Operation.EndFinally, il, Kind.Void);
            case Code.Endfilter:
                return Make(Operation.EndFilter, il, Pop());
            case Code.Throw:
                return Make(Operation.Throw, il, Pop());
            case Code.Rethrow:
                return Make(Operation.Rethrow, il, Kind.Void);
            case Code.Ret:
                Kind result = TypeFacts.KindOf(method.ReturnType);
                return Make(Operation.Return, il, result == Kind.Void ? Kind.Void : Pop(), result == Kind.Void ? 0 : 1);
            case >= Code.Add and <= Code.Shr_Un or >= Code.Add_Ovf and <= Code.Sub_Ovf_Un:
                return ArithmeticOnTwo(il);
            case Code.Neg or Code.Not:
                return Make(Named(code == Code.Neg ? "Neg" : "Not", stack[^1]), il, stack[^1]);
            case Code.Sizeof:
                Push(Kind.I4);
                return Make(Operation.SizeOf, il, Kind.I4, machine.SizeOf((TypeReference)il.Operand));
            default:
                return code.ToString().StartsWith("Conv_", StringComparison.Ordinal) ? Conversion(il) : DecodeObjectModel(il);
        }
    }

    private int Target(Mono.Cecil.Cil.Instruction il) => Index((Mono.Cecil.Cil.Instruction)il.Operand);

    private int ArgumentIndex(Mono.Cecil.Cil.Instruction il)
    {
        ParameterDefinition parameter = (ParameterDefinition)il.Operand;
        return parameter.Index + (method.HasThis ? 1 : 0); // this has index -1
    }

    private Instruction LoadArgument(Mono.Cecil.Cil.Instruction il, int index)
    {
        Storage storage = ArgumentStorage(index);
        Kind kind = ArgumentKind(index);
        Push(kind);
        Operation operation = kind switch
        {
            Kind.Struct => Operation.LoadStruct,
            Kind.Ref or Kind.Address => Operation.LoadRef,
            Kind.R4 or Kind.R8 => Operation.LoadNumber,
            _ => Operation.LoadPushed, // arguments keep what the caller's value was
        };
        return Make(operation, il, kind, index, storage: storage);
    }

    private Kind ArgumentKind(int index) => method.HasThis && index == 0
        ? (method.DeclaringType.IsValueType ? Kind.Address : Kind.Ref)
        : TypeFacts.KindOf(method.Parameters[index - (method.HasThis ? 1 : 0)].ParameterType);

    private Storage ArgumentStorage(int index) => ArgumentKind(index) switch
    {
        Kind.Ref or Kind.Address => Storage.Ref,
        Kind.Struct => Storage.Struct,
        Kind.R4 => Storage.R4,
        Kind.R8 => Storage.R8,
        _ => Storage.AsPushed,
    };

    private Instruction LoadLocal(Mono.Cecil.Cil.Instruction il, int local)
    {
        TypeReference type = method.Body.Variables[local].VariableType;
        Storage storage = TypeFacts.StorageOf(type);
        Kind kind = TypeFacts.KindOf(type);
        Push(kind);
        return Make(Variant(storage, Operation.LoadNumber, Operation.LoadUnsigned, Operation.LoadSmall, Operation.LoadRef,
            Operation.LoadStruct), il, kind, arguments + local, storage: storage);
    }

    private static Operation Variant(
        Storage storage, Operation number, Operation unsigned, Operation small, Operation reference, Operation whole) => storage switch
        {
            Storage.Struct => whole,
            Storage.Ref => reference,
            Storage.U4 or Storage.U8 => unsigned,
            Storage.U1 or Storage.I1 or Storage.U2 or Storage.I2 => small,
            _ => number,
        };

    private Instruction Store(Mono.Cecil.Cil.Instruction il, int slot)
    {
        Kind kind = Pop();
        return Make(IsReference(kind) ? Operation.StoreRef : Operation.StoreNumber, il, kind, slot);
    }

    private static bool IsReference(Kind kind) => kind is Kind.Ref or Kind.Address or Kind.Struct;

    private static Operation Named(string name, Kind kind) => Enum.Parse<Operation>(name + kind);

    private Instruction BranchOnOne(Mono.Cecil.Cil.Instruction il)
    {
        Kind kind = Pop();
        string suffix = IsReference(kind) ? "Ref" : kind.ToString();
        bool onTrue = il.OpCode.Code is Code.Brtrue or Code.Brtrue_S;
        return Make(Enum.Parse<Operation>((onTrue ? "BranchTrue" : "BranchFalse") + suffix), il, kind, Target(il));
    }

    private Instruction BranchOnTwo(Mono.Cecil.Cil.Instruction il)
    {
        Kind right = Pop();
        Kind left = Pop();
        string[] parts = il.OpCode.Name.Split('.'); // bge.un.s
        string condition = char.ToUpperInvariant(parts[0][1]) + parts[0][2..];
        return Make(Enum.Parse<Operation>("Branch" + condition + Suffix(left, right, parts.Contains("un"), condition)), il, left,
            Target(il));
    }

    private Instruction CompareTwo(Mono.Cecil.Cil.Instruction il)
    {
        Kind right = Pop();
        Kind left = Pop();
        Push(Kind.I4);
        string[] parts = il.OpCode.Name.Split('.');
        string condition = char.ToUpperInvariant(parts[0][1]) + parts[0][2..];
        return Make(Enum.Parse<Operation>("Compare" + condition + Suffix(left, right, parts.Contains("un"), condition)), il, left);
    }

    private static string Suffix(Kind left, Kind right, bool unsigned, string condition)
    {
        if (IsReference(left) || IsReference(right))
        {
            return "Ref";
        }

        bool equality = condition is "Eq" or "Ne";
        return left switch
        {
            Kind.R4 or Kind.R8 => left.ToString(), // ordered or not is the same: FloatOrder
            Kind.I8 => unsigned && !equality ? "U8" : "I8",
            _ => unsigned && !equality ? "U4" : "I4",
        };
    }

    private Instruction ArithmeticOnTwo(Mono.Cecil.Cil.Instruction il)
    {
        Pop();
        Kind left = Pop(); // the device computes in place of the left operand, whose type stays
        Push(left);
        string[] parts = il.OpCode.Name.Split('.'); // checked arithmetic never throws on the device
        string name = char.ToUpperInvariant(parts[0][0]) + parts[0][1..];
        if (IsReference(left))
        {
            return Make(Operation.AddAddress, il, left);
        }

        if (left is Kind.R4 or Kind.R8)
        {
            return Make(Enum.Parse<Operation>(name + left), il, left, name is "Add" or "Sub" ? costs.UnequalExponents : 0);
        }

        bool unsigned = parts.Contains("un") && name is ("Div" or "Rem" or "Shr");
        return Make(Enum.Parse<Operation>(name + (unsigned ? "U" : "I") + (left == Kind.I8 ? "8" : "4")), il, left);
    }

    private Instruction Conversion(Mono.Cecil.Cil.Instruction il)
    {
        Kind from = Pop();
        bool unsigned = il.OpCode.Name.EndsWith(".un", StringComparison.Ordinal);
        Storage target = il.OpCode.Name.Replace("conv.", "").Replace("ovf.", "").Split('.')[0] switch // i1 ... r8, or r of r.un
        {
            "i1" => Storage.I1,
            "u1" => Storage.U1,
            "i2" => Storage.I2,
            "u2" => Storage.U2,
            "u4" or "u" => Storage.U4,
            "i8" => Storage.I8,
            "u8" => Storage.U8,
            "r4" => Storage.R4,
            "r8" or "r" => Storage.R8,
            _ => Storage.I4,
        };
        if (IsReference(from))
        {
            Push(from);
            return Make(Operation.Nop, il, Kind.I4);
        }

        Push(TypeFacts.KindOf(target));
        bool isSmall = target is Storage.I1 or Storage.U1 or Storage.I2 or Storage.U2 or Storage.I4;
        Operation operation = (from, target) switch
        {
            (Kind.I4, _) when isSmall => Operation.ConvertI4ToSmall,
            (Kind.I4, Storage.I8) when !unsigned => Operation.ConvertI4ToI8,
            (Kind.I4, Storage.R4) when !unsigned => Operation.ConvertI4ToR4,
            (Kind.I8, Storage.I4) => Operation.ConvertI8ToI4,
            (Kind.R4, Storage.I8) => Operation.ConvertR4ToI8,
            (Kind.R4, Storage.I4) => Operation.ConvertR4ToI4,
            _ => Operation.Convert,
        };
        Storage marks = operation == Operation.ConvertI4ToSmall
            ? target : unsigned && from is (Kind.I4 or Kind.I8) ? Storage.U4 : Storage.I4;
        return Make(operation, il, from, (int)target, bits: (long)from, storage: marks);
    }
}
