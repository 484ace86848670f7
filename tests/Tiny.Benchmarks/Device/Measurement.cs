namespace Tiny.Benchmarks.Device;

/// <summary>Instructions of one thing on two kinds of board, and how many units of work they are for.</summary>
/// <param name="Group">The table it belongs to.</param>
/// <param name="Name">What was run.</param>
/// <param name="Unit">What is counted: MAC, parameter, element, sample.</param>
/// <param name="Units">How many of them.</param>
/// <param name="Lto">Instructions on a Cortex-M4F with released firmware.</param>
/// <param name="Soft">Instructions on a core without FPU.</param>
public sealed record Measurement(string Group, string Name, string Unit, int Units, long Lto, long Soft);
