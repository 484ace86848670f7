using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>An array of references or structs. Arrays of numbers are the desktop's own.</summary>
internal sealed class DeviceArray(TypeReference elementType, int length)
{
    internal TypeReference ElementType { get; } = elementType;

    internal bool IsOfStructs { get; } = TypeFacts.StorageOf(elementType) == Storage.Struct;

    internal object?[] Items { get; } = new object?[length];

    /// <summary>Stores; a struct's contents go into the element's.</summary>
    internal void Set(int index, object? value)
    {
        if (IsOfStructs)
        {
            ((DeviceObject)Items[index]!).CopyFrom(value as DeviceObject ?? throw new DeviceTypeException());
        }
        else
        {
            Items[index] = value;
        }
    }
}
