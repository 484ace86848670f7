namespace Tiny.Training.Kinds;

/// <summary>A node of a network's plan.</summary>
/// <param name="Kind">The code of its kind.</param>
/// <param name="Input">The buffer it reads, or the sample.</param>
/// <param name="Output">The buffer it writes.</param>
/// <param name="Attributes">The bytes of its attributes: what its kind wants to know.</param>
/// <param name="Sources">The nodes that wrote what it reads, the first for <paramref name="Input"/>; -1 for the sample.</param>
/// <seealso cref="PlanNodes"/>
public sealed record PlanNode(int Kind, int Input, int Output, byte[] Attributes, IReadOnlyList<int> Sources);
