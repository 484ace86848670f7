using System.Globalization;
using System.Reflection;
using System.Text;
using Tiny.Native;

namespace Tiny.Kernels;

/// <summary>
/// Writes what joins the kernels in C to a firmware of nanoFramework: the table of its methods with the checksum that
/// the metadata processor gives the assembly, and for each method what takes its arguments off the interpreter's
/// stack, sees to it that every array is as long as the kernel reaches, and calls it.
/// </summary>
public static class InteropWriter
{
    private const string Assembly = "Tiny.Native";
    private const string Notice = "// Written by tools/Tiny.Kernels; not for editing by hand.\n";

    /// <summary>The classes of native methods, in the order of their names, as the metadata processor has them.</summary>
    private static readonly Type[] Classes =
        [typeof(FloatKernels), typeof(Int8Kernels), typeof(SignalKernels), typeof(SparseKernels), typeof(WindowKernels)];

    /// <summary>The checksum of the assembly's native methods.</summary>
    public static uint Checksum() =>
        Checksum(Assembly, [.. Methods().Select(one => ((string, string)?)(ClassOf(one.Type), NameOf(one.Method)))]);

    /// <summary>The checksum of an assembly's methods, in their order: the class and the name of a native one, null for another.</summary>
    /// <remarks>
    /// As the metadata processor does it: up to the first native method all that was taken up is
    /// forgotten, its own assembly and class included.
    /// </remarks>
    public static uint Checksum(string assembly, IReadOnlyList<(string Class, string Method)?> methods)
    {
        uint crc = 0;
        bool any = false;
        foreach ((string Class, string Method)? method in methods)
        {
            if (method is (string owner, string name))
            {
                crc = Crc(name, any ? Crc(owner, Crc(assembly, crc)) : 0);
                any = true;
            }
            else if (any)
            {
                crc = Crc("NULL", crc);
            }
        }

        return crc;
    }

    /// <summary>Class and name of every native method as the firmware's table has them, in their order.</summary>
    public static IReadOnlyList<string> Names => [.. Methods().Select(one => $"{ClassOf(one.Type)}::{NameOf(one.Method)}")];

    /// <summary>The header: a structure for each class.</summary>
    public static string WriteHeader()
    {
        StringBuilder text = new(Notice);
        text.Append("#ifndef TINY_NATIVE_INTEROP_H\n#define TINY_NATIVE_INTEROP_H\n\n#include <nanoCLR_Interop.h>\n#include "
            + "<nanoCLR_Runtime.h>\n#include <nanoPackStruct.h>\n\n");
        foreach (Type type in Classes)
        {
            text.Append(CultureInfo.InvariantCulture, $"struct {StructOf(type)}\n{{\n");
            foreach (MethodInfo method in Of(type))
            {
                text.Append(CultureInfo.InvariantCulture, $"    NANOCLR_NATIVE_DECLARE({NameOf(method)});\n");
            }

            text.Append("};\n\n");
        }

        return text.Append("extern const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_Tiny_Native;\n\n#endif\n").ToString();
    }

    /// <summary>The table that the runtime looks methods up in, by their numbers in the assembly.</summary>
    public static string WriteTable()
    {
        StringBuilder text = new(Notice);
        text.Append("#include \"tiny_native_interop.h\"\n\nstatic const CLR_RT_MethodHandler method_lookup[] = {\n");
        foreach ((Type type, MethodInfo method) in Methods())
        {
            text.Append(CultureInfo.InvariantCulture, $"    {StructOf(type)}::{NameOf(method)},\n");
        }

        text.Append("};\n\nconst CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_Tiny_Native = {\n");
        return text.Append(CultureInfo.InvariantCulture, $"    \"{Assembly}\", 0x{Checksum():X8}, method_lookup, {{ 0, 1, 0, 0 }}}};\n")
            .ToString();
    }

