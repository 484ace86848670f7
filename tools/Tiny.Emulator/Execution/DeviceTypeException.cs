namespace Tiny.Emulator.Execution;

/// <summary>Something is not of the type it would have to be: the interpreter throws a plain System.Exception for it.</summary>
internal sealed class DeviceTypeException() : Exception("A value is not of the type it would have to be.");
