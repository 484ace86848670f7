using System.Runtime.CompilerServices;

namespace Tiny.Native
{
    /// <summary>
    /// Kernels over float32: on a board they are the C of the folder C, on the desk the C# beside this file. The same bits.
    /// </summary>
    public static class FloatKernels
    {
        /// <summary>z[u] = biases[u] + weights[u, 0] x[0] + weights[u, 1] x[1] + ..; what is below the floor becomes the floor.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Dense(float[] x, float[] weights, float[] biases, float[] z, int inputs, int rows, float floor);

        /// <summary>
        /// g = rate * dz[u]; biases[u] -= g; weights[u, i] -= g * x[i]. A pair of rows whose g are both 0 is passed over.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void DenseUpdate(float[] x, float[] dz, float[] weights, float[] biases, int inputs, int rows, float rate);

        /// <summary>
        /// dx[i] = 0 + weights[0, i] dz[0] + weights[1, i] dz[1] + .., where outputs[i] is above the floor; else 0. Returns the sum of
        /// squares of the sums.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern float DenseInputGradient(float[] dx, float[] dz, float[] outputs, float[] weights, int inputs, int rows,
            float floor);

        /// <summary>n[i] = (x[i] - means[i]) * scales[i], held within 1e12. Returns -1, or which value is not finite.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Normalize(float[] n, float[] x, float[] means, float[] scales, int count);

        /// <summary>The activation of so many rows, in place, by the sigmoid's table where it reads that.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Activate(float[] z, int activation, float parameter, int rows, float[] intercepts, float[] slopes);

        /// <summary>values[i] *= factor.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Scale(float[] values, float factor, int count);

        /// <summary>
        /// A step of gated recurrent units; the sample begins at at, parameters are in the order of the blob, scratch has 4 * units values.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void GruStep(float[] x, int at, float[] state, float[] parameters, float[] scratch, int units,
            int channels, float[] intercepts, float[] slopes);

        /// <summary>
        /// A step of FastGRNN units; the sample begins at at, parameters are in the order of the blob, scratch has units values.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void FastGrnnStep(
            float[] x, int at, float[] state, float[] parameters, float[] scratch, int units, int channels, float[] intercepts,
            float[] slopes);
    }
}
