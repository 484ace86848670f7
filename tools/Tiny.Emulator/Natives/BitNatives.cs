using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.BitConverter.</summary>
internal static class BitNatives
{
    private const string Name = "System.BitConverter.";

    internal static void AddTo(Dictionary<string, Native> table)
    {
        Native Bytes(Func<Slot, byte[]> bytes) => (m, s, f, _) => Result(s, f, m.Heap.Adopt((object)bytes(s[f])));
        table[Name + "get_IsLittleEndian()"] = (_, s, f, _) => Result(s, f, true);
        table[Name + "GetBytes(System.Boolean)"] = Bytes(value => [(byte)(value.I4 != 0 ? 1 : 0)]);
        table[Name + "GetBytes(System.Char)"] = Bytes(value => BitConverter.GetBytes((char)value.I4));
        table[Name + "GetBytes(System.Single)"] = Bytes(value => BitConverter.GetBytes(value.I4));
        table[Name + "GetBytes(System.Int32)"] = Bytes(value => BitConverter.GetBytes(value.I4));
        table[Name + "GetBytes(System.UInt32)"] = Bytes(value => BitConverter.GetBytes(value.I4));
        table[Name + "GetBytes(System.Int16)"] = Bytes(value => BitConverter.GetBytes((short)value.I4));
        table[Name + "GetBytes(System.UInt16)"] = Bytes(value => BitConverter.GetBytes((ushort)value.I4));
        table[Name + "GetBytes(System.Int64)"] = Bytes(value => BitConverter.GetBytes(value.I8));
        table[Name + "GetBytes(System.UInt64)"] = Bytes(value => BitConverter.GetBytes(value.I8));
        table[Name + "GetBytes(System.Double)"] = Bytes(value => BitConverter.GetBytes(value.I8));
        table[Name + "DoubleToInt64Bits(System.Double)"] = (_, s, f, _) => s[f].Ref = null; // the slot holds the bits
        table[Name + "Int64BitsToDouble(System.Int64)"] = (_, s, f, _) => s[f].Ref = null;
        table[Name + "ToBoolean(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, From(s, f, 1)[0] != 0);
        table[Name + "ToChar(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToUInt16(From(s, f, 2)));
        table[Name + "ToInt16(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, (int)BitConverter.ToInt16(From(s, f, 2)));
        table[Name + "ToUInt16(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, (int)BitConverter.ToUInt16(From(s, f, 2)));
        table[Name + "ToInt32(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToInt32(From(s, f, 4)));
        table[Name + "ToUInt32(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToUInt32(From(s, f, 4)));
        table[Name + "ToInt64(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToInt64(From(s, f, 8)));
        table[Name + "ToUInt64(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToUInt64(From(s, f, 8)));
        table[Name + "ToSingle(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToSingle(From(s, f, 4)));
        table[Name + "ToDouble(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToDouble(From(s, f, 8)));
        table[Name + "ToString(System.Byte[])"] = (m, s, f, _) => Hex(m, s, f, 0, Array(s[f]).Length);
        table[Name + "ToString(System.Byte[],System.Int32)"] = (m, s, f, _) => Hex(m, s, f, s[f + 1].I4, Array(s[f]).Length - s[f + 1].I4);
        table[Name + "ToString(System.Byte[],System.Int32,System.Int32)"] = (m, s, f, _) => Hex(m, s, f, s[f + 1].I4, s[f + 2].I4);
    }

    private static byte[] Array(in Slot slot) => slot.Ref as byte[] ?? throw new ArgumentNullException();

    private static ReadOnlySpan<byte> From(Slot[] stack, int frame, int count)
    {
        byte[] bytes = Array(stack[frame]);
        int at = stack[frame + 1].I4;
        return (uint)at >= (uint)bytes.Length ? throw new ArgumentOutOfRangeException()
            : at + count > bytes.Length ? throw new ArgumentException("Too few bytes.")
            : bytes.AsSpan(at, count);
    }

    private static void Hex(Machine machine, Slot[] stack, int frame, int start, int length)
    {
        byte[] bytes = Array(stack[frame]);
        if (bytes.Length == 0 && start == 0 && length == 0)
        {
            Result(stack, frame, machine.Heap.NewString(""));
            return;
        }

        if (start < 0 || start >= bytes.Length || length < 0)
        {
            throw new ArgumentOutOfRangeException();
        }

        Result(stack, frame, start + length > bytes.Length
            ? throw new ArgumentException("Too few bytes.") : machine.Heap.NewString(BitConverter.ToString(bytes, start, length)));
    }
}
