using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>A delegate: a method and the object it is called on; or, after Combine, several of these.</summary>
internal sealed class DeviceDelegate(TypeReference type, object? target, MethodDefinition? method, DeviceDelegate[]? list = null)
{
    internal TypeReference Type { get; } = type;

    internal object? Target { get; } = target;

    /// <summary>Null where there are several.</summary>
    internal MethodDefinition? Method { get; } = method;

    internal DeviceDelegate[]? List { get; } = list;

    /// <summary>Itself, or those it was combined from.</summary>
    internal ReadOnlySpan<DeviceDelegate> All => List is null ? new[] { this } : List;

    internal bool Calls(DeviceDelegate other) => Method == other.Method && ReferenceEquals(Target, other.Target);
}
