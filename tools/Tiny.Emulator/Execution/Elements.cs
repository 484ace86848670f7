namespace Tiny.Emulator.Execution;

/// <summary>Elements of any array, by its exact type; the interpreter has its own paths for the common ones.</summary>
internal static class Elements
{
    internal static Slot Load(object array, int index)
    {
        Slot slot = default;
        switch (Code(array))
        {
            case TypeCode.Single:
                slot.R4 = ((float[])array)[index];
                break;
            case TypeCode.Double:
                slot.R8 = ((double[])array)[index];
                break;
            case TypeCode.Int64:
                slot.I8 = ((long[])array)[index];
                break;
            case TypeCode.UInt64:
                slot.I8 = (long)((ulong[])array)[index];
                break;
            case TypeCode.Int32:
                slot.I4 = ((int[])array)[index];
                break;
            case TypeCode.UInt32:
                slot.I4 = (int)((uint[])array)[index];
                break;
            case TypeCode.Int16:
                slot.I4 = ((short[])array)[index];
                break;
            case TypeCode.UInt16:
                slot.I4 = ((ushort[])array)[index];
                break;
            case TypeCode.Char:
                slot.I4 = ((char[])array)[index];
                break;
            case TypeCode.SByte:
                slot.I4 = ((sbyte[])array)[index];
                break;
            case TypeCode.Byte:
                slot.I4 = ((byte[])array)[index];
                break;
            case TypeCode.Boolean:
                slot.I4 = ((bool[])array)[index] ? 1 : 0;
                break;
            default:
                slot.Ref = ((DeviceArray)array).Items[index];
                break;
        }

        return slot;
    }

    internal static void Store(object array, int index, in Slot value)
    {
        switch (Code(array))
        {
            case TypeCode.Single:
                ((float[])array)[index] = value.R4;
                break;
            case TypeCode.Double:
                ((double[])array)[index] = value.R8;
                break;
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
            case TypeCode.Char:
                ((char[])array)[index] = (char)value.I4;
                break;
            case TypeCode.SByte:
                ((sbyte[])array)[index] = (sbyte)value.I4;
                break;
            case TypeCode.Byte:
                ((byte[])array)[index] = (byte)value.I4;
                break;
            case TypeCode.Boolean:
                ((bool[])array)[index] = (value.I4 & 0xFF) != 0;
                break;
            default:
                ((DeviceArray)array).Items[index] = value.Ref;
                break;
        }
    }

    internal static int Length(object array) => array is DeviceArray items ? items.Items.Length : ((Array)array).Length;

    private static TypeCode Code(object array) =>
        array is Array numbers ? Type.GetTypeCode(numbers.GetType().GetElementType()) : TypeCode.Empty;
}
