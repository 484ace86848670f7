using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>A method decoded for one board.</summary>
internal sealed class DeviceMethod(MethodDefinition definition)
{
    internal MethodDefinition Definition { get; } = definition;

    internal Instruction[] Code { get; set; } = [];

    internal Handler[] Handlers { get; set; } = [];

    /// <summary>Arguments, this included.</summary>
    internal int Arguments { get; } = definition.Parameters.Count + (definition.HasThis ? 1 : 0);

    internal int Locals { get; set; }

    /// <summary>Struct locals, each with its type, made anew at every call.</summary>
    internal (int Local, TypeDefinition Type)[] StructLocals { get; set; } = [];

    internal int MaxStack { get; set; }

    /// <summary>Calls that returned.</summary>
    internal long Calls { get; set; }

    /// <summary>Tenths of instructions charged in the method itself, those of the methods it called not counted.</summary>
    internal long OwnTenths { get; set; }

    internal bool ReturnsValue { get; } = definition.ReturnType.MetadataType != MetadataType.Void;
}

/// <summary>A protected range of a decoded method, by instruction index.</summary>
internal sealed record Handler(
    Mono.Cecil.Cil.ExceptionHandlerType Type, int TryStart, int TryEnd, int Start, int End, int FilterStart, TypeReference? CatchType);

/// <summary>A decoded instruction: what to do, with what, at what cost in tenths of an instruction.</summary>
internal struct Instruction
{
    internal Operation Operation;
    internal int A;
    internal int Cost;
    internal long Bits;
    internal object? Operand;
}
