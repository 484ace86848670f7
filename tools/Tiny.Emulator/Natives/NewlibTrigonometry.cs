namespace Tiny.Emulator.Natives;

/// <summary>
/// sinf and cosf as the boards' C library (newlib, after fdlibm) computes them, for arguments
/// up to 128 quarter turns; the desktop's beyond.
/// </summary>
internal static class NewlibTrigonometry
{
    private const float QuarterPi = 0.7853981256f;
    private const float Largest = 201f;
    private const float InversePiHalf = 6.3661980629e-01f;

    // pi/2 in three parts, each of 17 or 24 bits.
    private const float First = 1.5707855225e+00f;
    private const float FirstRest = 1.0804334124e-05f;
    private const float Second = 1.0804273188e-05f;
    private const float SecondRest = 6.0770999344e-11f;

    internal static float Sin(float x)
    {
        if (Math.Abs(x) <= QuarterPi)
        {
            return KernelSin(x, 0f, hasTail: false);
        }

        if (!(Math.Abs(x) < Largest))
        {
            return MathF.Sin(x);
        }

        int quarter = Reduce(x, out float y, out float tail);
        return (quarter & 3) switch
        {
            0 => KernelSin(y, tail, hasTail: true),
            1 => KernelCos(y, tail),
            2 => -KernelSin(y, tail, hasTail: true),
            _ => -KernelCos(y, tail),
        };
    }

    internal static float Cos(float x)
    {
        if (Math.Abs(x) <= QuarterPi)
        {
            return KernelCos(x, 0f);
        }

        if (!(Math.Abs(x) < Largest))
        {
            return MathF.Cos(x);
        }

        int quarter = Reduce(x, out float y, out float tail);
        return (quarter & 3) switch
        {
            0 => KernelCos(y, tail),
            1 => -KernelSin(y, tail, hasTail: true),
            2 => -KernelCos(y, tail),
            _ => KernelSin(y, tail, hasTail: true),
        };
    }

    private static float KernelSin(float x, float y, bool hasTail)
    {
        if (Math.Abs(x) < 1.862645149e-9f)
        {
            return x;
        }

        float z = x * x;
        float v = z * x;
        float r = 8.3333337680e-03f + z * (-1.9841270114e-04f + z * (2.7557314297e-06f + z * (-2.5050759689e-08f + z * 1.5896910177e-10f)));
        return hasTail ? x - (z * (0.5f * y - v * r) - y - v * -1.6666667163e-01f) : x + v * (-1.6666667163e-01f + z * r);
    }

    private static float KernelCos(float x, float y)
    {
        float size = Math.Abs(x);
        if (size < 1.862645149e-9f)
        {
            return 1f;
        }

        float z = x * x;
        float r = z * (4.1666667908e-02f + z
            * (-1.3888889225e-03f + z * (2.4801587642e-05f + z * (-2.7557314297e-07f + z * (2.0875723372e-09f + z * -1.1359647598e-11f)))));
        if (size < 0.3f)
        {
            return 1f - (0.5f * z - (z * r - x * y));
        }

        float q = size > 0.78125f ? 0.28125f : BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(size) - 0x01000000);
        float half = 0.5f * z - q;
        float a = 1f - q;
        return a - (half - (z * r - x * y));
    }

    /// <summary>The rest of a number less so many quarter turns, in two parts.</summary>
    private static int Reduce(float x, out float y, out float tail)
    {
        float size = Math.Abs(x);
        if (size < 2.3561945f)
        {
            float z = size - First;
            float rest = FirstRest;
            if ((BitConverter.SingleToInt32Bits(size) & 0xFFFFFFF0) == 0x3FC90FD0)
            {
                z -= Second;
                rest = SecondRest;
            }

            y = z - rest;
            tail = z - y - rest;
            (y, tail) = x > 0 ? (y, tail) : (-y, -tail);
            return x > 0 ? 1 : -1;
        }

        int turns = (int)(size * InversePiHalf + 0.5f);
        float r = size - turns * First;
        float w = turns * FirstRest;
        y = r - w;
        int lost = (BitConverter.SingleToInt32Bits(size) >> 23) - ((BitConverter.SingleToInt32Bits(y) >> 23) & 0xFF);
        if (lost > 8)
        {
            float before = r;
            w = turns * Second;
            r = before - w;
            w = turns * SecondRest - (before - r - w);
            y = r - w;
        }

        tail = r - y - w;
        (y, tail) = x > 0 ? (y, tail) : (-y, -tail);
        return x > 0 ? turns : -turns;
    }
}
