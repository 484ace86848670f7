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
                return WithFields(Make(Operation.ElementAddress, il, Kind.Address), il);
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
                return Make(Operation.LoadFunction, il, Kind.Ref, operand: machine.Resolve((MethodReference)il.Operand));
            case Code.Ldvirtftn:
                Pop();
                Push(Kind.Ref);
                return Make(Operation.LoadFunction, il, Kind.Ref, 1, operand: machine.Resolve((MethodReference)il.Operand));
            case Code.Box:
                Pop();
                Push(Kind.Ref);
                TypeReference type = (TypeReference)il.Operand;
                BoxType box = new(type, TypeFacts.KindOf(type), TypeFacts.StorageOf(type));
                return Make(Operation.Box, il, box.Kind, operand: box);
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
                return WithFields(Make(stack[^1] == Kind.Struct ? Operation.LoadIndirectStruct : Operation.LoadIndirect, il, stack[^1]),
                    il);
            case >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I or Code.Stobj:
                Kind stored = Pop();
                Pop();
                return WithFields(Make(Operation.StoreIndirect, il, stored), il);
            case Code.Initobj:
                Pop();
                return WithFields(Make(Operation.InitObject, il, Kind.Struct, operand: il.Operand), il);
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
            Code.Ldelem_U4 => (Operation.LoadElementAny, Kind.I4),
            Code.Ldelem_I8 => (Operation.LoadElementI8, Kind.I8),
            Code.Ldelem_R4 => (Operation.LoadElementR4, Kind.R4),
            Code.Ldelem_R8 => (Operation.LoadElementR8, Kind.R8),
            Code.Ldelem_Ref => (Operation.LoadElementRef, Kind.Ref),
            Code.Ldelem_Any => (Operation.LoadElementAny, TypeFacts.KindOf((TypeReference)il.Operand)),
            _ => throw Unsupported(method, il),
        };
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
        return WithFields(Make(operation, il, value), il);
    }

    /// <summary>With what a struct's further fields add to the cost.</summary>
    private Instruction WithFields(Instruction made, Mono.Cecil.Cil.Instruction il)
    {
        if (il.Operand is TypeReference type && TypeFacts.StorageOf(type) == Storage.Struct)
        {
            made.Cost += costs.OfFields(il.OpCode.Code, TypeFacts.Resolve(type).Fields.Count(field => !field.IsStatic));
        }

        return made;
    }

    private Instruction FieldAccess(Mono.Cecil.Cil.Instruction il, FieldReference field)
    {
        Code code = il.OpCode.Code;
        FieldDefinition definition = field.Resolve() ?? throw new EmulatorException($"{method.FullName}: no field {field.FullName}.");
        Storage storage = TypeFacts.StorageOf(definition.FieldType);
        Kind kind = TypeFacts.KindOf(storage);
        if (code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld)
        {
            return StaticAccess(il, definition, storage, kind);
        }

        if (TypeFacts.IsTicks(definition.DeclaringType))
        {
            return TicksAccess(il, storage);
        }

        int index = machine.Layouts.IndexOf(definition);
        if (code == Code.Stfld)
        {
            Pop();
            Kind into = Pop();
            Instruction store = Make(IsReference(kind) ? Operation.StoreFieldRef : Operation.StoreFieldNumber, il, kind, index);
            store.Cost += costs.FieldOf(into);
            return store;
        }

        Kind target = Pop();
        Push(code == Code.Ldflda ? Kind.Address : kind);
        Operation load = code == Code.Ldflda
            ? Operation.FieldAddress
            : Variant(storage, Operation.LoadFieldNumber, Operation.LoadFieldUnsigned, Operation.LoadFieldSmall, Operation.LoadFieldRef,
            Operation.LoadFieldStruct);
        Instruction made = Make(load, il, kind, index, storage: storage);
        made.Cost += costs.FieldOf(target);
        return made;
    }

    private Instruction StaticAccess(Mono.Cecil.Cil.Instruction il, FieldDefinition field, Storage storage, Kind kind)
    {
        (Slot[] slots, int slot) = machine.StaticSlot(field);
        if (il.OpCode.Code == Code.Stsfld)
        {
            Pop();
            return Make(IsReference(kind) ? Operation.StoreStaticRef : Operation.StoreStaticNumber, il, kind, slot, slots);
        }

        bool isAddress = il.OpCode.Code == Code.Ldsflda;
        Push(isAddress ? Kind.Address : kind);
        Operation operation = isAddress
            ? Operation.StaticAddress
            : Variant(storage, Operation.LoadStaticNumber, Operation.LoadStaticUnsigned, Operation.LoadStaticSmall, Operation.LoadStaticRef,
            Operation.LoadStaticStruct);
        return Make(operation, il, kind, slot, slots, storage: storage);
    }

    /// <summary>The one field of a DateTime or TimeSpan, which are numbers themselves.</summary>
    private Instruction TicksAccess(Mono.Cecil.Cil.Instruction il, Storage storage)
    {
        switch (il.OpCode.Code)
        {
            case Code.Stfld:
                Pop();
                Pop();
                return Make(Operation.StoreTicks, il, Kind.I8);
            case Code.Ldflda:
                return Make(Operation.Nop, il, Kind.Address); // the pointer to it is the pointer to its field
            default:
                Pop();
                Push(Kind.I8);
                Instruction made = Make(Operation.LoadTicks, il, Kind.I8, storage: storage);
                made.Cost += costs.FieldOfTicks;
                return made;
        }
    }

    private Instruction Call(Mono.Cecil.Cil.Instruction il, MethodReference target)
    {
        int popped = target.Parameters.Count + (target.HasThis ? 1 : 0);
        int depth = stack.Count;
        stack.RemoveRange(stack.Count - popped, popped);
        Kind result = TypeFacts.KindOf(target.ReturnType);
        if (result != Kind.Void)
        {
            Push(result);
        }

        MethodDefinition definition = machine.Resolve(target);
        bool isDelegate = definition.Name == "Invoke" && definition.IsRuntime;
        bool isVirtual = il.OpCode.Code == Code.Callvirt && definition.IsVirtual && !isDelegate;
        TypeReference? constrained = il.Previous?.OpCode.Code == Code.Constrained ? (TypeReference)il.Previous.Operand : null;
        bool hasBody = machine.HasBody(definition);
        Operation operation = isDelegate
            ? Operation.CallDelegate : isVirtual ? Operation.CallVirtual : hasBody ? Operation.Call : Operation.CallNative;
        (int cost, int more) = costs.Call(operation, definition, popped, result);
        return new Instruction
        {
            Operation = operation,
            Operand = machine.Site(target, definition, popped, result, constrained),
            A = il.OpCode.Code == Code.Callvirt && !isVirtual ? 1 : 0, // callvirt of what is not virtual still looks for null
            Bits = machine.Board.InlinesCalls ? depth : 0,
            Cost = cost,
            More = more,
        };
    }

    private Instruction NewObject(Mono.Cecil.Cil.Instruction il, MethodReference constructor)
    {
        stack.RemoveRange(stack.Count - constructor.Parameters.Count, constructor.Parameters.Count);
        MethodDefinition definition = machine.Resolve(constructor);
        Push(TypeFacts.KindOf(constructor.DeclaringType));
        deepest = Math.Max(deepest, stack.Count + constructor.Parameters.Count + 1);
        if (definition.DeclaringType.BaseType?.FullName is "System.MulticastDelegate")
        {
            return new Instruction { Operation = Operation.NewDelegate, Operand = definition.DeclaringType, Cost = costs.NewDelegate };
        }

        Callee site = machine.Site(constructor, definition, constructor.Parameters.Count + 1, Kind.Void, null);
        bool hasBody = machine.HasBody(definition);
        return new Instruction
        {
            Operation = hasBody ? Operation.NewObject : Operation.NewNative,
            Operand = site,
            Cost = costs.NewObject(definition, hasBody),
        };
    }

    private static Kind IndirectKind(Mono.Cecil.Cil.Instruction il) => il.OpCode.Code switch
    {
        Code.Ldind_I8 => Kind.I8,
        Code.Ldind_R4 => Kind.R4,
        Code.Ldind_R8 => Kind.R8,
        Code.Ldind_Ref => Kind.Ref,
        Code.Ldobj => TypeFacts.KindOf((TypeReference)il.Operand),
        _ => Kind.I4,
    };
}
