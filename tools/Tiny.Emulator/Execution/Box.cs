using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>A boxed number or enum value.</summary>
internal sealed class Box(TypeReference type, Kind kind, Slot value)
{
    internal TypeReference Type { get; } = type;

    internal Kind Kind { get; } = kind;

    internal Slot Value = value;
}
