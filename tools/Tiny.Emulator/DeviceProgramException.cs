namespace Tiny.Emulator;

/// <summary>The device's program threw an exception that nothing in it caught.</summary>
/// <param name="type">Full name of the exception's type.</param>
/// <param name="message">Its message.</param>
public sealed class DeviceProgramException(string type, string message) : Exception($"{type}: {message}")
{
    /// <summary>Full name of the exception's type on the device.</summary>
    public string DeviceType { get; } = type;

    /// <summary>Its message on the device.</summary>
    public string DeviceMessage { get; } = message;
}
