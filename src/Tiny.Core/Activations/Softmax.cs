using Tiny.Core.Arithmetic;

namespace Tiny.Core.Activations
{
    /// <seealso cref="Network"/>
    /// <summary>e^(z - max) / sum, and the class it names.</summary>
    /// <remarks>
    /// Stable for any finite sums: the largest is subtracted first, so that every exponent is at most 0. With (z - max) / ln 2 = k + f, k
    /// whole and f in (-1, 0], the exponential is 2^f 2^k. 2^f is the polynomial of degree 4 through (0, 1) whose largest relative error
    /// is least, 3.0e-6; below 2^-30 the exponential is taken as 0.
    /// </remarks>
    public static class Softmax
    {
        /// <summary>1 / ln 2.</summary>
        public const float OneOverLogTwo = 1.44269504f;

        /// <summary>Of f in the polynomial.</summary>
        public const float C1 = 0.693063570f;

        /// <summary>Of f^2.</summary>
        public const float C2 = 0.239456744f;

        /// <summary>Of f^3.</summary>
        public const float C3 = 0.0532235783f;

        /// <summary>Of f^4.</summary>
        public const float C4 = 0.00683189490f;

        /// <summary>Powers of two in the table.</summary>
        public const int Powers = 30;

        // 2^-k for k = 0..29.
        private static readonly float[] HalfPowers = Exponential.Powers(Powers, 0.5f, 1f);

        /// <summary>p = softmax of z[0..count); p may be z. Costs about 4,000 instructions an output on a Cortex-M4F.</summary>
        /// <param name="z">(count) or longer, the sums.</param>
        /// <param name="p">(count) or longer. Receives the probabilities; may be z.</param>
        /// <param name="count">Outputs, 1 or more.</param>
        /// <returns>The index of the largest, the first where several are equal; -1, and p is NaN, if a sum is not finite.</returns>
        public static int Run(float[] z, float[] p, int count)
        {
            float t;
            float f;
            float[] powers = HalfPowers;
            int best = 0;
            float max = z[0];
            int i = 0;
            while (++i < count)
            {
                if (max < z[i])
                {
                    max = z[i];
                    best = i;
                }
            }

            float sum = 0f;
            do
            {
                i--;
                t = (z[i] - max) * OneOverLogTwo;
                if (t < 0f)
                {
                    if (t > -30f)
                    {
                        int k = (int)t;
                        f = t - k;
                        p[i] = f = ((((C4 * f + C3) * f + C2) * f + C1) * f + 1f) * powers[-k];
                        sum += f;
                    }
                    else
                    {
                        // Minus infinity reaches the sum as NaN.
                        p[i] = 0f;
                        sum += t - t;
                    }
                }
                else
                {
                    // The largest; or NaN, which reaches the sum.
                    p[i] = 1f;
                    sum += 1f + t;
                }
            }
            while (i != 0);

            if (sum - sum != 0f)
            {
                best = -1;
            }

            sum = 1f / sum;
            i = count;
            if ((i & 1) != 0)
            {
                i--;
                p[i] *= sum;
            }

            while (i != 0)
            {
                i -= 2;
                p[i] *= sum;
                p[i + 1] *= sum;
            }

            return best;
        }
    }
}
