namespace Tiny.Emulator.Flash;

/// <summary>The power is gone: nothing of the program goes on.</summary>
public sealed class PowerCutException() : Exception("The power was cut.");
