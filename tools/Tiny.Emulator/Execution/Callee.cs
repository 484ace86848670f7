using Mono.Cecil;

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

    internal Natives.Native? Native { get; set; }

    /// <summary>What a virtual call was for the classes of objects so far.</summary>
    internal Dictionary<TypeDefinition, VirtualTarget> Targets { get; } = [];

    internal TypeDefinition? LastType { get; set; }

    internal VirtualTarget? LastTarget { get; set; }
}

/// <summary>What a virtual call comes to for one class of objects.</summary>
/// <param name="Method">The body; null for what the firmware implements.</param>
/// <param name="Native">The firmware's.</param>
/// <param name="ExtraTenths">What finding it costs where the class is not the one named.</param>
internal sealed record VirtualTarget(DeviceMethod? Method, Natives.Native? Native, int ExtraTenths);
