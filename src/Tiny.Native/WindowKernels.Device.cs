using System.Runtime.CompilerServices;

namespace Tiny.Native
{
    /// <summary>
    /// Kernels of windows over float32: on a board they are the C of the folder C, on the desk the C# beside this file. The same bits.
    /// </summary>
    public static class WindowKernels
    {
        /// <summary>
        /// A convolution; window as ByteWindow of Tiny.Convolution.Int8 has it, weights (filters)(taps * channels), patch of taps *
        /// channels values.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Convolution(
            float[] x, float[] weights, float[] biases, float[] z, int[] window, int filters, float floor, float[] patch);

        /// <summary>A convolution of each channel by itself; weights (taps)(channels).</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void DepthwiseConvolution(float[] x, float[] weights, float[] biases, float[] z, int[] window);

        /// <summary>The first of the largest values under the window, of each channel.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void MaxPooling(float[] x, float[] z, int[] window);

        /// <summary>The mean of the values under the window within the edges, of each channel.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void AveragePooling(float[] x, float[] z, int[] window);

        /// <summary>z[c] = (x[0, c] + x[1, c] + ..) * factor.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void GlobalAverage(float[] x, float[] z, int places, int channels, float factor);
    }
}
