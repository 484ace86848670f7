using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>A delegate: a method and the object it is called on; several after Combine.</summary>
internal sealed record DeviceDelegate(TypeReference Type, object? Target, MethodReference Method);
