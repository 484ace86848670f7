using Mono.Cecil;
using Mono.Cecil.Cil;

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

    /// <summary>The most values on the stack at once.</summary>
    internal int MaxStack { get; set; }

    /// <summary>Bytes of heap that its frame takes.</summary>
    internal int FrameBytes { get; set; }

    /// <summary>
    /// Free slots that a caller must have more than for the method to run within the caller's frame; the largest number if it never does.
    /// </summary>
    internal int InlineSlots { get; set; } = int.MaxValue;

    /// <summary>What its locals add to the cost of a call, in tenths.</summary>
    internal int LocalsCost { get; set; }

    /// <summary>Calls that returned.</summary>
    internal long Calls { get; set; }

    /// <summary>Tenths of instructions charged in the method itself, those of the methods it called not counted.</summary>
    internal long OwnTenths { get; set; }
}

/// <summary>A protected range of a decoded method, by instruction index.</summary>
internal sealed record Handler(
    ExceptionHandlerType Type, int TryStart, int TryEnd, int Start, int End, int FilterStart, TypeReference? CatchType)
{
    internal bool Protects(int at) => at >= TryStart && at < TryEnd;
}

/// <summary>A decoded instruction: what to do, with what, at what cost in tenths of an instruction.</summary>
internal struct Instruction
{
    internal Operation Operation;
    internal Storage Storage;
    internal int A;
    internal int Cost;

    /// <summary>
    /// What it costs more in its dearer outcome: a branch taken, a call that is not run in the
    /// caller's frame, a division with a long quotient.
    /// </summary>
    internal int More;
    internal long Bits;
    internal object? Operand;
}
