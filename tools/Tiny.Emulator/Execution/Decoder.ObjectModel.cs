using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tiny.Emulator.Execution;

/// <summary>Arrays, fields, calls, boxes and pointers.</summary>
internal sealed partial class Decoder
{
    private Instruction DecodeObjectModel(Mono.Cecil.Cil.Instruction il)
    {
        Code code = il.OpCode.Code;
        switch (code)
        {
            case Code.Ldlen:
                Pop();
                Push(Kind.I4);
                return Make(Operation.Length, il, Kind.I4);
            case Code.Newarr:
                Pop();
                Push(Kind.Ref);
                return Make(Operation.NewArray, il, Kind.Ref, operand: il.Operand);
            case >= Code.Ldelem_I1 and <= Code.Ldelem_Ref or Code.Ldelem_Any:
                return LoadElement(il);
            case Code.Ldelema:
                Pop();
                Pop();
                Push(Kind.Address);
                return Make(Operation.ElementAddress, il, Kind.Address);
            case >= Code.Stelem_I and <= Code.Stelem_Ref or Code.Stelem_Any:
                return StoreElement(il);
            case Code.Ldfld or Code.Ldflda or Code.Stfld or Code.Ldsfld or Code.Ldsflda or Code.Stsfld:
                return FieldAccess(il, (FieldReference)il.Operand);
            case Code.Call or Code.Callvirt:
                return Call(il, (MethodReference)il.Operand);
            case Code.Newobj:
                return NewObject(il, (MethodReference)il.Operand);
            case Code.Ldftn:
                Push(Kind.Ref);
                return Make(Operation.LoadFunction, il, Kind.Ref, operand: il.Operand);
            case Code.Ldvirtftn:
                Pop();
                Push(Kind.Ref);
                return Make(Operation.LoadFunction, il, Kind.Ref, 1, operand: il.Operand);
            case Code.Box:
                Kind boxed = Pop();
                Push(Kind.Ref);
                return new Instruction { Operation = Operation.Box, Operand = il.Operand, A = (int)boxed, Cost = costs.Box };
            case Code.Unbox:
                Pop();
                Push(Kind.Address);
                return Make(Operation.Unbox, il, Kind.Address, operand: il.Operand);
            case Code.Unbox_Any:
                Pop();
                Push(TypeFacts.KindOf((TypeReference)il.Operand));
                return Make(Operation.UnboxAny, il, stack[^1], operand: il.Operand);
            case Code.Castclass:
                return Make(Operation.CastClass, il, Kind.Ref, operand: il.Operand);
            case Code.Isinst:
                return Make(Operation.IsInstance, il, Kind.Ref, operand: il.Operand);
            case Code.Ldtoken:
                Push(Kind.Ref);
                return Make(Operation.LoadToken, il, Kind.Ref, operand: il.Operand);
            case >= Code.Ldind_I1 and <= Code.Ldind_Ref or Code.Ldobj:
                Pop();
                Push(IndirectKind(il));
                return Make(stack[^1] == Kind.Struct ? Operation.LoadIndirectStruct : Operation.LoadIndirect, il, stack[^1]);
            case >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I or Code.Stobj:
                Kind stored = Pop();
                Pop();
                return Make(Operation.StoreIndirect, il, stored);
            case Code.Initobj:
                Pop();
                return Make(Operation.InitObject, il, Kind.Struct, operand: il.Operand);
            default:
                throw Unsupported(method, il);
        }
    }

    private Instruction LoadElement(Mono.Cecil.Cil.Instruction il)
    {
        Pop();
        Pop();
        (Operation operation, Kind kind) = il.OpCode.Code switch
        {
            Code.Ldelem_I1 => (Operation.LoadElementI1, Kind.I4),
            Code.Ldelem_U1 => (Operation.LoadElementU1, Kind.I4),
            Code.Ldelem_I2 => (Operation.LoadElementI2, Kind.I4),
            Code.Ldelem_U2 => (Operation.LoadElementU2, Kind.I4),
            Code.Ldelem_I4 => (Operation.LoadElementI4, Kind.I4),
            Code.Ldelem_U4 => (Operation.LoadElementI4, Kind.U4),
            Code.Ldelem_I8 => (Operation.LoadElementI8, Kind.I8),
            Code.Ldelem_R4 => (Operation.LoadElementR4, Kind.R4),
            Code.Ldelem_R8 => (Operation.LoadElementR8, Kind.R8),
            Code.Ldelem_Ref => (Operation.LoadElementRef, Kind.Ref),
            Code.Ldelem_Any => (Operation.LoadElementAny, TypeFacts.KindOf((TypeReference)il.Operand)),
            _ => throw Unsupported(method, il),
        };
        operation = kind == Kind.Struct ? Operation.LoadElementStruct : operation;
        Push(kind);
        return Make(operation, il, kind);
    }

