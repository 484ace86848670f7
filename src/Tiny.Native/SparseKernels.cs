namespace Tiny.Native
{
    /// <summary>
    /// What the kernels in C over the weights that are there compute, on the desk: the same order
    /// of the same operations, so the same bits. See SparseKernels.Device.cs.
    /// </summary>
    public static class SparseKernels
    {
        private const float OrdinarySquares = 1e24f;
        private const float Limit = 1e12f;

        /// <summary>
        /// z[u] = biases[u] + the products of counts[u] weights, whose inputs stand beside them. Returns 1 if the squares of all sums are
        /// below 1e24, else 0.
        /// </summary>
        public static int Rows(
            float[] x, float[] z, float[] biases, float[] weights, ushort[] inputs, ushort[] counts, int rows, int values, float floor)
        {
            int ordinary = 1;
            int next = 0;
            for (int row = 0; row < rows; row++)
            {
                float sum = biases[row];
                for (int left = counts[row]; left > 0; left--)
                {
                    sum += weights[next] * x[inputs[next]];
                    next++;
                }

                ordinary = sum * sum < OrdinarySquares ? ordinary : 0;
                z[row] = sum < floor ? floor : sum;
            }

            return ordinary;
        }

        /// <summary>
        /// n[i] = (x[i] - means[i]) * scales[i], held within 1e12, for i of used, the last first. Returns -1, or which value is not finite.
        /// </summary>
        public static int NormalizeUsed(float[] n, float[] x, float[] means, float[] scales, ushort[] used, int count, int values)
        {
            for (int k = count - 1; k >= 0; k--)
            {
                int i = used[k];
                float value = (x[i] - means[i]) * scales[i];
                if (!(value * value < OrdinarySquares))
                {
                    if (x[i] - x[i] != 0f)
                    {
                        return i;
                    }

                    value = Limit <= value ? Limit : value <= -Limit ? -Limit : value - value == 0f ? value : 0f;
                }

                n[i] = value;
            }

            return -1;
        }

        /// <summary>
        /// sums[3 g + lane] = starts[3 g + lane] + the products of counts[g] weights of that lane, whose inputs stand beside them.
        /// </summary>
        public static void Groups(
            byte[] x, sbyte[] weights, ushort[] inputs, ushort[] counts, int[] starts, int[] sums, int groups, int values)
        {
            int next = 0;
            for (int group = 0; group < groups; group++)
            {
                for (int lane = 0; lane < 3; lane++)
                {
                    int sum = starts[3 * group + lane];
                    for (int i = 0; i < counts[group]; i++)
                    {
                        sum += weights[3 * (next + i) + lane] * x[inputs[next + i]];
                    }

                    sums[3 * group + lane] = sum;
                }

                next += counts[group];
            }
        }

        /// <summary>Levels as those of Int8Kernels, for i of used, the last first. Returns -1, or which value is not a number.</summary>
        public static int LevelsUsed(float[] x, byte[] levels, float[] scaling, int each, ushort[] used, int count, int values)
        {
            for (int k = count - 1; k >= 0; k--)
            {
                int i = used[k];
                int pair = each != 0 ? 2 * i : 0;
                if (!Int8Kernels.IsLevel(x[i] * scaling[pair] + scaling[pair + 1], levels, i))
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
