using Mono.Cecil;

namespace Tiny.Emulator.Natives;

/// <summary>Static fields of the packages that only tables stand for: none is known but their constants.</summary>
internal static class FrameworkStatics
{
    internal static void Check(TypeDefinition type, FieldDefinition[] fields)
    {
        if (!DeviceProgram.HasCode(type.Module.Assembly.Name.Name)
            && fields.FirstOrDefault(field => !field.IsLiteral) is FieldDefinition field)
        {
            throw new EmulatorException($"{field.FullName} is a field of nanoFramework's that the emulator does not know.");
        }
    }
}
