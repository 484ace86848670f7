using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>Static fields of the framework's that are not constants.</summary>
internal static class FrameworkStatics
{
    internal static void Fill(Machine machine, TypeDefinition type, FieldDefinition[] fields, Slot[] slots)
    {
        if (!DeviceProgram.IsFramework(type.Module.Assembly.Name.Name))
        {
            return;
        }

        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i].FullName.EndsWith("System.String::Empty", StringComparison.Ordinal))
            {
                slots[i].Ref = machine.Heap.Literal("", 0);
            }
            else if (!fields[i].IsLiteral)
            {
                throw new EmulatorException($"{fields[i].FullName} is a field of nanoFramework's that the emulator does not know.");
            }
        }
    }
}
