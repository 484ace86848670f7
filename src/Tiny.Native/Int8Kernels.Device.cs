using System.Runtime.CompilerServices;

namespace Tiny.Native
{
    /// <summary>
    /// Kernels over bytes and int8 weights, which stay where they are in a blob: on a board they are the C of the folder C, on the desk the
    /// C# beside this file. The same bits.
    /// </summary>
    public static class Int8Kernels
    {
        /// <summary>
        /// levels[i] = x[i] * scale + offset cut toward 0, plus 256, held within 0 to 255. Returns -1, or the first value that is not a
        /// number.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Levels(float[] x, byte[] levels, float[] scaling, int each, int count);

        /// <summary>starts[u] = bias[u] - zero * sum of weights[u].</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void RowStarts(byte[] blob, int biasesAt, int weightsAt, int[] starts, int inputs, int rows, int zero);

        /// <summary>sums[u] = starts[u] + sum of weights[u, i] * x[i].</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Sums(byte[] x, byte[] blob, int weightsAt, int[] starts, int[] sums, int inputs, int rows);

        /// <summary>Digits, three to a long, to bytes with 128 added; bytes has room for a multiple of three.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Unpack(long[] digits, byte[] bytes, int count);

        /// <summary>Sums to digits, three to a long: with relu shifted by the one shift and held, else looked up.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Pack(int[] sums, long[] digits, int rows, int relu, byte[] shifts, sbyte[] table);

        /// <summary>z[u] = sums[u] * scales[u].</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void ToFloats(int[] sums, float[] scales, float[] z, int rows);

        /// <summary>A convolution of bytes; window as ByteWindow has it, patch of taps * channels bytes.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Convolve(byte[] x, byte[] blob, int weightsAt, int[] starts, byte[] z, int[] window, int filters,
            int pool, int zero, int relu, byte[] shifts, sbyte[] table, byte[] patch);

        /// <summary>A convolution of each channel by itself.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Depthwise(byte[] x, byte[] blob, int weightsAt, int[] starts, byte[] z, int[] window, int pool,
            int zero, int relu, byte[] shifts, sbyte[] table);

        /// <summary>The largest byte under the window, or the rounded mean, of each channel.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Pool(byte[] x, byte[] z, int[] window, int largest);

        /// <summary>Sums of each channel over all places as digits, three to a long.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void MeanDigits(byte[] x, long[] digits, int places, int channels, int zero, int factor);

        /// <summary>The same as floats.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void MeanFloats(byte[] x, float[] z, int places, int channels, int zero, float scale);

        /// <summary>Bytes less zero as digits, three to a long.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void PackBytes(byte[] x, long[] digits, int longs, int zero);
    }
}
