namespace Tiny.Core.Arithmetic
{
    /// <example>
    /// <code>
    /// float decay = Exponential.Exp(-0.5f);                      // about 0.6065
    /// </code>
    /// </example>
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

        /// <summary>first, first * ratio, first * ratio^2, ...</summary>
        /// <param name="count">Values, 0 or more.</param>
        /// <param name="ratio">From one value to the next.</param>
        /// <param name="first">The first value.</param>
        /// <returns>(count), a new array.</returns>
        public static float[] Powers(int count, float ratio, float first)
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
