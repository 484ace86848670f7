using System.Runtime.CompilerServices;

namespace Tiny.Native
{
    /// <summary>
    /// Kernels over the weights that are there: on a board they are the C of the folder C, on the desk the C# beside this file. The same
    /// bits.
    /// </summary>
    public static class SparseKernels
    {
        /// <summary>
        /// z[u] = biases[u] + the products of counts[u] weights, whose inputs stand beside them. Returns 1 if the squares of all sums are
        /// below 1e24, else 0.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Rows(
            float[] x, float[] z, float[] biases, float[] weights, ushort[] inputs, ushort[] counts, int rows, int values, float floor);

        /// <summary>
        /// n[i] = (x[i] - means[i]) * scales[i], held within 1e12, for i of used, the last first. Returns -1, or which value is not finite.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int NormalizeUsed(float[] n, float[] x, float[] means, float[] scales, ushort[] used, int count, int values);

        /// <summary>
        /// sums[3 g + lane] = starts[3 g + lane] + the products of counts[g] weights of that lane, whose inputs stand beside them.
        /// </summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Groups(
            byte[] x, sbyte[] weights, ushort[] inputs, ushort[] counts, int[] starts, int[] sums, int groups, int values);

        /// <summary>Levels as those of Int8Kernels, for i of used, the last first. Returns -1, or which value is not a number.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int LevelsUsed(float[] x, byte[] levels, float[] scaling, int each, ushort[] used, int count, int values);
    }
}
