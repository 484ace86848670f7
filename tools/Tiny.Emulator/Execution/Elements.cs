namespace Tiny.Emulator.Execution;

/// <summary>Elements of any array, by its exact type; the interpreter has its own paths for the common ones.</summary>
internal static class Elements
{
    internal static Slot Load(object array, int index)
    {
        Check(array, index);
        Slot slot = default;
        switch (array)
        {
            case DeviceArray items:
                slot.Ref = items.Items[index];
                break;
            case float[] numbers:
                slot.R4 = numbers[index];
                break;
            case double[] numbers:
                slot.R8 = numbers[index];
                break;
            case bool[] flags:
                slot.I4 = flags[index] ? 1 : 0;
                break;
            case char[] characters:
                slot.I4 = characters[index];
                break;
            default:
                LoadInteger(ref slot, (Array)array, index);
                break;
        }

        return slot;
    }

    /// <summary>Stores what an opcode for elements of <paramref name="size"/> bytes stores; 0 for any.</summary>
    internal static void Store(object array, int index, in Slot value, int size = 0)
    {
        Check(array, index);
        if (size > 0 && array is not DeviceArray && size != SizeOf(array))
        {
            throw new DeviceTypeException();
        }

        switch (array)
        {
            case DeviceArray items:
                items.Set(index, value.Ref);
                break;
            case float[] numbers:
                numbers[index] = value.R4;
                break;
            case double[] numbers:
                numbers[index] = value.R8;
                break;
            case bool[] flags:
                flags[index] = (value.I4 & 0xFF) != 0;
                break;
            case char[] characters:
                characters[index] = (char)value.I4;
                break;
            default:
                StoreInteger((Array)array, index, value);
                break;
        }
    }

    internal static int Length(object array) => array switch
    {
        DeviceArray items => items.Items.Length,
        Array numbers => numbers.Length,
        _ => throw new DeviceTypeException(),
    };

    internal static void Check(object array, int index)
    {
        if ((uint)index >= (uint)Length(array))
        {
            throw new IndexOutOfRangeException();
        }
    }

    /// <summary>Bytes of an element of numbers.</summary>
    internal static int SizeOf(object array) => array switch
    {
        bool[] => 1,
        char[] => 2,
        DeviceArray => 0,
        _ => System.Runtime.InteropServices.Marshal.SizeOf(array.GetType().GetElementType()!),
    };

    private static void LoadInteger(ref Slot slot, Array array, int index)
    {
        switch (Type.GetTypeCode(array.GetType().GetElementType()))
        {
            case TypeCode.Int64:
                slot.I8 = ((long[])array)[index];
                break;
            case TypeCode.UInt64:
                slot.I8 = (long)((ulong[])array)[index];
                slot.Ref = Slot.Unsigned;
                break;
            case TypeCode.Int32:
                slot.I4 = ((int[])array)[index];
                break;
            case TypeCode.UInt32:
                slot.I4 = (int)((uint[])array)[index];
                slot.Ref = Slot.Unsigned;
                break;
            case TypeCode.Int16:
                slot.I4 = ((short[])array)[index];
                break;
            case TypeCode.UInt16:
                slot.I4 = ((ushort[])array)[index];
                break;
            case TypeCode.SByte:
                slot.I4 = ((sbyte[])array)[index];
                break;
            default:
                slot.I4 = ((byte[])array)[index];
                break;
        }
    }

    private static void StoreInteger(Array array, int index, in Slot value)
    {
        switch (Type.GetTypeCode(array.GetType().GetElementType()))
        {
            case TypeCode.Int64:
                ((long[])array)[index] = value.I8;
                break;
            case TypeCode.UInt64:
                ((ulong[])array)[index] = (ulong)value.I8;
                break;
            case TypeCode.Int32:
                ((int[])array)[index] = value.I4;
                break;
            case TypeCode.UInt32:
                ((uint[])array)[index] = (uint)value.I4;
                break;
            case TypeCode.Int16:
                ((short[])array)[index] = (short)value.I4;
                break;
            case TypeCode.UInt16:
                ((ushort[])array)[index] = (ushort)value.I4;
                break;
            case TypeCode.SByte:
                ((sbyte[])array)[index] = (sbyte)value.I4;
                break;
            default:
                ((byte[])array)[index] = (byte)value.I4;
                break;
        }
    }
}
