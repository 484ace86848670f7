using System.Numerics;

namespace Tiny.Emulator.Execution;

/// <summary>
/// Conversions as the interpreter makes them: by way of 64-bit integers, floats out of their range as the board's own routine leaves them.
/// </summary>
/// <param name="isArmV6">Whether the routines are those for a Cortex-M0: NaN becomes the least
/// number of each half, and keeps its sign where it becomes a float.</param>
internal sealed class Conversions(bool isArmV6)
{
    internal void Apply(ref Slot slot, Storage target, Kind from)
    {
        if (target is Storage.R4 or Storage.R8)
        {
            ToFloat(ref slot, target, from);
            return;
        }

        long value = from switch
        {
            Kind.R4 => Truncate(slot.R4),
            Kind.R8 => Truncate(slot.R8),
            Kind.I8 => slot.I8,
            _ => slot.IsUnsigned || target is Storage.U8 or Storage.U4 ? (uint)slot.I4 : slot.I4,
        };
        slot.I8 = target switch
        {
            Storage.I1 => (sbyte)value,
            Storage.U1 => (byte)value,
            Storage.I2 => (short)value,
            Storage.U2 => (ushort)value,
            Storage.I8 or Storage.U8 => value,
            _ => (int)value,
        };
        slot.Ref = target is Storage.U4 or Storage.U8 ? Slot.Unsigned : null;
    }

    /// <summary>
    /// To a 64-bit integer. libgcc takes the number's size as unsigned and then its sign: what is 2^64 and
    /// more becomes all ones, and its negative 1; from 2^63 on the bits are kept.
    /// </summary>
    internal long Truncate(double value)
    {
        if (double.IsNaN(value))
        {
            return isArmV6 ? unchecked((long)0x8000000080000000) : 0;
        }

        double size = Math.Abs(value);
        ulong bits = size >= 18446744073709551616.0 ? ulong.MaxValue : size < 9.2e18 ? (ulong)(long)size : (ulong)new BigInteger(size);
        return value < 0 ? -(long)bits : (long)bits;
    }

    private void ToFloat(ref Slot slot, Storage target, Kind from)
    {
        switch (from)
        {
            case Kind.R4 when target == Storage.R8:
                slot.R8 = slot.R4;
                break;
            case Kind.R8 when target == Storage.R4:
                slot.R4 = double.IsNaN(slot.R8) ? ToNaN(slot.R8) : (float)slot.R8;
                break;
            case Kind.R4 or Kind.R8:
                break;
            default:
                double value = from == Kind.I8
                    ? slot.IsUnsigned ? (ulong)slot.I8 : slot.I8
                    : slot.IsUnsigned ? (uint)slot.I4 : slot.I4;
                if (target == Storage.R4)
                {
                    slot.R4 = (float)value; // by way of double, as the interpreter does
                }
                else
                {
                    slot.R8 = value;
                }

                break;
        }

        slot.Ref = null;
    }

    private float ToNaN(double value) =>
        BitConverter.Int32BitsToSingle(isArmV6 && BitConverter.DoubleToInt64Bits(value) < 0 ? unchecked((int)0xFFC00000) : 0x7FC00000);
}
