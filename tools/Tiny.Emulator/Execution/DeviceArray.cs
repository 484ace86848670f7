using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>An array of references or structs. Arrays of numbers are the desktop's own.</summary>
internal sealed class DeviceArray(TypeReference elementType, int length)
{
    internal TypeReference ElementType { get; } = elementType;

    internal object?[] Items { get; } = new object?[length];
}