    /// <summary>What takes the arguments over.</summary>
    public static string WriteCalls()
    {
        StringBuilder text = new(Notice);
        text.Append("#include \"tiny_native_interop.h\"\n#include \"tiny_native_checks.h\"\n#include \"tiny_native.h\"\n");
        foreach ((Type type, MethodInfo method) in Methods())
        {
            InteropCall call = InteropCalls.Of(method.Name);
            text.Append(CultureInfo.InvariantCulture,
                $"\nHRESULT {StructOf(type)}::{NameOf(method)}(CLR_RT_StackFrame &stack)\n{{\n    NANOCLR_HEADER();\n    {{\n");
            ParameterInfo[] parameters = method.GetParameters();
            for (int i = 0; i < parameters.Length; i++)
            {
                (string native, string marshal) = Marshalled(parameters[i].ParameterType);
                text.Append(CultureInfo.InvariantCulture,
                    $"        {native} {parameters[i].Name};\n        "
                        + $"NANOCLR_CHECK_HRESULT(Interop_Marshal_{marshal}(stack, {i}, {parameters[i].Name}));\n");
            }

            text.Append(CultureInfo.InvariantCulture,
                $"        if (!({string.Join("\n            && ", call.Conditions)}))\n        {{\n            "
                    + $"NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);\n        }}\n\n");
            string result = method.ReturnType == typeof(float)
                ? "SetResult_float(stack, {0});" : method.ReturnType == typeof(int) ? "SetResult_INT32(stack, {0});" : "{0};";
            string arguments = $"{call.Kernel}({string.Join(", ", call.Arguments.Select(argument => Passed(argument, parameters)))})";
            text.Append("        ").AppendFormat(CultureInfo.InvariantCulture, result, arguments)
                .Append("\n    }\n    NANOCLR_NOCLEANUP();\n}\n");
        }

        return text.ToString();
    }

    private static string Passed(string argument, ParameterInfo[] parameters)
    {
        string[] parts = argument.Split(" + ");
        ParameterInfo parameter = parameters.Single(one => one.Name == parts[0]);
        string offset = parts.Length > 1 ? " + " + parts[1] : "";
        return !parameter.ParameterType.IsArray ? argument
            : parts.Length > 1 && parts[1] == "weightsAt" ? $"(const int8_t *)({parts[0]}.GetBuffer(){offset})"
            : parameter.ParameterType == typeof(int[]) ? $"(int32_t *){parts[0]}.GetBuffer(){offset}"
            : parameter.ParameterType == typeof(long[]) ? $"(int64_t *){parts[0]}.GetBuffer(){offset}"
            : parameter.ParameterType == typeof(sbyte[]) ? $"(int8_t *){parts[0]}.GetBuffer(){offset}"
            : $"{parts[0]}.GetBuffer(){offset}";
    }

    private static IEnumerable<(Type Type, MethodInfo Method)> Methods() =>
        Classes.SelectMany(type => Of(type).Select(method => (type, method)));

    private static IEnumerable<MethodInfo> Of(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).OrderBy(method => method.MetadataToken);

    private static string ClassOf(Type type) => type.FullName!.Replace('.', '_');

    private static string StructOf(Type type) => $"Library_Tiny_Native_{ClassOf(type)}";

    private static string NameOf(MethodInfo method) =>
        $"{method.Name}___STATIC__{string.Join("__", method.GetParameters().Select(parameter => TypeOf(parameter.ParameterType)).Prepend(
        TypeOf(method.ReturnType)))}";

    private static string TypeOf(Type type) => type.IsArray ? "SZARRAY_" + TypeOf(type.GetElementType()!) : Type.GetTypeCode(type) switch
    {
        TypeCode.Single => "R4",
        TypeCode.Int32 => "I4",
        TypeCode.Int64 => "I8",
        TypeCode.Byte => "U1",
        TypeCode.UInt16 => "U2",
        TypeCode.SByte => "I1",
        _ => "VOID",
    };

    private static (string Native, string Marshal) Marshalled(Type type)
    {
        Type element = type.IsArray ? type.GetElementType()! : type;
        string name = element == typeof(float)
            ? "float" : element == typeof(int) ? "INT32" : element == typeof(long) ? "INT64" : element == typeof(byte) ? "UINT8"
            : element == typeof(ushort) ? "UINT16" : "INT8";
        return type.IsArray ? ("CLR_RT_TypedArray_" + name, name + "_ARRAY") : (name == "float" ? "float" : "signed int", name);
    }

    private static uint Crc(string text, uint crc)
    {
        foreach (byte one in Encoding.ASCII.GetBytes(text))
        {
            crc ^= (uint)one << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
            }
        }

        return crc;
    }
}
