namespace Tiny.Emulator.Execution;

/// <summary>The program sleeps for ever: it has come to its end. Nothing on the device catches it.</summary>
internal sealed class ProgramEnd : Exception;
