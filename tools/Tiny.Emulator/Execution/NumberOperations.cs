namespace Tiny.Emulator.Execution;

/// <summary>Arithmetic and comparisons on the evaluation stack.</summary>
internal static class NumberOperations
{
    /// <summary>Applies an operation to what stands below <paramref name="sp"/>; returns the new top, or -1 if it is none of these.</summary>
    internal static int Apply(Operation operation, Slot[] s, int sp)
    {
        switch (operation)
        {
            case Operation.AddI4:
                s[sp - 2].I4 += s[sp - 1].I4;
                return sp - 1;
            case Operation.AddI8:
                s[sp - 2].I8 += s[sp - 1].I8;
                return sp - 1;
            case Operation.SubI4:
                s[sp - 2].I4 -= s[sp - 1].I4;
                return sp - 1;
            case Operation.SubI8:
                s[sp - 2].I8 -= s[sp - 1].I8;
                return sp - 1;
            case Operation.MulI4:
                s[sp - 2].I4 *= s[sp - 1].I4;
                return sp - 1;
            case Operation.MulI8:
                s[sp - 2].I8 *= s[sp - 1].I8;
                return sp - 1;
            case Operation.AddR4:
                s[sp - 2].R4 += s[sp - 1].R4;
                return sp - 1;
            case Operation.AddR8:
                s[sp - 2].R8 += s[sp - 1].R8;
                return sp - 1;
            case Operation.SubR4:
                s[sp - 2].R4 -= s[sp - 1].R4;
                return sp - 1;
            case Operation.SubR8:
                s[sp - 2].R8 -= s[sp - 1].R8;
                return sp - 1;
            case Operation.MulR4:
                s[sp - 2].R4 *= s[sp - 1].R4;
                return sp - 1;
            case Operation.MulR8:
                s[sp - 2].R8 *= s[sp - 1].R8;
                return sp - 1;
            case Operation.DivR4:
                s[sp - 2].R4 /= NotZero(s[sp - 1].R4);
                return sp - 1;
            case Operation.DivR8:
                s[sp - 2].R8 /= NotZero(s[sp - 1].R8);
                return sp - 1;
            case Operation.RemR4:
                s[sp - 2].R4 %= NotZero(s[sp - 1].R4);
                return sp - 1;
            case Operation.RemR8:
                s[sp - 2].R8 %= NotZero(s[sp - 1].R8);
                return sp - 1;
            case Operation.AndI4:
                s[sp - 2].I4 &= s[sp - 1].I4;
                return sp - 1;
            case Operation.AndI8:
                s[sp - 2].I8 &= s[sp - 1].I8;
                return sp - 1;
            case Operation.OrI4:
                s[sp - 2].I4 |= s[sp - 1].I4;
                return sp - 1;
            case Operation.OrI8:
                s[sp - 2].I8 |= s[sp - 1].I8;
                return sp - 1;
            case Operation.XorI4:
                s[sp - 2].I4 ^= s[sp - 1].I4;
                return sp - 1;
            case Operation.XorI8:
                s[sp - 2].I8 ^= s[sp - 1].I8;
                return sp - 1;
            case Operation.ShlI4:
                s[sp - 2].I4 <<= s[sp - 1].I4;
                return sp - 1;
            case Operation.ShrI4:
                s[sp - 2].I4 >>= s[sp - 1].I4;
                return sp - 1;
            case Operation.ShrU4:
                s[sp - 2].I4 = (int)((uint)s[sp - 2].I4 >> s[sp - 1].I4);
                return sp - 1;
            case Operation.ShlI8:
                s[sp - 2].I8 <<= s[sp - 1].I4;
                return sp - 1;
            case Operation.ShrI8:
                s[sp - 2].I8 >>= s[sp - 1].I4;
                return sp - 1;
            case Operation.ShrU8:
                s[sp - 2].I8 = (long)((ulong)s[sp - 2].I8 >> s[sp - 1].I4);
                return sp - 1;
            case Operation.DivI4:
                s[sp - 2].I4 = s[sp - 1].I4 == -1 ? -s[sp - 2].I4 : s[sp - 2].I4 / s[sp - 1].I4;
                return sp - 1;
            case Operation.RemI4:
                s[sp - 2].I4 = s[sp - 1].I4 == -1 ? 0 : s[sp - 2].I4 % s[sp - 1].I4;
                return sp - 1;
            case Operation.DivU4:
                s[sp - 2].I4 = (int)((uint)s[sp - 2].I4 / (uint)s[sp - 1].I4);
                return sp - 1;
            case Operation.RemU4:
                s[sp - 2].I4 = (int)((uint)s[sp - 2].I4 % (uint)s[sp - 1].I4);
                return sp - 1;
            case Operation.DivI8:
                s[sp - 2].I8 = s[sp - 1].I8 == -1 ? -s[sp - 2].I8 : s[sp - 2].I8 / s[sp - 1].I8;
                return sp - 1;
            case Operation.RemI8:
                s[sp - 2].I8 = s[sp - 1].I8 == -1 ? 0 : s[sp - 2].I8 % s[sp - 1].I8;
                return sp - 1;
            case Operation.DivU8:
                s[sp - 2].I8 = (long)((ulong)s[sp - 2].I8 / (ulong)s[sp - 1].I8);
                return sp - 1;
            case Operation.RemU8:
                s[sp - 2].I8 = (long)((ulong)s[sp - 2].I8 % (ulong)s[sp - 1].I8);
                return sp - 1;
            case Operation.NegI4:
                s[sp - 1].I4 = -s[sp - 1].I4;
                return sp;
            case Operation.NegI8:
                s[sp - 1].I8 = -s[sp - 1].I8;
                return sp;
            case Operation.NegR4:
                s[sp - 1].R4 = -s[sp - 1].R4;
                return sp;
            case Operation.NegR8:
                s[sp - 1].R8 = -s[sp - 1].R8;
                return sp;
            case Operation.NotI4:
                s[sp - 1].I4 = ~s[sp - 1].I4;
                return sp;
            case Operation.NotI8:
                s[sp - 1].I8 = ~s[sp - 1].I8;
                return sp;
            case Operation.CompareEqI4:
                s[sp - 2].I8 = s[sp - 2].I4 == s[sp - 1].I4 ? 1 : 0;
                return sp - 1;
            case Operation.CompareEqI8:
                s[sp - 2].I8 = s[sp - 2].I8 == s[sp - 1].I8 ? 1 : 0;
                return sp - 1;
            case Operation.CompareEqR4:
                s[sp - 2].I8 = FloatOrder.Equal(s[sp - 2].R4, s[sp - 1].R4) ? 1 : 0;
                return sp - 1;
            case Operation.CompareEqR8:
                s[sp - 2].I8 = FloatOrder.Equal(s[sp - 2].R8, s[sp - 1].R8) ? 1 : 0;
                return sp - 1;
            case Operation.CompareLtI4:
                s[sp - 2].I8 = s[sp - 2].I4 < s[sp - 1].I4 ? 1 : 0;
                return sp - 1;
            case Operation.CompareLtU4:
                s[sp - 2].I8 = (uint)s[sp - 2].I4 < (uint)s[sp - 1].I4 ? 1 : 0;
                return sp - 1;
            case Operation.CompareLtI8:
                s[sp - 2].I8 = s[sp - 2].I8 < s[sp - 1].I8 ? 1 : 0;
                return sp - 1;
            case Operation.CompareLtU8:
                s[sp - 2].I8 = (ulong)s[sp - 2].I8 < (ulong)s[sp - 1].I8 ? 1 : 0;
                return sp - 1;
            case Operation.CompareLtR4:
                s[sp - 2].I8 = FloatOrder.Less(s[sp - 2].R4, s[sp - 1].R4) ? 1 : 0;
                return sp - 1;
            case Operation.CompareLtR8:
                s[sp - 2].I8 = FloatOrder.Less(s[sp - 2].R8, s[sp - 1].R8) ? 1 : 0;
                return sp - 1;
            case Operation.CompareGtI4:
                s[sp - 2].I8 = s[sp - 2].I4 > s[sp - 1].I4 ? 1 : 0;
                return sp - 1;
            case Operation.CompareGtU4:
                s[sp - 2].I8 = (uint)s[sp - 2].I4 > (uint)s[sp - 1].I4 ? 1 : 0;
                return sp - 1;
            case Operation.CompareGtI8:
                s[sp - 2].I8 = s[sp - 2].I8 > s[sp - 1].I8 ? 1 : 0;
                return sp - 1;
            case Operation.CompareGtU8:
                s[sp - 2].I8 = (ulong)s[sp - 2].I8 > (ulong)s[sp - 1].I8 ? 1 : 0;
                return sp - 1;
            case Operation.CompareGtR4:
                s[sp - 2].I8 = FloatOrder.Greater(s[sp - 2].R4, s[sp - 1].R4) ? 1 : 0;
                return sp - 1;
            case Operation.CompareGtR8:
                s[sp - 2].I8 = FloatOrder.Greater(s[sp - 2].R8, s[sp - 1].R8) ? 1 : 0;
                return sp - 1;
            case Operation.CompareEqRef:
                s[sp - 2].I8 = ReferenceEquals(s[sp - 2].Ref, s[sp - 1].Ref) ? 1 : 0;
                return sp - 1;
            case Operation.CompareGtRef:
                s[sp - 2].I8 = !ReferenceEquals(s[sp - 2].Ref, s[sp - 1].Ref) ? 1 : 0;
                return sp - 1;
            default:
                return -1;
        }
    }

    /// <summary>A divisor: the device's interpreter refuses 0 for floats as for integers, where the desktop gives an infinity or NaN.</summary>
    private static float NotZero(float divisor) => divisor == 0 ? throw new DivideByZeroException() : divisor;

    private static double NotZero(double divisor) => divisor == 0 ? throw new DivideByZeroException() : divisor;
}
