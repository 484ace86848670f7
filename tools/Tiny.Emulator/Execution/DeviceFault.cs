namespace Tiny.Emulator.Execution;

/// <summary>An exception of the device's program on its way to a handler.</summary>
internal sealed class DeviceFault(DeviceObject exception) : Exception
{
    internal DeviceObject Thrown { get; } = exception;
}
