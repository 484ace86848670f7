using System.Numerics;

namespace Tiny.Emulator.Execution;

/// <summary>Conversions as the device makes them.</summary>
internal static class Conversions
{
    /// <summary>What a conversion can be to; the decoder stores the index.</summary>
    internal static readonly string[] Targets = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "r4", "r8", "i", "u", "r"];

    internal static void Apply(ref Slot slot, int target, Kind from)
    {
        if (target is 8 or 9 or 12)
        {
            ToFloat(ref slot, target, from);
            return;
        }

        long value = from switch
        {
            Kind.R4 => Truncate(slot.R4),
            Kind.R8 => Truncate(slot.R8),
            Kind.I8 => slot.I8,
            Kind.U4 => (uint)slot.I4,
            _ => slot.I4,
        };
        if (target == 7 && from == Kind.I4)
        {
            value = (uint)value; // conv.u8 widens without a sign
        }

        slot.I8 = target switch
        {
            0 => (sbyte)value,
            1 => (byte)value,
            2 => (short)value,
            3 => (ushort)value,
            6 or 7 => value,
            _ => (int)value,
        };
    }

    /// <summary>
    /// To a 64-bit integer modulo 2^64, as the firmware's routine does: a float of 2^63 and more leaves only low bits that are 0, so
    /// (int)1e20f is 0. Not a number gives 0.
    /// </summary>
    internal static long Truncate(double value)
    {
        if (!double.IsFinite(value))
        {
            return 0;
        }

        return Math.Abs(value) < 9.2233720368547758e18 ? (long)value : unchecked((long)(ulong)(new BigInteger(value) & ulong.MaxValue));
    }

    private static void ToFloat(ref Slot slot, int target, Kind from)
    {
        double value = from switch
        {
            Kind.R4 => slot.R4,
            Kind.R8 => slot.R8,
            Kind.I8 => slot.I8,
            Kind.U4 => (uint)slot.I4,
            _ => slot.I4,
        };
        if (target == 8)
        {
            // From an integer in one rounding, not by way of double.
            slot.R4 = from == Kind.I8 ? slot.I8 : (float)value;
        }
        else
        {
            slot.R8 = value;
        }
    }
}
