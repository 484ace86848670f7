using System.Runtime.CompilerServices;

namespace Tiny.Native
{
    /// <summary>
    /// Kernels over the samples of a signal: on a board they are the C of the folder C, on the desk the C# beside this file. The same bits.
    /// </summary>
    public static class SignalKernels
    {
        /// <summary>values = mean, least, greatest, mean difference of a ring of samples.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Range(float[] ring, int oldest, int count, float[] values);

        /// <summary>The root mean square about the mean.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern float Deviation(float[] ring, int oldest, int count, float mean);

        /// <summary>How often the mean is crossed, of count - 1 steps.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern float Crossings(float[] ring, int oldest, int count, float mean);

        /// <summary>The strength of a band by Goertzel's recursion.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern float Band(float[] ring, int oldest, int count, float mean, float coefficient);

        /// <summary>
        /// A Fourier transform in place of 64, 128, 256, 512 or 1,024 complex values, real and imaginary part beside each other. Returns 0
        /// for another count.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Fourier(float[] values, int count);
    }
}
