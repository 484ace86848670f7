using Tiny.Core.Arithmetic;

namespace Tiny.Core.Activations
{
    /// <summary>Applies an activation to a layer's sums. Nothing here allocates. The way back is in Tiny.Learning.</summary>
    /// <remarks>One loop per activation: a call inside a loop would cost the device about 450 instructions an element.</remarks>
    /// <seealso cref="Tiny.Core.Layers.LayerKinds"/>
    public static class ActivationFunction
    {
        /// <summary>In place: a[0..rows) holds the sums z and receives the outputs (rows / 2 of them for maxout).</summary>
        /// <param name="a">(rows) or longer.</param>
        /// <param name="activation">The activation; not softmax.</param>
        /// <param name="parameter">Slope of leaky ReLU, alpha of ELU; otherwise unused.</param>
        /// <param name="rows">Sums; twice the outputs for maxout.</param>
        public static void Forward(float[] a, Activation activation, float parameter, int rows)
        {
            switch (activation)
            {
                case Activation.Sigmoid:
                    SigmoidTable.Shared.Sigmoid(a, rows);
                    break;
                case Activation.Tanh:
                    SigmoidTable.Shared.Tanh(a, rows);
                    break;
                case Activation.Relu:
                    Relu(a, rows);
                    break;
                case Activation.LeakyRelu:
                    LeakyRelu(a, parameter, rows);
                    break;
                case Activation.Elu:
                    Elu(a, parameter, rows);
                    break;
                case Activation.Swish:
                    SigmoidTable.Shared.Swish(a, rows);
                    break;
                case Activation.Softmax:
                    Softmax.Run(a, a, rows);
                    break;
                case Activation.Maxout:
                    Maxout(a, rows);
                    break;
            }
        }

        /// <summary>Two at a time, counted down: the cheapest loop the interpreter has.</summary>
        private static void Relu(float[] a, int rows)
        {
            int i = rows;
            if ((i & 1) != 0)
            {
                i--;
                if (a[i] < 0f)
                {
                    a[i] = 0f;
                }
            }

            while (i != 0)
            {
                i -= 2;
                if (a[i] < 0f)
                {
                    a[i] = 0f;
                }

                if (a[i + 1] < 0f)
                {
                    a[i + 1] = 0f;
                }
            }
        }

        private static void LeakyRelu(float[] a, float slope, int rows)
        {
            for (int i = 0; i < rows; i++)
            {
                float z = a[i];
                if (z < 0f)
                {
                    a[i] = z * slope;
                }
            }
        }

        private static void Elu(float[] a, float alpha, int rows)
        {
            for (int i = 0; i < rows; i++)
            {
                float z = a[i];
                if (z < 0f)
                {
                    a[i] = alpha * (Exponential.Exp(z) - 1f);
                }
            }
        }

        private static void Maxout(float[] a, int rows)
        {
            for (int i = 0; i < rows; i += 2)
            {
                float first = a[i];
                float second = a[i + 1];
                a[i >> 1] = second <= first ? first : second;
            }
        }
    }
}
