using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator;

// What is thrown while the program runs: the desktop's exceptions as the device's, and the other way.
public sealed partial class Machine
{
    /// <summary>
    /// Whether something that was thrown is the device's to handle: its own exceptions, and what the desktop throws in their place.
    /// </summary>
    internal static bool IsDevices(Exception error) => error is DeviceFault or DeviceTypeException or NullReferenceException
        or IndexOutOfRangeException
        or DivideByZeroException or InvalidCastException or ArgumentException or NotImplementedException or NotSupportedException
        or FormatException or InvalidOperationException;

    /// <summary>What an exception says, to the host: its message, or what the emulator knows of its cause.</summary>
    internal string MessageOf(DeviceObject exception)
    {
        FieldDefinition? message = mscorlib.GetType("System.Exception").Fields.FirstOrDefault(field => field.Name == "_message");
        string? text = message is null ? null : exception.Fields[Layouts.IndexOf(message)].Ref as string;
        return text ?? exception.Native as string ?? $"Exception was thrown: {exception.Type.FullName}";
    }

    /// <summary>
    /// An exception that the firmware throws. It has no message on the device; the note is for
    /// the host. The heap is not charged: it may be what is full.
    /// </summary>
    internal DeviceObject NewException(string type, string? note)
    {
        DeviceObject made = Layouts.Create(Own(type));
        made.Native = note;
        return made;
    }

    /// <summary>throw null ends the program on the device.</summary>
    internal static DeviceProgramException ThrowNull() => new("System.NullReferenceException", "throw null");

    /// <summary>What the desktop threw while it ran the program, as the device would throw it.</summary>
    internal DeviceObject ToDevice(Exception error) => error switch
    {
        DeviceFault fault => fault.Thrown,
        DivideByZeroException => NewException("System.Exception", "Division by zero."),
        DeviceTypeException => NewException("System.Exception", error.Message),
        NullReferenceException => NewException("System.NullReferenceException", null),
        IndexOutOfRangeException => NewException("System.IndexOutOfRangeException", null),
        InvalidCastException => NewException("System.InvalidCastException", null),
        ArgumentNullException => NewException("System.ArgumentNullException", null),
        ArgumentOutOfRangeException => NewException("System.ArgumentOutOfRangeException", null),
        ArgumentException => NewException("System.ArgumentException", error.Message),
        NotImplementedException => NewException("System.NotImplementedException", error.Message),
        NotSupportedException => NewException("System.NotSupportedException", error.Message),
        FormatException => NewException("System.FormatException", null),
        InvalidOperationException => NewException("System.InvalidOperationException", error.Message),
        _ => throw new EmulatorException($"The emulator failed: {error}"),
    };
}
