using Tiny.Core.Activations;

namespace Tiny.Native
{
    /// <summary>
    /// What the kernels in C over float32 compute, on the desk: the same order of the same operations, so the same bits. See
    /// FloatKernels.Device.cs.
    /// </summary>
    /// <remarks>Instructions of a call on a board: see src/Tiny.Native/COUNTS.md.</remarks>
    /// <example>
    /// <code>
    /// FloatKernels.Scale(features, 0.5f, features.Length);       // halves each of them
    /// </code>
    /// </example>
    public static class FloatKernels
    {
        private const float OrdinarySquares = 1e24f;
        private const float Limit = 1e12f;

        /// <summary>z[u] = biases[u] + weights[u, 0] x[0] + weights[u, 1] x[1] + ..; what is below the floor becomes the floor.</summary>
        /// <param name="x">(inputs).</param>
        /// <param name="weights">(rows, inputs), row by row.</param>
        /// <param name="biases">(rows).</param>
        /// <param name="z">(rows). Receives the sums.</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <param name="floor">What lower sums become: 0 for ReLU, else negative infinity.</param>
        public static void Dense(float[] x, float[] weights, float[] biases, float[] z, int inputs, int rows, float floor)
        {
            for (int row = 0; row < rows; row++)
            {
                float sum = biases[row];
                int at = row * inputs;
                for (int i = 0; i < inputs; i++)
                {
                    sum += weights[at + i] * x[i];
                }

                z[row] = sum < floor ? floor : sum;
            }
        }

        /// <summary>
        /// g = rate * dz[u]; biases[u] -= g; weights[u, i] -= g * x[i]. A pair of rows whose g are both 0 is passed over.
        /// </summary>
        /// <param name="x">(inputs).</param>
        /// <param name="dz">(rows), the gradient on the sums.</param>
        /// <param name="weights">(rows, inputs), row by row.</param>
        /// <param name="biases">(rows).</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <param name="rate">The learning rate.</param>
        public static void DenseUpdate(float[] x, float[] dz, float[] weights, float[] biases, int inputs, int rows, float rate)
        {
            for (int row = 0; row < rows; row++)
            {
                int other = row + 1 - 2 * (row & 1);
                float g = dz[row] * rate;
                if (g == 0f && (other == rows || dz[other] * rate == 0f))
                {
                    continue;
                }

                biases[row] -= g;
                int at = row * inputs;
                for (int i = 0; i < inputs; i++)
                {
                    weights[at + i] -= g * x[i];
                }
            }
        }

        /// <summary>dx[i] = 0 + weights[0, i] dz[0] + .., where outputs[i] is above the floor; else 0.</summary>
        /// <param name="dx">(inputs). Receives the gradient.</param>
        /// <param name="dz">(rows), the gradient on the sums.</param>
        /// <param name="outputs">(inputs), what gave the inputs.</param>
        /// <param name="weights">(rows, inputs), row by row.</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <param name="floor">Where an output is not above it, the gradient is 0.</param>
        /// <returns>The sum of squares of the sums, block by block of a dense layer.</returns>
        public static float DenseInputGradient(float[] dx, float[] dz, float[] outputs, float[] weights, int inputs, int rows, float floor)
        {
            float squares = 0f;
            float block = 0f;
            int end = BlockOf(inputs);
            for (int i = 0; i < inputs; i++)
            {
                float sum = 0f;
                for (int row = 0; row < rows; row++)
                {
                    int other = row + 1 - 2 * (row & 1);
                    if (dz[row] != 0f || (other != rows && dz[other] != 0f))
                    {
                        sum += weights[row * inputs + i] * dz[row];
                    }
                }

                block += sum * sum;
                dx[i] = outputs[i] > floor ? sum : 0f;
                if (i + 1 == end)
                {
                    squares += block;
                    block = 0f;
                    end += BlockOf(inputs - end);
                }
            }

            return squares;
        }

        /// <summary>n[i] = (x[i] - means[i]) * scales[i], held within 1e12.</summary>
        /// <param name="n">(count). Receives the normalized values.</param>
        /// <param name="x">(count), in the user's units.</param>
        /// <param name="means">(count).</param>
        /// <param name="scales">(count).</param>
        /// <param name="count">Inputs, 1 or more.</param>
        /// <returns>-1, or which value is not finite.</returns>
        public static int Normalize(float[] n, float[] x, float[] means, float[] scales, int count)
        {
            int i = count;
            while (i != 0)
            {
                int first = (i & 1) != 0 ? i - 1 : i - 2;
                float squares = 0f;
                for (int k = first; k < i; k++)
                {
                    n[k] = (x[k] - means[k]) * scales[k];
                    squares += n[k] * n[k];
                }

                for (int k = first; k < i && !(squares < OrdinarySquares); k++)
                {
                    if (x[k] - x[k] != 0f)
                    {
                        return k;
                    }

                    float value = n[k];
                    n[k] = Limit <= value ? Limit : value <= -Limit ? -Limit : value - value == 0f ? value : 0f;
                }

                i = first;
            }

            return -1;
        }

