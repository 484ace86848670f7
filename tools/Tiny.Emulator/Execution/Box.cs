using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>A boxed number or enum value. Methods of its type get it for their this, so it is a pointer to its value as well.</summary>
internal sealed class Box(TypeReference type, Kind kind, Storage storage, Slot value) : Reference
{
    internal TypeReference Type { get; } = type;

    internal Kind Kind { get; } = kind;

    internal Storage Storage { get; } = storage;

    internal Slot Value = value;

    internal override Slot Load() => Promotion.Load(Value, Storage);

    internal override void Store(in Slot value) => Value = value;
}
