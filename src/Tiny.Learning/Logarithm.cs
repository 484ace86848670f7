namespace Tiny.Learning
{
    /// <summary>ln x from float + - * / alone: the same bits on every board.</summary>
    /// <remarks>Allocates nothing.</remarks>
    /// <example>
    /// <code>
    /// float nats = Logarithm.FromOne(2f);                        // about 0.6931
    /// </code>
    /// </example>
    public static class Logarithm
    {
        private const float LogTwoHigh = 0.693359375f;
        private const float LogTwoLow = -2.12194440e-4f;

        /// <summary>
        /// ln x for x from 1 to the largest float, within 2e-7 relative or absolute; the losses need
        /// no other range. Infinity and NaN stay themselves.
        /// </summary>
        /// <param name="x">1 or more.</param>
        /// <remarks>x = 2^n m with m in [0.70, 1.42), then ln m = 2 artanh((m - 1) / (m + 1)) as a series.</remarks>
        public static float FromOne(float x)
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
    }
}