        /// <summary>The activation of so many rows, in place, by the sigmoid's table where it reads that.</summary>
        /// <param name="z">(rows), the sums. Receives the outputs.</param>
        /// <param name="activation">The code of the activation; not softmax.</param>
        /// <param name="parameter">Slope of leaky ReLU, alpha of ELU; otherwise unused.</param>
        /// <param name="rows">Sums; twice the outputs for maxout.</param>
        /// <param name="intercepts">(256), those of the sigmoid's table.</param>
        /// <param name="slopes">(256), likewise.</param>
        public static void Activate(float[] z, int activation, float parameter, int rows, float[] intercepts, float[] slopes)
        {
            ActivationFunction.Forward(z, (Activation)activation, parameter, rows);
        }

        /// <summary>values[i] *= factor.</summary>
        /// <param name="values">(count).</param>
        /// <param name="factor">The factor.</param>
        /// <param name="count">How many.</param>
        public static void Scale(float[] values, float factor, int count)
        {
            for (int i = 0; i < count; i++)
            {
                values[i] *= factor;
            }
        }

        /// <summary>A step of gated recurrent units.</summary>
        /// <param name="x">(at + channels) or longer, normalized.</param>
        /// <param name="at">Where the sample begins, from 0.</param>
        /// <param name="state">(units). Becomes the next state.</param>
        /// <param name="parameters">
        /// (4 * units)(bias, then channels, states or both), one behind the other, in the order of the blob.
        /// </param>
        /// <param name="scratch">(4 * units). It is overwritten.</param>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        /// <param name="intercepts">(256), those of the sigmoid's table.</param>
        /// <param name="slopes">(256), likewise.</param>
        public static void GruStep(
            float[] x, int at, float[] state, float[] parameters, float[] scratch, int units, int channels, float[] intercepts,
            float[] slopes)
        {
            int next = 0;
            for (int row = 0; row < 4 * units; row++)
            {
                float sum = parameters[next++];
                for (int i = 0; i < channels && row < 3 * units; i++)
                {
                    sum += parameters[next++] * x[at + i];
                }

                for (int i = 0; i < units && (row < 2 * units || row >= 3 * units); i++)
                {
                    sum += parameters[next++] * state[i];
                }

                scratch[row] = sum;
            }

            for (int j = 0; j < units; j++)
            {
                float reset = Gate(scratch[units + j], intercepts, slopes);
                float candidate = Candidate(scratch[2 * units + j] + reset * scratch[3 * units + j], intercepts, slopes);
                state[j] = candidate + (state[j] - candidate) * Gate(scratch[j], intercepts, slopes);
            }
        }

        /// <summary>A step of FastGRNN units.</summary>
        /// <param name="x">(at + channels) or longer, normalized.</param>
        /// <param name="at">Where the sample begins, from 0.</param>
        /// <param name="state">(units). Becomes the next state.</param>
        /// <param name="parameters">
        /// (units, 1 + channels + units), bias, channels and states of each; then c of each unit, zeta and nu.
        /// </param>
        /// <param name="scratch">(units). It is overwritten.</param>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        /// <param name="intercepts">(256), those of the sigmoid's table.</param>
        /// <param name="slopes">(256), likewise.</param>
        public static void FastGrnnStep(
            float[] x, int at, float[] state, float[] parameters, float[] scratch, int units, int channels, float[] intercepts,
            float[] slopes)
        {
            int next = 0;
            for (int row = 0; row < units; row++)
            {
                float sum = parameters[next++];
                for (int i = 0; i < channels; i++)
                {
                    sum += parameters[next++] * x[at + i];
                }

                for (int i = 0; i < units; i++)
                {
                    sum += parameters[next++] * state[i];
                }

                scratch[row] = sum;
            }

            float zeta = parameters[next + units];
            float most = zeta + parameters[next + units + 1];
            for (int j = 0; j < units; j++)
            {
                float candidate = Candidate(scratch[j] + parameters[next + j], intercepts, slopes);
                state[j] = most * candidate + (state[j] - zeta * candidate) * Gate(scratch[j], intercepts, slopes);
            }
        }

        private static float Gate(float x, float[] intercepts, float[] slopes)
        {
            if (!(x < SigmoidTable.Range))
            {
                return SigmoidTable.Range <= x ? 1f : x;
            }

            int piece = x > -SigmoidTable.Range ? (int)(x * SigmoidTable.PiecesPerUnit + 128f) : -1;
            return piece < 0 ? 0f : intercepts[piece] + x * slopes[piece];
        }

        private static float Candidate(float a, float[] intercepts, float[] slopes)
        {
            a += a;
            if (!(a < SigmoidTable.Range))
            {
                return SigmoidTable.Range <= a ? 1f : a;
            }

            int piece = a > -SigmoidTable.Range ? (int)(a * SigmoidTable.PiecesPerUnit + 128f) : -1;
            return piece < 0 ? -1f : 2f * (intercepts[piece] + a * slopes[piece]) - 1f;
        }

        private static int BlockOf(int left)
        {
            return left > 20 ? 16 : left > 11 && left < 16 ? 8 : left;
        }
    }
}
