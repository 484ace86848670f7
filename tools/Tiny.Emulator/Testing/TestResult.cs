namespace Tiny.Emulator.Testing;

/// <summary>How a device test ended, and what it took.</summary>
/// <param name="Name">Class and method, with the values of a data row.</param>
/// <param name="Outcome">Passed, failed or skipped.</param>
/// <param name="Message">Why it failed or was skipped, else "".</param>
/// <param name="Instructions">Machine instructions.</param>
/// <param name="Allocated">Bytes of heap allocated.</param>
/// <param name="HeapPeak">Bytes of heap reachable at the fullest moment.</param>
public sealed record TestResult(string Name, TestOutcome Outcome, string Message, long Instructions, long Allocated, long HeapPeak);
