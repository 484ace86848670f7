namespace Tiny.Emulator;

/// <summary>The program uses what the emulator, or the device, cannot run. Never a wrong answer instead.</summary>
public sealed class EmulatorException(string message) : Exception(message);
