using Tiny.Int8;

namespace Tiny.Convolution.Int8.Wide.Kernels
{
    /// <summary>A depthwise convolution of three by three, one place apart, from bytes to digits.</summary>
    internal static class SquareProducts
    {
        /// <summary>One channel of three rows: three rows of bytes stand in the lanes of a long, and one shift takes each long to that of the row below.</summary>
        /// <param name="x">What is read.</param>
        /// <param name="w">The weights, row by row.</param>
        /// <param name="weight">Where they begin.</param>
        /// <param name="z">What is given; digits of 0 are there already.</param>
        /// <param name="at">Where the first window begins.</param>
        /// <param name="to">Where its digit goes.</param>
        /// <param name="pitch">From a row that is read to the next.</param>
        /// <param name="given">From a row that is given to the next.</param>
        /// <param name="columns">Windows of a row.</param>
        /// <param name="channels">From a place to the next.</param>
        /// <param name="start">What a lane begins with.</param>
        /// <param name="shift">The sums are shifted by so much.</param>
        internal static void Run(byte[] x, sbyte[] w, int weight, byte[] z, int at, int to, int pitch, int given, int columns, int channels, long start, int shift)
        {
            long w0 = w[weight], w1 = w[weight + 1], w2 = w[weight + 2], w3 = w[weight + 3], w4 = w[weight + 4], w5 = w[weight + 5], w6 = w[weight + 6], w7 = w[weight + 7], w8 = w[weight + 8];
            long ones = FilterLayer.Ones;
            long below = Int8Layer.LaneLimit - 1;
            long seven = Int8Layer.LargestDigit;
            long low7 = FilterLayer.Low7;
            long room = ones * (Int8Layer.LaneLimit - ((Int8Layer.LargestDigit + 1) << shift));
            start *= ones;
            int second = 2 * pitch;
            int third = second + pitch;
            int fourth = third + pitch;
            long a0, a1, a2, b0 = 0L, b1 = 0L, b2 = 0L, c0 = 0L, c1 = 0L, c2 = 0L;
            int lead = 2;
            do
            {
                a0 = b0;
                a1 = b1;
                a2 = b2;
                b0 = c0;
                b1 = c1;
                b2 = c2;
                c0 = (x[at] | x[at + pitch] << 21) + ((long)x[at + second] << FilterLayer.Top);
                c1 = (c0 >> 21) + ((long)x[at + third] << FilterLayer.Top);
                c2 = (c1 >> 21) + ((long)x[at + fourth] << FilterLayer.Top);
                at += channels;
                if (lead != 0)
                {
                    // The first two columns give nothing yet.
                    lead--;
                    continue;
                }

                long s = start + w0 * a0 + w1 * b0 + w2 * c0 + w3 * a1 + w4 * b1 + w5 * c1 + w6 * a2 + w7 * b2 + w8 * c2;
                long digits = (s >> 20) & ones;
                if (digits != 0L)
                {
                    s &= digits * below;
                    digits = ((s >> shift) | ((((s + room) >> 20) & ones) * seven)) & low7;
                    z[to] = (byte)digits;
                    z[to + given] = (byte)(digits >> 21);
                    z[to + given + given] = (byte)(digits >> FilterLayer.Top);
                }

                to += channels;
                columns--;
            }
            while (columns != 0);
        }
    }
}
