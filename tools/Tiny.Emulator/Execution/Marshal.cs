using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>Values between host and device. Numbers, strings and arrays of numbers are the same on both.</summary>
internal static class Marshal
{
    internal static Slot ToSlot(object? value)
    {
        Slot slot = default;
        switch (value)
        {
            case float single:
                slot.R4 = single;
                break;
            case double number:
                slot.R8 = number;
                break;
            case long wide:
                slot.I8 = wide;
                break;
            case bool flag:
                slot.I4 = flag ? 1 : 0;
                break;
            case char or sbyte or byte or short or ushort or int:
                slot.I4 = Convert.ToInt32(value);
                break;
            case uint unsigned:
                slot.I4 = (int)unsigned;
                slot.Ref = Slot.Unsigned;
                break;
            case ulong wide:
                slot.I8 = (long)wide;
                slot.Ref = Slot.Unsigned;
                break;
            default:
                slot.Ref = value;
                break;
        }

        return slot;
    }

    internal static object? ToHost(in Slot slot, TypeReference type) => type.MetadataType switch
    {
        MetadataType.Void => null,
        MetadataType.Boolean => slot.I4 != 0,
        MetadataType.UInt32 => (uint)slot.I4,
        MetadataType.UInt64 => (ulong)slot.I8,
        _ => TypeFacts.KindOf(type) switch
        {
            Kind.R4 => slot.R4,
            Kind.R8 => slot.R8,
            Kind.I8 => slot.I8,
            Kind.I4 => slot.I4,
            _ => slot.Ref,
        },
    };

    /// <summary>Whether a host's value can be the argument of a parameter of this type.</summary>
    internal static bool Fits(object? value, TypeReference type)
    {
        Kind kind = TypeFacts.KindOf(type);
        return value switch
        {
            null => kind == Kind.Ref,
            float => kind == Kind.R4,
            double => kind == Kind.R8,
            long or ulong => kind == Kind.I8,
            uint => type.MetadataType == MetadataType.UInt32,
            bool or char or sbyte or byte or short or ushort or int => kind == Kind.I4,
            Array numbers when type is ArrayType array => array.ElementType.FullName == numbers.GetType().GetElementType()!.FullName,
            Array => false,
            _ => kind is Kind.Ref or Kind.Struct && type is not ArrayType { ElementType.IsPrimitive: true },
        };
    }
}
