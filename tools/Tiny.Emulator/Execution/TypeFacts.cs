using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>What a type is to the interpreter.</summary>
internal static class TypeFacts
{
    /// <summary>What a value of the type is on the stack.</summary>
    internal static Kind KindOf(TypeReference type)
    {
        switch (type.MetadataType)
        {
            case MetadataType.Void:
                return Kind.Void;
            case MetadataType.UInt32 or MetadataType.UIntPtr:
                return Kind.U4;
            case MetadataType.Boolean or MetadataType.Char or MetadataType.SByte or MetadataType.Byte or MetadataType.Int16
                or MetadataType.UInt16 or MetadataType.Int32 or MetadataType.IntPtr:
                return Kind.I4;
            case MetadataType.Int64 or MetadataType.UInt64:
                return Kind.I8;
            case MetadataType.Single:
                return Kind.R4;
            case MetadataType.Double:
                return Kind.R8;
            case MetadataType.ByReference:
                return Kind.Address;
            case MetadataType.RequiredModifier or MetadataType.OptionalModifier:
                return KindOf(((IModifierType)type).ElementType);
            case MetadataType.ValueType:
                TypeDefinition definition = Resolve(type);
                return definition.IsEnum ? KindOf(Underlying(definition)) : Kind.Struct;
            default:
                return Kind.Ref;
        }
    }

    internal static TypeReference Underlying(TypeDefinition type) => type.Fields.First(field => !field.IsStatic).FieldType;

    internal static TypeDefinition Resolve(TypeReference type) =>
        type.Resolve() ?? throw new EmulatorException($"The type {type.FullName} is not to be found. Put its assembly beside the program.");

    /// <summary>Bytes of an array element, 0 for references and structs.</summary>
    internal static int ElementBytes(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Boolean or MetadataType.SByte or MetadataType.Byte => 1,
        MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => 2,
        MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single or MetadataType.IntPtr or MetadataType.UIntPtr => 4,
        MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => 8,
        MetadataType.ValueType when Resolve(type).IsEnum => ElementBytes(Underlying(Resolve(type))),
        _ => 0,
    };

    /// <summary>A new array of numbers, or of references.</summary>
    internal static object NewArray(TypeReference element, int length) => element.MetadataType switch
    {
        MetadataType.Boolean => new bool[length],
        MetadataType.SByte => new sbyte[length],
        MetadataType.Byte => new byte[length],
        MetadataType.Char => new char[length],
        MetadataType.Int16 => new short[length],
        MetadataType.UInt16 => new ushort[length],
        MetadataType.Int32 or MetadataType.IntPtr => new int[length],
        MetadataType.UInt32 or MetadataType.UIntPtr => new uint[length],
        MetadataType.Int64 => new long[length],
        MetadataType.UInt64 => new ulong[length],
        MetadataType.Single => new float[length],
        MetadataType.Double => new double[length],
        MetadataType.ValueType when Resolve(element).IsEnum => NewArray(Underlying(Resolve(element)), length),
        _ => new DeviceArray(element, length),
    };
}
