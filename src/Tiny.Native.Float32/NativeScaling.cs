using Tiny.Core;

namespace Tiny.Native.Float32
{
    /// <summary>Normalization of a sample by the firmware's C.</summary>
    /// <seealso cref="NativeDense"/>
    public static class NativeScaling
    {
        /// <summary>n[i] = (x[i] - mean) * scale, held as <see cref="Scaling"/> holds it.</summary>
        /// <param name="scaling">Of so many inputs.</param>
        /// <param name="n">(count) receives them.</param>
        /// <param name="x">(count) the sample.</param>
        /// <param name="count">Inputs.</param>
        /// <exception cref="System.ArgumentException">An input is not finite.</exception>
        public static void Normalize(Scaling scaling, float[] n, float[] x, int count)
        {
            int fault = FloatKernels.Normalize(n, x, scaling.InputMeans, scaling.InputScales, count);
            if (fault >= 0)
            {
                throw Guard.NotFinite("inputs", fault);
            }
        }
    }
}
