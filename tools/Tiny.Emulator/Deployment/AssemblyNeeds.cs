namespace Tiny.Emulator.Deployment;

/// <summary>What an assembly takes of a board.</summary>
/// <param name="Name">The assembly.</param>
/// <param name="Bytes">Flash: its .pe file.</param>
/// <param name="HeapBytes">Heap once it is loaded.</param>
public sealed record AssemblyNeeds(string Name, int Bytes, int HeapBytes);
