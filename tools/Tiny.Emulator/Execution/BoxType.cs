using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>What a box instruction makes.</summary>
internal sealed record BoxType(TypeReference Type, Kind Kind, Storage Storage);
