namespace Tiny.Core.Arithmetic
{
    /// <summary>
    /// e^x and ln x from float + - * / alone: the same bits on every board, those without a maths library included.
    /// </summary>
    public static class Exponential
    {
        /// <summary>At and below this argument <see cref="Exp"/> is 0 (the exact value is under 4e-34).</summary>
        public const float Smallest = -77f;

        /// <summary>Above this argument <see cref="Exp"/> stays at its value here, about 1.65e38.</summary>
        public const float Largest = 88f;

        private const float LogTwoHigh = 0.693359375f;
        private const float LogTwoLow = -2.12194440e-4f;

        // 2^(16 k - 112) for k = 0..14 and 2^k for k = 0..15: their product is any power of two from -112 to 127, exactly.
        private static readonly float[] CoarsePowers = Powers(15, 65536f, 1.925929944e-34f);
        private static readonly float[] FinePowers = Powers(16, 2f, 1f);

        /// <summary>e^x, within 2 units in the last place over (-77, 88]; NaN gives NaN.</summary>
        /// <remarks>Range reduction and polynomial of Cephes' expf: x = n ln 2 + r, |r| at most ln 2 / 2.</remarks>
        public static float Exp(float x)
        {
            if (!(Smallest < x))
            {
                return x <= Smallest ? 0f : x;
            }

            if (x > Largest)
            {
                x = Largest;
            }

            float scaled = x * 1.44269504f;
            int n = (int)(scaled < 0f ? scaled - 0.5f : scaled + 0.5f);
            float r = x - n * LogTwoHigh;
            r = r - n * LogTwoLow;
            float p = 1.9875691500e-4f;
            p = p * r + 1.3981999507e-3f;
            p = p * r + 8.3334519073e-3f;
            p = p * r + 4.1665795894e-2f;
            p = p * r + 1.6666665459e-1f;
            p = p * r + 5.0000001201e-1f;
            float value = p * (r * r) + r + 1f;
            n += 112;
            return value * CoarsePowers[n >> 4] * FinePowers[n & 15];
        }

        /// <summary>ln x for x from 1 to the largest float, within 2e-7 relative or absolute; the core needs no other range. Infinity and NaN stay themselves.</summary>
        /// <remarks>x = 2^n m with m in [0.70, 1.42), then ln m = 2 artanh((m - 1) / (m + 1)) as a series.</remarks>
        public static float LogFromOne(float x)
        {
            if (!(x <= float.MaxValue))
            {
                return x;
            }

            int n = 0;
            while (65536f <= x)
            {
                x *= 1.52587890625e-5f;
                n += 16;
            }

            if (x >= 256f)
            {
                x *= 0.00390625f;
                n += 8;
            }

            if (x >= 16f)
            {
                x *= 0.0625f;
                n += 4;
            }

            while (1.41421356f <= x)
            {
                x *= 0.5f;
                n++;
            }

            float s = (x - 1f) / (x + 1f);
            float q = s * s;
            float series = 1f + q * (0.33333333f + q * (0.2f + q * (0.14285714f + q * 0.11111111f)));
            float logOfMantissa = 2f * s * series;
            return n * LogTwoHigh + (n * LogTwoLow + logOfMantissa);
        }

        /// <summary>first, first * ratio, first * ratio^2, ...</summary>
        internal static float[] Powers(int count, float ratio, float first)
        {
            float[] powers = new float[count];
            for (int i = 0; i < count; i++)
            {
                powers[i] = first;
                first *= ratio;
            }

            return powers;
        }
    }
}
