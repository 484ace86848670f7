using Mono.Cecil;
using Tiny.Kernels;

namespace Tiny.Emulator.Tests.Natives;

/// <summary>The firmware's table of native methods is that of the assembly that goes to the board.</summary>
public class InteropTests
{
    /// <summary>nanoFramework's own sample of interop, whose table is public: two ordinary methods before each native one.</summary>
    [Fact]
    public void The_checksum_is_the_metadata_processors()
    {
        (string, string)?[] methods =
        [
            null, null, ("NF_AwesomeLib_Math", "NativeSuperComplicatedCalculation___STATIC__R8__R8"),
            null, null, ("NF_AwesomeLib_Utilities", "NativeGetHardwareSerial___STATIC__VOID__SZARRAY_U1"),
        ];
        Assert.Equal(0xEE794AFB, InteropWriter.Checksum("NF.AwesomeLib", methods));
        Assert.Contains($"0x{InteropWriter.Checksum():X8}", InteropWriter.WriteTable());
    }

    [Fact]
    public void The_table_has_the_device_assemblys_methods_in_their_order_and_nothing_else()
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(DeviceProgram.LibraryFolder, "Tiny.Native.dll"));
        MethodDefinition[] methods = [.. assembly.MainModule.Types.Where(type => type.Name != "<Module>")
            .OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(type => type.Methods)];
        Assert.All(methods, method => Assert.True(method.IsStatic && method.IsInternalCall, method.FullName));
        Assert.Equal(methods.Select(method =>
            $"{method.DeclaringType.FullName.Replace('.', '_')}::{method.Name}___STATIC__"
            + $"{string.Join("__", method.Parameters.Select(p => p.ParameterType).Prepend(method.ReturnType).Select(Code))}"),
            InteropWriter.Names);
        Assert.Contains(assembly.CustomAttributes, attribute => attribute.AttributeType.Name == "AssemblyNativeVersionAttribute"
            && (string)attribute.ConstructorArguments[0].Value == "0.1.0.0");
    }

    private static string Code(TypeReference type) => type switch
    {
        ArrayType array => "SZARRAY_" + Code(array.ElementType),
        _ => type.MetadataType switch
        {
            MetadataType.Single => "R4",
            MetadataType.Int32 => "I4",
            MetadataType.Int64 => "I8",
            MetadataType.Byte => "U1",
            MetadataType.UInt16 => "U2",
            MetadataType.SByte => "I1",
            MetadataType.Void => "VOID",
            _ => type.FullName,
        },
    };
}
