using Tiny.Core.Activations;

namespace Tiny.Native.Float32
{
    /// <summary>Activations by the firmware's C.</summary>
    /// <seealso cref="NativeDense"/>
    public static class NativeActivation
    {
        private static readonly float[] None = new float[1];

        /// <summary>In place: z[0..rows) holds the sums and receives the outputs (rows / 2 of them for maxout).</summary>
        /// <param name="z">(rows) or longer.</param>
        /// <param name="activation">The activation; not softmax.</param>
        /// <param name="parameter">Slope of leaky ReLU, alpha of ELU; otherwise unused.</param>
        /// <param name="rows">Sums; twice the outputs for maxout.</param>
        public static void Forward(float[] z, Activation activation, float parameter, int rows)
        {
            // A network that needs the table has made it; the others have none to hand over, and null is no array.
            SigmoidTable table = SigmoidTable.Shared;
            float[] intercepts = table == null ? None : table.Intercepts;
            FloatKernels.Activate(z, (int)activation, parameter, rows, intercepts, table == null ? None : table.Slopes);
        }
    }
}