    private Instruction StoreElement(Mono.Cecil.Cil.Instruction il)
    {
        Kind value = Pop();
        Pop();
        Pop();
        Operation operation = il.OpCode.Code switch
        {
            Code.Stelem_I1 => Operation.StoreElementI1,
            Code.Stelem_I2 => Operation.StoreElementI2,
            Code.Stelem_I4 => Operation.StoreElementI4,
            Code.Stelem_I8 => Operation.StoreElementI8,
            Code.Stelem_R4 => Operation.StoreElementR4,
            Code.Stelem_R8 => Operation.StoreElementR8,
            Code.Stelem_Ref => Operation.StoreElementRef,
            _ => Operation.StoreElementAny,
        };
        return Make(operation, il, value);
    }

    private Instruction FieldAccess(Mono.Cecil.Cil.Instruction il, FieldReference field)
    {
        Code code = il.OpCode.Code;
        Kind kind = TypeFacts.KindOf(field.FieldType);
        FieldDefinition definition = field.Resolve() ?? throw new EmulatorException($"{method.FullName}: no field {field.FullName}.");
        if (code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld)
        {
            (Slot[] slots, int slot) = machine.StaticSlot(definition);
            if (code == Code.Stsfld)
            {
                Pop();
                return Make(Operation.StoreStatic, il, kind, slot, slots);
            }

            Push(code == Code.Ldsflda ? Kind.Address : kind);
            Operation operation = code == Code.Ldsflda ? Operation.StaticAddress : kind == Kind.Struct ? Operation.LoadStaticStruct : Operation.LoadStatic;
            return Make(operation, il, kind, slot, slots);
        }

        int index = machine.Layouts.IndexOf(definition);
        if (code == Code.Stfld)
        {
            Pop();
            Pop();
            return Make(Operation.StoreField, il, kind, index);
        }

        Pop();
        Push(code == Code.Ldflda ? Kind.Address : kind);
        Operation load = code == Code.Ldflda ? Operation.FieldAddress : kind == Kind.Struct ? Operation.LoadFieldStruct : Operation.LoadField;
        return Make(load, il, kind, index);
    }

    private Instruction Call(Mono.Cecil.Cil.Instruction il, MethodReference target)
    {
        int values = target.Parameters.Count;
        int popped = values + (target.HasThis ? 1 : 0);
        stack.RemoveRange(stack.Count - popped, popped);
        Kind result = TypeFacts.KindOf(target.ReturnType);
        if (result != Kind.Void)
        {
            Push(result);
            values++;
        }

        MethodDefinition definition = machine.Resolve(target);
        bool isVirtual = il.OpCode.Code == Code.Callvirt && definition.IsVirtual;
        TypeReference? constrained = il.Previous?.OpCode.Code == Code.Constrained ? (TypeReference)il.Previous.Operand : null;
        Callee site = machine.Site(target, definition, popped, result, constrained);
        Operation operation = isVirtual ? Operation.CallVirtual : machine.HasBody(definition) ? Operation.Call : Operation.CallNative;
        return new Instruction
        {
            Operation = operation,
            Operand = site,
            A = il.OpCode.Code == Code.Callvirt && !isVirtual ? 1 : 0, // callvirt of what is not virtual still looks for null
            Cost = operation == Operation.CallNative ? costs.NativeCall : costs.Call(!target.HasThis, isVirtual, values),
        };
    }

    private Instruction NewObject(Mono.Cecil.Cil.Instruction il, MethodReference constructor)
    {
        stack.RemoveRange(stack.Count - constructor.Parameters.Count, constructor.Parameters.Count);
        MethodDefinition definition = machine.Resolve(constructor);
        Push(TypeFacts.KindOf(constructor.DeclaringType));
        Callee site = machine.Site(constructor, definition, constructor.Parameters.Count + 1, Kind.Void, null);
        int call = machine.HasBody(definition) ? costs.Call(isStatic: false, isVirtual: false, constructor.Parameters.Count) : 0;
        return new Instruction { Operation = Operation.NewObject, Operand = site, Cost = costs.NewObject + call };
    }

    private static Kind IndirectKind(Mono.Cecil.Cil.Instruction il) => il.OpCode.Code switch
    {
        Code.Ldind_I8 => Kind.I8,
        Code.Ldind_R4 => Kind.R4,
        Code.Ldind_R8 => Kind.R8,
        Code.Ldind_Ref => Kind.Ref,
        Code.Ldind_U4 => Kind.U4,
        Code.Ldobj => TypeFacts.KindOf((TypeReference)il.Operand),
        _ => Kind.I4,
    };
}
