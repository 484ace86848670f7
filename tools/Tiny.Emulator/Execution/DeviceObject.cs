using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>An instance of a class, or the contents of a struct.</summary>
internal sealed class DeviceObject(TypeDefinition type, int fields)
{
    internal TypeDefinition Type { get; } = type;

    internal Slot[] Fields { get; } = new Slot[fields];

    /// <summary>What the framework keeps in an object of its own, such as an exception's message.</summary>
    internal object? Native { get; set; }

    /// <summary>A copy, as assigning a struct makes; structs within it are copied too.</summary>
    internal DeviceObject CopyStruct()
    {
        DeviceObject copy = new(Type, Fields.Length);
        for (int i = 0; i < Fields.Length; i++)
        {
            copy.Fields[i] = Fields[i];
            if (Fields[i].Ref is DeviceObject { Type.IsValueType: true } inner)
            {
                copy.Fields[i].Ref = inner.CopyStruct();
            }
        }

        return copy;
    }
}
