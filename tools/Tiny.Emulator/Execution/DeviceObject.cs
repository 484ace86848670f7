using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>An instance of a class, or the contents of a struct.</summary>
internal sealed class DeviceObject(TypeDefinition type, int fields)
{
    internal TypeDefinition Type { get; } = type;

    internal Slot[] Fields { get; } = new Slot[fields];

    /// <summary>What the firmware, or the emulator in its place, keeps with an object: a thread, a file, a signal's state.</summary>
    internal object? Native { get; set; }

    /// <summary>A copy, as loading a struct makes; structs within it are copied too.</summary>
    internal DeviceObject CopyStruct()
    {
        DeviceObject copy = new(Type, Fields.Length) { Native = Native };
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Takes over a struct's contents.</summary>
    internal void CopyFrom(DeviceObject other)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            Fields[i] = other.Fields[i];
            if (other.Fields[i].Ref is DeviceObject { Type.IsValueType: true } inner)
            {
                Fields[i].Ref = inner.CopyStruct();
            }
        }
    }
}
