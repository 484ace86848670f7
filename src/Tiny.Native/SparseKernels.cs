namespace Tiny.Native
{
    /// <summary>
    /// What the kernels in C over the weights that are there compute, on the desk: the same order
    /// of the same operations, so the same bits. See SparseKernels.Device.cs.
    /// </summary>
    /// <remarks>Instructions of a call on a board: see src/Tiny.Native/COUNTS.md.</remarks>
    /// <example>
    /// <code>
    /// ushort[] used = { 0, 2 };
    /// float[] means = { 1f, 0f, 20f };
    /// float[] scales = { 2f, 1f, 0.1f };
    /// float[] normalized = new float[3];
    /// int fault = SparseKernels.NormalizeUsed(normalized, features, means, scales, used, 2, 3);
    /// </code>
    /// </example>
    public static class SparseKernels
    {
        private const float OrdinarySquares = 1e24f;
        private const float Limit = 1e12f;

        /// <summary>z[u] = biases[u] + the products of counts[u] weights, whose inputs stand beside them.</summary>
        /// <param name="x">(values).</param>
        /// <param name="z">(rows). Receives the sums.</param>
        /// <param name="biases">(rows).</param>
        /// <param name="weights">(weights that are there), row by row.</param>
        /// <param name="inputs">(weights that are there), the input of each.</param>
        /// <param name="counts">(rows), how many weights each has.</param>
        /// <param name="rows">Rows.</param>
        /// <param name="values">Inputs.</param>
        /// <param name="floor">What lower sums become: 0 for ReLU, else negative infinity.</param>
        /// <returns>1 if the squares of all sums are below 1e24, else 0.</returns>
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

        /// <summary>n[i] = (x[i] - means[i]) * scales[i], held within 1e12, for i of used, the last first.</summary>
        /// <param name="n">(values). Receives the normalized values.</param>
        /// <param name="x">(values), in the user's units.</param>
        /// <param name="means">(values).</param>
        /// <param name="scales">(values).</param>
        /// <param name="used">(count), the inputs that a weight reads, ascending.</param>
        /// <param name="count">How many of them.</param>
        /// <param name="values">Inputs.</param>
        /// <returns>-1, or which value is not finite.</returns>
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
        /// <param name="x">(values) bytes.</param>
        /// <param name="weights">(inputs that are there, 3), group by group.</param>
        /// <param name="inputs">(inputs that are there), group by group.</param>
        /// <param name="counts">(groups), how many inputs each has.</param>
        /// <param name="starts">(3 * groups).</param>
        /// <param name="sums">(3 * groups). Receives them.</param>
        /// <param name="groups">Groups of three rows.</param>
        /// <param name="values">Inputs.</param>
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

        /// <summary>Levels as those of <see cref="Int8Kernels"/>, for i of used, the last first.</summary>
        /// <param name="x">(values), in the user's units.</param>
        /// <param name="levels">(values) bytes. Receives the levels.</param>
        /// <param name="scaling">(2), or (2 * values) with a pair each: scale and offset.</param>
        /// <param name="each">Not 0 where each value has a pair of its own.</param>
        /// <param name="used">(count), the inputs that a weight reads, ascending.</param>
        /// <param name="count">How many of them.</param>
        /// <param name="values">Inputs.</param>
        /// <returns>-1, or which value is not a number.</returns>
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
