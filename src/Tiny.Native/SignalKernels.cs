using System;
using Tiny.Core.Arithmetic;

namespace Tiny.Native
{
    /// <summary>
    /// What the kernels in C over the samples of a signal compute, on the desk: the same order of the same operations, so the same bits.
    /// See SignalKernels.Device.cs.
    /// </summary>
    /// <remarks>Instructions of a call on a board: see src/Tiny.Native/COUNTS.md.</remarks>
    /// <example>
    /// <code>
    /// float[] values = new float[2 * 64];                        // real and imaginary parts of 64 samples
    /// int done = SignalKernels.Fourier(values, 64);
    /// </code>
    /// </example>
    public static class SignalKernels
    {
        private const int BandBlock = 64;
        private const int Smallest = 64;
        private const int Largest = 1024;
        private static readonly float[] Sines = QuarterTurn();

        /// <summary>Mean, least, greatest and mean difference of a ring of samples.</summary>
        /// <param name="ring">(count), the samples, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to count - 1.</param>
        /// <param name="count">Samples of the window.</param>
        /// <param name="values">(4). Receives them in this order.</param>
        public static void Range(float[] ring, int oldest, int count, float[] values)
        {
            float sum = 0f;
            float change = 0f;
            float before = ring[oldest];
            float low = before;
            float high = before;
            for (int i = 0; i < count; i++)
            {
                float value = ring[(oldest + i) % count];
                sum += value;
                change += value >= before ? value - before : before - value;
                high = value > high ? value : high;
                low = value < low ? value : low;
                before = value;
            }

            values[0] = sum / count;
            values[1] = low;
            values[2] = high;
            values[3] = change / (count - 1);
        }

        /// <summary>The root mean square about the mean.</summary>
        /// <param name="ring">(count), the samples, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to count - 1.</param>
        /// <param name="count">Samples of the window.</param>
        /// <param name="mean">Their mean.</param>
        public static float Deviation(float[] ring, int oldest, int count, float mean)
        {
            float squares = 0f;
            for (int i = 0; i < count; i++)
            {
                float value = ring[(oldest + i) % count] - mean;
                squares += value * value;
            }

            return SquareRoot.Of(squares / count);
        }

        /// <summary>How often the mean is crossed, of count - 1 steps.</summary>
        /// <param name="ring">(count), the samples, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to count - 1.</param>
        /// <param name="count">Samples of the window.</param>
        /// <param name="mean">Their mean.</param>
        /// <returns>From 0 to 1.</returns>
        public static float Crossings(float[] ring, int oldest, int count, float mean)
        {
            int crossings = 0;
            bool above = ring[oldest] >= mean;
            for (int i = 0; i < count; i++)
            {
                if (ring[(oldest + i) % count] >= mean != above)
                {
                    above = !above;
                    crossings++;
                }
            }

            return (float)crossings / (count - 1);
        }

        /// <summary>The strength of a band by Goertzel's recursion.</summary>
        /// <param name="ring">(count), the samples, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to count - 1.</param>
        /// <param name="count">Samples of the window.</param>
        /// <param name="mean">Their mean.</param>
        /// <param name="coefficient">2 cos(2 pi frequency / rate), from -2 to 2.</param>
        public static float Band(float[] ring, int oldest, int count, float mean, float coefficient)
        {
            int length = count < BandBlock ? count : BandBlock;
            int blocks = count / length;
            float power = 0f;
            int at = oldest;
            for (int block = 0; block < blocks; block++)
            {
                float s1 = 0f;
                float s2 = 0f;
                for (int i = 0; i < length; i++)
                {
                    float s = ring[at] - mean + coefficient * s1 - s2;
                    s2 = s1;
                    s1 = s;
                    at = at + 1 == count ? 0 : at + 1;
                }

                power += s1 * s1 + s2 * s2 - coefficient * s1 * s2;
            }

            return SquareRoot.Of(2f * power / ((float)blocks * length * length));
        }

        /// <summary>
        /// A Fourier transform in place of 64, 128, 256, 512 or 1,024 complex values, real and imaginary part beside each other.
        /// </summary>
        /// <param name="values">(2 * count).</param>
        /// <param name="count">Complex values.</param>
        /// <returns>1; or 0, and nothing was changed, for another count.</returns>
        public static int Fourier(float[] values, int count)
        {
            if (count < Smallest || count > Largest || (count & (count - 1)) != 0)
            {
                return 0;
            }

            Reorder(values, count);
            for (int half = 1; half < count; half <<= 1)
            {
                for (int k = 0; k < half; k++)
                {
                    int angle = k * (Largest / 2 / half);
                    float c = angle <= Largest / 4 ? Sines[Largest / 4 - angle] : -Sines[angle - Largest / 4];
                    float s = angle <= Largest / 4 ? Sines[angle] : Sines[Largest / 2 - angle];
                    for (int a = k; a < count; a += 2 * half)
                    {
                        Butterfly(values, 2 * a, 2 * (a + half), c, s);
                    }
                }
            }

            return 1;
        }

        private static void Butterfly(float[] values, int a, int b, float c, float s)
        {
            float real = c * values[b] + s * values[b + 1];
            float imaginary = c * values[b + 1] - s * values[b];
            values[b] = values[a] - real;
            values[b + 1] = values[a + 1] - imaginary;
            values[a] = values[a] + real;
            values[a + 1] = values[a + 1] + imaginary;
        }

        /// <summary>Puts every value where the bits of its number stand in reverse.</summary>
        private static void Reorder(float[] values, int count)
        {
            int reversed = 0;
            for (int i = 0; i < count; i++)
            {
                for (int part = 0; part < 2 && i < reversed; part++)
                {
                    float value = values[2 * i + part];
                    values[2 * i + part] = values[2 * reversed + part];
                    values[2 * reversed + part] = value;
                }

                int bit = count >> 1;
                while ((reversed & bit) != 0)
                {
                    reversed ^= bit;
                    bit >>= 1;
                }

                reversed |= bit;
            }
        }

        /// <summary>Sines of a quarter turn, each the float nearest to it.</summary>
        private static float[] QuarterTurn()
        {
            float[] sines = new float[Largest / 4 + 1];
            for (int i = 0; i < sines.Length; i++)
            {
                sines[i] = (float)Math.Sin(Math.PI * i / (Largest / 2));
            }

            return sines;
        }
    }
}
