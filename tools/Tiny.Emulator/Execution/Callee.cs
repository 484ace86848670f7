using Mono.Cecil;
using Tiny.Emulator.Natives;

namespace Tiny.Emulator.Execution;

/// <summary>What a call instruction calls; bodies and natives are looked up once, at the first call.</summary>
internal sealed class Callee(MethodDefinition definition, int arguments, Kind result, TypeReference? constrained)
{
    internal MethodDefinition Definition { get; } = definition;

    /// <summary>Arguments, this included.</summary>
    internal int Arguments { get; } = arguments;

    internal Kind Result { get; } = result;

    internal TypeReference? Constrained { get; } = constrained;

    internal DeviceMethod? Method { get; set; }

    internal Native? Native { get; set; }
}
