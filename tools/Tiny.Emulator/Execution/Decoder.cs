using Mono.Cecil;
using Mono.Cecil.Cil;
using Tiny.Emulator.Costs;

namespace Tiny.Emulator.Execution;

/// <summary>
/// Decodes a method: follows what stands on the stack from instruction to instruction, so that each opcode becomes an operation on known
/// kinds, with its cost.
/// </summary>
internal sealed partial class Decoder(Machine machine, MethodDefinition method)
{
    private readonly List<Kind> stack = [];
    private readonly Dictionary<int, Kind[]> states = [];
    private readonly Dictionary<int, int> indices = [];
    private readonly int arguments = method.Parameters.Count + (method.HasThis ? 1 : 0);
    private readonly OpcodeCosts costs = machine.Costs;

    internal DeviceMethod Decode()
    {
        MethodBody body = method.Body;
        DeviceMethod decoded = new(method)
        {
            Locals = body.Variables.Count,
            MaxStack = body.MaxStackSize + 2,
            StructLocals = [.. body.Variables.Where(v => TypeFacts.KindOf(v.VariableType) == Kind.Struct)
                .Select(v => (v.Index, TypeFacts.Resolve(v.VariableType)))],
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
        int end = body.Instructions.Count;
        decoded.Handlers =
        [
            .. body.ExceptionHandlers.Select(h => new Handler(h.HandlerType, Index(h.TryStart), h.TryEnd is null ? end : Index(h.TryEnd),
                Index(h.HandlerStart), h.HandlerEnd is null ? end : Index(h.HandlerEnd), h.FilterStart is null ? -1 : Index(h.FilterStart), h.CatchType)),
        ];
        return decoded;
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

    private void Push(Kind kind) => stack.Add(kind);

    private static EmulatorException Unsupported(MethodDefinition method, Mono.Cecil.Cil.Instruction il) =>
        new($"{method.FullName}, IL_{il.Offset:x4}: {il.OpCode.Name} is not supported by the device or the emulator.");

    private Instruction Make(Operation operation, Mono.Cecil.Cil.Instruction il, Kind kind, int a = 0, object? operand = null, long bits = 0) =>
        new() { Operation = operation, A = a, Operand = operand, Bits = bits, Cost = costs.Of(il.OpCode.Code, kind) };

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
                return Make(Operation.Store, il, Pop(), ArgumentIndex(il));
            case Code.Ldarga or Code.Ldarga_S:
                Push(Kind.Address);
                return Make(Operation.Address, il, Kind.Address, ArgumentIndex(il));
            case >= Code.Ldloc_0 and <= Code.Ldloc_3:
                return LoadLocal(il, code - Code.Ldloc_0);
            case Code.Ldloc or Code.Ldloc_S:
                return LoadLocal(il, ((VariableDefinition)il.Operand).Index);
            case >= Code.Stloc_0 and <= Code.Stloc_3:
                return Make(Operation.Store, il, Pop(), arguments + (code - Code.Stloc_0));
            case Code.Stloc or Code.Stloc_S:
                return Make(Operation.Store, il, Pop(), arguments + ((VariableDefinition)il.Operand).Index);
            case Code.Ldloca or Code.Ldloca_S:
                Push(Kind.Address);
                return Make(Operation.Address, il, Kind.Address, arguments + ((VariableDefinition)il.Operand).Index);
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
        Kind kind = method.HasThis && index == 0
            ? (method.DeclaringType.IsValueType ? Kind.Address : Kind.Ref)
            : TypeFacts.KindOf(method.Parameters[index - (method.HasThis ? 1 : 0)].ParameterType);
        return Load(il, index, kind);
    }

    private Instruction LoadLocal(Mono.Cecil.Cil.Instruction il, int local) =>
        Load(il, arguments + local, TypeFacts.KindOf(method.Body.Variables[local].VariableType));

    private Instruction Load(Mono.Cecil.Cil.Instruction il, int slot, Kind kind)
    {
        Push(kind);
        return Make(kind == Kind.Struct ? Operation.LoadStruct : Operation.Load, il, kind, slot);
    }

    private static Operation Named(string name, Kind kind) => Enum.Parse<Operation>(name + (kind is Kind.U4 ? "I4" : kind.ToString()));

    private Instruction BranchOnOne(Mono.Cecil.Cil.Instruction il)
    {
        Kind kind = Pop();
        string suffix = kind is Kind.Ref or Kind.Address ? "Ref" : kind == Kind.I8 ? "I8" : "I4";
        bool onTrue = il.OpCode.Code is Code.Brtrue or Code.Brtrue_S;
        return Make(Enum.Parse<Operation>((onTrue ? "BranchTrue" : "BranchFalse") + suffix), il, kind, Target(il));
    }

    private Instruction BranchOnTwo(Mono.Cecil.Cil.Instruction il)
    {
        Kind right = Pop();
        Kind left = Pop();
        string[] parts = il.OpCode.Name.Split('.'); // bge.un.s
        string condition = char.ToUpperInvariant(parts[0][1]) + parts[0][2..];
        return Make(Enum.Parse<Operation>("Branch" + condition + Suffix(left, right, parts.Contains("un"), condition)), il, left, Target(il));
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
        if (left is Kind.Ref or Kind.Address || right is Kind.Ref or Kind.Address)
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
        bool unsigned = parts.Contains("un");
        string name = char.ToUpperInvariant(parts[0][0]) + parts[0][1..];
        string wide = left == Kind.I8 ? "8" : "4";
        if (left is Kind.R4 or Kind.R8)
        {
            return Make(Enum.Parse<Operation>(name + left), il, left);
        }

        bool asUnsigned = name switch
        {
            "Div" or "Rem" => unsigned || left == Kind.U4, // what stays unsigned on the stack divides so
            "Shr" => unsigned || left == Kind.U4, // and shifts so
            _ => false,
        };
        return Make(Enum.Parse<Operation>(name + (asUnsigned ? "U" : "I") + wide), il, left);
    }

    private Instruction Conversion(Mono.Cecil.Cil.Instruction il)
    {
        Kind from = Pop();
        Code code = il.OpCode.Code;
        string target = il.OpCode.Name.Replace("conv.", "").Replace("ovf.", "").Split('.')[0]; // i1 ... r8, or r of r.un
        Push(target switch
        {
            "u4" or "u" => Kind.U4,
            "i8" or "u8" => Kind.I8,
            "r4" => Kind.R4,
            "r8" or "r" => Kind.R8,
            _ => Kind.I4,
        });
        if (code == Code.Conv_R_Un && from == Kind.I8)
        {
            throw Unsupported(method, il);
        }

        Kind source = code == Code.Conv_R_Un && from == Kind.I4 ? Kind.U4 : from;
        return Make(Operation.Convert, il, from, Array.IndexOf(Conversions.Targets, target), bits: (long)source);
    }
}
