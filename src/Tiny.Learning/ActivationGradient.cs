using Tiny.Core.Activations;

namespace Tiny.Learning
{
    /// <summary>
    /// Takes a gradient back through an activation: the other way of <see cref="ActivationFunction"/>. Nothing here allocates.
    /// </summary>
    /// <remarks>One loop per activation: a call inside a loop would cost the device about 450 instructions an element.</remarks>
    /// <seealso cref="SgdLearner"/>
    public static class ActivationGradient
    {
        /// <summary>
        /// dz = da * f'(z), in place: dz[0..rows) holds the sums z (for ReLU anything) and receives the gradient on them. a are the layer's
        /// outputs, da the gradient on them. Softmax is not here: its loss gives the gradient on the sums at once.
        /// </summary>
        /// <param name="dz">(rows) or longer, the sums. Receives the gradient on them.</param>
        /// <param name="a">(outputs) or longer, what the layer gave.</param>
        /// <param name="da">(outputs) or longer, the gradient on that.</param>
        /// <param name="activation">The activation; not softmax.</param>
        /// <param name="parameter">Slope of leaky ReLU, alpha of ELU; otherwise unused.</param>
        /// <param name="rows">Sums; twice the outputs for maxout.</param>
        public static void Run(float[] dz, float[] a, float[] da, Activation activation, float parameter, int rows)
        {
            switch (activation)
            {
                case Activation.Linear:
                    LinearBackward(dz, da, rows);
                    break;
                case Activation.Sigmoid:
                    SigmoidBackward(dz, a, da, rows);
                    break;
                case Activation.Tanh:
                    TanhBackward(dz, a, da, rows);
                    break;
                case Activation.Relu:
                    ReluBackward(dz, a, da, rows);
                    break;
                case Activation.LeakyRelu:
                    LeakyReluBackward(dz, da, parameter, rows);
                    break;
                case Activation.Elu:
                    EluBackward(dz, a, da, parameter, rows);
                    break;
                case Activation.Swish:
                    SwishBackward(dz, a, da, rows);
                    break;
                case Activation.Maxout:
                    MaxoutBackward(dz, da, rows);
                    break;
            }
        }

        private static void LinearBackward(float[] dz, float[] da, int rows)
        {
            for (int i = 0; i < rows; i++)
            {
                dz[i] = da[i];
            }
        }

        private static void SigmoidBackward(float[] dz, float[] a, float[] da, int rows)
        {
            for (int i = 0; i < rows; i++)
            {
                float s = a[i];
                dz[i] = da[i] * (s * (1f - s));
            }
        }

        private static void TanhBackward(float[] dz, float[] a, float[] da, int rows)
        {
            for (int i = 0; i < rows; i++)
            {
                float t = a[i];
                dz[i] = da[i] * (1f - t * t);
            }
        }

        /// <summary>From the outputs alone, two at a time; the arrays are of even length, and a spare row's output is 0.</summary>
        private static void ReluBackward(float[] dz, float[] a, float[] da, int rows)
        {
            int i = (rows + 1) & ~1;
            do
            {
                i -= 2;
                dz[i] = a[i] > 0f ? da[i] : 0f;
                dz[i + 1] = a[i + 1] > 0f ? da[i + 1] : 0f;
            }
            while (i != 0);
        }

        private static void LeakyReluBackward(float[] dz, float[] da, float slope, int rows)
        {
            for (int i = 0; i < rows; i++)
            {
                float d = da[i];
                dz[i] = dz[i] > 0f ? d : d * slope;
            }
        }

        private static void EluBackward(float[] dz, float[] a, float[] da, float alpha, int rows)
        {
            for (int i = 0; i < rows; i++)
            {
                float d = da[i];
                dz[i] = dz[i] > 0f ? d : d * (a[i] + alpha);
            }
        }

        /// <summary>f'(z) = f + s (1 - f), the sigmoid s recovered as f / z.</summary>
        private static void SwishBackward(float[] dz, float[] a, float[] da, int rows)
        {
            for (int i = 0; i < rows; i++)
            {
                float z = dz[i];
                float f = a[i];
                float s = z != 0f ? f / z : 0.5f;
                dz[i] = da[i] * (f + s * (1f - f));
            }
        }

        /// <summary>The larger sum of each pair takes the whole gradient, the first one where they are equal.</summary>
        private static void MaxoutBackward(float[] dz, float[] da, int rows)
        {
            for (int i = 0; i < rows; i += 2)
            {
                float d = da[i >> 1];
                bool first = dz[i + 1] <= dz[i];
                dz[i] = first ? d : 0f;
                dz[i + 1] = first ? 0f : d;
            }
        }

        /// <summary>Whether the outputs are within -1 and 1 for any sums.</summary>
        public static bool IsBounded(Activation activation)
        {
            return activation == Activation.Sigmoid || activation == Activation.Tanh || activation == Activation.Softmax;
        }
    }
}
