using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>What a type is to the interpreter.</summary>
internal static class TypeFacts
{
    /// <summary>What a value of the type is on the stack.</summary>
    internal static Kind KindOf(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Void => Kind.Void,
        MetadataType.ByReference => Kind.Address,
        MetadataType.RequiredModifier or MetadataType.OptionalModifier => KindOf(((IModifierType)type).ElementType),
        _ => KindOf(StorageOf(type)),
    };

    internal static Kind KindOf(Storage storage) => storage switch
    {
        Storage.I8 or Storage.U8 => Kind.I8,
        Storage.R4 => Kind.R4,
        Storage.R8 => Kind.R8,
        Storage.Ref => Kind.Ref,
        Storage.Struct => Kind.Struct,
        _ => Kind.I4,
    };

    /// <summary>How a value of the type is kept.</summary>
    internal static Storage StorageOf(TypeReference type)
    {
        switch (type.MetadataType)
        {
            case MetadataType.Int32 or MetadataType.IntPtr:
                return Storage.I4;
            case MetadataType.UInt32 or MetadataType.UIntPtr:
                return Storage.U4;
            case MetadataType.Int64:
                return Storage.I8;
            case MetadataType.UInt64:
                return Storage.U8;
            case MetadataType.Single:
                return Storage.R4;
            case MetadataType.Double:
                return Storage.R8;
            case MetadataType.Boolean or MetadataType.Byte:
                return Storage.U1;
            case MetadataType.SByte:
                return Storage.I1;
            case MetadataType.Char or MetadataType.UInt16:
                return Storage.U2;
            case MetadataType.Int16:
                return Storage.I2;
            case MetadataType.RequiredModifier or MetadataType.OptionalModifier:
                return StorageOf(((IModifierType)type).ElementType);
            case MetadataType.ValueType:
                return IsTicks(type) ? Storage.I8 : Resolve(type) is { IsEnum: true } named ? StorageOf(Underlying(named)) : Storage.Struct;
            default:
                // A type named by a token of another assembly does not say whether it is a struct.
                return type is not TypeDefinition and not TypeSpecification and not GenericParameter
                    && type.MetadataType == MetadataType.Class && Resolve(type).IsValueType
                    ? StorageOf(Resolve(type))
                    : Storage.Ref;
        }
    }

    /// <summary>DateTime and TimeSpan are plain 64-bit numbers to the interpreter.</summary>
    internal static bool IsTicks(TypeReference type) => type.Namespace == "System" && type.Name is "DateTime" or "TimeSpan";

    internal static TypeReference Underlying(TypeDefinition type) => type.Fields.First(field => !field.IsStatic).FieldType;

    internal static TypeDefinition Resolve(TypeReference type) =>
        type as TypeDefinition ?? type.Resolve()
        ?? throw new EmulatorException($"The type {type.FullName} is not to be found. Put its assembly beside the program.");

    /// <summary>Bytes of an array element, 0 for references and structs.</summary>
    internal static int ElementBytes(TypeReference type) => StorageOf(type) switch
    {
        Storage.U1 or Storage.I1 => 1,
        Storage.U2 or Storage.I2 => 2,
        Storage.I4 or Storage.U4 or Storage.R4 => 4,
        Storage.I8 or Storage.U8 or Storage.R8 => 8,
        _ => 0,
    };

    /// <summary>A new array of numbers, or of references.</summary>
    internal static object NewArray(TypeReference element, int length) => StorageOf(element) switch
    {
        Storage.U1 => element.MetadataType == MetadataType.Boolean ? new bool[length] : new byte[length],
        Storage.I1 => new sbyte[length],
        Storage.U2 => element.MetadataType == MetadataType.Char ? new char[length] : new ushort[length],
        Storage.I2 => new short[length],
        Storage.I4 => new int[length],
        Storage.U4 => new uint[length],
        Storage.I8 => new long[length],
        Storage.U8 => new ulong[length],
        Storage.R4 => new float[length],
        Storage.R8 => new double[length],
        _ => new DeviceArray(element, length),
    };
}
